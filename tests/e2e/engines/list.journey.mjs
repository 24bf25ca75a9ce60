// The list of sessions.
import { becomes, copied, expect, make, test, unique } from "./journey.mjs";

/** A name for a session that keeps its state, so that no column changes its width during a press. */
const still = (name) => unique(`never-idle-${name}`);

test("a click on a row, wherever in it, opens the session of that row", async ({ tab, site }) => {
  const names = ["first", "second", "third", "fourth"].map(still);
  const ids = await make(site, ...names);
  await tab.goto(site);
  await tab.role("row").with(names[3]).shown();
  // What works on many sessions is here: a page that goes meanwhile breaks its fetch off.
  await tab.css(".lc-hand-over").shown();
  for (const [cell, which] of [[1, 0], [2, 1], [3, 2], [4, 1], [-1, 3], [3, 0]]) {
    await tab.role("row").with(names[which]).role("cell").nth(cell).click();
    await tab.at(`#/sessions/${ids[which]}`);
    await tab.heading(names[which]).shown();
    await tab.back();
    await tab.at(/^(#\/)?$/);
    await tab.role("row").with(names[which]).shown();
  }
});

test("the text of a cell is selected with the mouse and copied, and the page stays", async ({ tab, site }) => {
  // As long as its column shows without cutting it.
  const name = `never-idle-${Date.now() % 1e6}`;
  await make(site, still("above"), name, still("below"));
  await tab.goto(site);
  const cells = tab.role("row").with(name).role("cell");
  await cells.with(name).shown();
  await tab.css(".lc-hand-over").shown();
  for (const text of ["pyspark", name]) {
    const cell = cells.with(text);
    await tab.drag(await cell.edge("start"), await cell.edge("end"));
    expect(await tab.run(() => getSelection().toString().trim())).toBe(text);
    expect((await copied(tab)).trim()).toBe(text);
    expect(await tab.hash()).toMatch(/^(#\/)?$/);
  }
});

test("of 40,000 sessions every row is reached by scrolling, and only those in view are in the page", async ({ tab, host }) => {
  const { address } = await host("--livy", "fake:40000");
  await tab.goto(address);
  await tab.css("tr[data-session-id='39999']").shown();
  const scrolled = (share) => tab.run((share) => window.scrollTo(0, document.documentElement.scrollHeight * share), share);
  await scrolled(1);
  await tab.css("tr[data-session-id='0']").shown();
  await tab.css("tr[data-session-id='0']").has("aria-rowindex", "40001");
  expect(await tab.css("tr[data-session-id]").count()).toBeLessThan(120);
  await scrolled(0.5);
  await tab.css("tr[data-session-id='20000']").shown();
  // A row that is in view is as high as the room that is kept for it.
  const { top, height } = await tab.run(() => {
    const row = document.querySelector("livy-console").shadowRoot.querySelector("tr[data-session-id='20000']");
    const box = row.getBoundingClientRect();
    return { top: box.top, height: box.height };
  });
  expect(height).toBe(40);
  expect(top).toBeLessThan(900);
});
