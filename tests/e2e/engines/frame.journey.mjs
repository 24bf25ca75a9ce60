// What holds on every page: the history, the theme, a phone, and the page's own words for what fails.
import { becomes, expect, make, test, unique, watch } from "./journey.mjs";
import { open } from "./engine.mjs";
import { watched } from "./site.mjs";
import { Tab } from "./tab.mjs";

const opened = [
  ["#/", (tab) => tab.heading("Sessions").shown()],
  ["#/new", (tab) => tab.field("name").shown()],
  ["#/sessions/0", (tab) => tab.session.has("data-session-state", "dead", { timeout: 30_000 })],
];

test("back and forward walk the pages, a reload stays, and every page begins at its top", async ({ tab, site }) => {
  await make(site, unique("dies-while-starting"));
  await tab.goto(site);
  await opened[0][1](tab);
  await tab.link("New session").click();
  await opened[1][1](tab);
  await tab.link("Sessions").click();
  await tab.role("row").with("dies-while-starting").link(/dies/).click();
  await opened[2][1](tab);
  const shownAt = async (at) => {
    await tab.at(at === 0 ? /^(#\/)?$/ : opened[at][0]);
    await opened[at][1](tab);
    await tab.heading().first.shown();
    // The header with the way to the other pages is there.
    expect((await tab.link("New session").one()).inView).toBe(true);
  };
  await shownAt(2);
  for (const at of [0, 1, 0]) {
    await tab.back();
    await shownAt(at);
  }
  for (const at of [1, 0, 2]) {
    await tab.forward();
    await shownAt(at);
  }
  await tab.reload();
  await shownAt(2);
});

test("nothing scrolls sideways at 360 px, and every control can be pressed", async ({ tab, site }) => {
  await make(site, unique("dies-while-starting"));
  for (const [hash, ready] of opened) {
    await tab.goto("about:blank");
    await tab.goto(site + hash);
    await ready(tab);
    await tab.resize(360, 780);
    expect(await tab.run(() => document.documentElement.scrollWidth), hash).toBeLessThanOrEqual(360);
    // A log that is followed has this button until it is at its new end.
    await becomes(async () => (await tab.role("button", /^Go to the end/).all()).length, "the log at its end").toBe(0);
    for (const control of await tab.controls()) {
      const { x } = await tab.find(control.query).middle();
      expect(x, control.name).toBeGreaterThan(0);
      expect(x, control.name).toBeLessThan(360);
    }
    expect(await tab.run(() => document.documentElement.scrollWidth), hash).toBeLessThanOrEqual(360);
    await tab.resize(1280, 900);
  }
});

test("a dark system gets a dark page", async ({ tab, engine, site }) => {
  const lightness = (it) => it.run(() => {
    const parts = (color) => color.match(/[\d.]+/g).slice(0, 3).map(Number).reduce((sum, one) => sum + one, 0) / 765;
    const painted = (element) => {
      const color = getComputedStyle(element).backgroundColor;
      return /rgba\(.*, 0\)|transparent/.test(color) && element.parentElement ? painted(element.parentElement) : parts(color);
    };
    const title = document.querySelector("livy-console").shadowRoot.querySelector("h1");
    return { dark: matchMedia("(prefers-color-scheme: dark)").matches, back: painted(title), text: parts(getComputedStyle(title).color) };
  });
  await tab.goto(site);
  await tab.heading("Sessions").shown();
  const light = await lightness(tab);
  expect(light.dark).toBe(false);
  expect(light.back - light.text).toBeGreaterThan(0.5);
  const driver = await open(engine, { dark: true });
  try {
    const night = new Tab(driver);
    await night.goto(site);
    await night.heading("Sessions").shown();
    const dark = await lightness(night);
    expect(dark.dark).toBe(true);
    expect(dark.text - dark.back).toBeGreaterThan(0.5);
    expect(await night.gather()).toEqual([]);
  } finally {
    await driver.close();
  }
});

test("a server that goes away and comes back is said, and what was seen stays", async ({ tab, host }) => {
  const cluster = await host("--livy", "fake");
  const behind = `${cluster.address}livy`;
  const way = await host("--livy", behind);
  const name = unique("never-idle");
  const [id] = await make(way.address, name);
  await tab.goto(`${way.address}#/sessions/${id}`);
  await becomes(() => tab.lines.count(), "lines of the log").toBeGreaterThan(2);
  await way.end();
  await tab.fresh.has("data-fresh", "stale");
  await tab.role("alert").with(/server/).first.shown();
  await tab.heading(name).shown();
  expect(await tab.lines.count()).toBeGreaterThan(2);
  await tab.button("Try again now").click();
  await tab.fresh.has("data-fresh", "stale");
  await host("--livy", behind, "--port", way.port);
  await tab.fresh.has("data-fresh", "live");
  await tab.role("alert").with(/server/).gone();
});

test("a program that is missing is said in words, with a way to try again", async ({ tab }) => {
  const broken = await watched(/\.wasm(\.(br|gz))?$/);
  const server = await broken.serve("--livy", "fake");
  try {
    await tab.goto(server.address);
    await tab.role("alert").says(/could not start/i);
    await tab.role("alert").says("404");
    await tab.button("Reload the page").click();
    await tab.role("alert").says(/could not start/i);
    // The page says it in the console too, and nothing else.
    expect((await tab.gather()).splice(0).filter((it) => !/^error: .*404/.test(it))).toEqual([]);
  } finally {
    await server.end();
    await broken.remove();
  }
});
