// Presses every link and button of every page with the mouse: each does what it promises, and the page reports no error.
import { readdir } from "node:fs/promises";
import { becomes, expect, make, pasted, test, unique, watch } from "./journey.mjs";

/** Other journeys press these. */
const ELSEWHERE = /^(Create session|Reload the page)$|lines of a stack trace/;

/** A session that is idle before the page sees it: however often it is opened, it finds the same lines in the server's ring. */
async function idle(site) {
  const [id] = await make(site, unique("etl"));
  await expect.poll(async () => (await (await fetch(`${site}livy/sessions/${id}`)).json()).state, { timeout: 30_000 }).toBe("idle");
}

/** A session that is dead before the page sees it: nothing of it is asked for, and the page is the same whenever it is opened. */
async function dead(site) {
  const [id] = await make(site, unique("dies-while-starting"));
  await expect.poll(async () => (await (await fetch(`${site}livy/sessions/${id}`)).json()).state, { timeout: 30_000 }).toBe("dead");
}

const at = (hash) => async (tab, site) => tab.goto(`${site}${hash}`);
const pages = {
  "the list": {
    prepare: (site) => make(site, unique("etl"), unique("dies-while-starting")),
    open: at("#/"),
    ready: async (tab) => {
      await tab.role("row").with("dies-while-starting").has("data-session-state", "dead", { timeout: 30_000 });
      await tab.css(".lc-hand-over").shown();
    },
  },
  "the form": { open: at("#/new"), ready: (tab) => tab.field("name").shown() },
  "a session": { prepare: idle, open: at("#/sessions/0"), ready: (tab, site) => watch(tab, site, 0, "idle") },
  "an ended session": {
    prepare: dead, open: at("#/sessions/0"), ready: (tab, site) => watch(tab, site, 0, "dead"),
  },
  "the page that is not found": { open: at("#/sessions/%"), ready: (tab) => tab.heading(/not found|no page/i).shown() },
};

/** Presses one control and checks that it does what its kind promises. */
async function press(tab, control) {
  const found = tab.find(control.query);
  const before = await tab.hash();
  const saved = await tab.run(() => window.journey.mark());
  await found.click();
  if (control.role === "link") {
    await tab.at(control.href);
    await tab.heading().first.shown();
    // The next page begins at its top, with the way to the others.
    await becomes(async () => (await tab.link("New session").one()).inView, "the header in view").toBe(true);
  } else if (control.role === "tab") {
    await found.has("aria-selected", "true");
  } else if (["checkbox", "radio"].includes(control.role)) {
    await becomes(async () => (await found.one()).checked, `“${control.name}”`).toBe(control.role === "radio" || !control.checked);
  } else if (control.role === "summary") {
    await becomes(async () => (await found.one()).open, `“${control.name}”`).toBe(!control.open);
  } else if (/^Download/.test(control.name)) {
    await becomes(() => tab.run(() => window.journey.saved()).then((it) => it.length), "files offered").toBe(saved + 1);
    await becomes(() => readdir(tab.driver.downloads).then((it) => it.length), "files saved").toBeGreaterThan(0);
  } else {
    await becomes(async () => (await tab.run(() => window.journey.changes())).length > 0 || await tab.hash() !== before, `what “${control.name}” does`).toBe(true);
    if (/^Copy /.test(control.name) && !control.expanded) {
      expect((await pasted(tab)).trim(), `what “${control.name}” copied`).not.toBe("");
    }
  }
}

/** A control by the part of its name that lasts. */
function lasting(control) {
  const line = /^(stdout|stderr|diagnostics) \d+ (.+)$/.exec(control.name);
  if (line && control.role === "button") {
    const source = `${line[2].replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
    return { ...control, name: line[2], query: { ...control.query, name: { source, flags: "" } } };
  }
  if (control.role !== "tab") return control;
  const name = control.name.split(" ")[0];
  return { ...control, name, query: { ...control.query, name: { source: `^${name}\\b`, flags: "" } } };
}

const names = (controls) => controls.map((it) => `${it.role} ${it.name} ${it.checked} ${it.open} ${it.pressed} ${it.expanded}`);

for (const [name, page] of Object.entries(pages)) {
  test(`every control of ${name} does something when it is pressed`, async ({ tab, site }) => {
    test.setTimeout(120_000);
    await page.prepare?.(site);
    const open = async () => {
      await tab.run(() => sessionStorage.clear()).catch(() => {});
      await tab.goto("about:blank");
      await page.open(tab, site);
      await page.ready(tab, site);
    };
    /** Of those of one name the first. A tab counts its lines, which may still come. */
    const pressable = async () => (await tab.controls()).map(lasting)
      .filter((it) => !it.disabled && it.query.nth === 0 && !ELSEWHERE.test(it.name) && it.role !== "combobox");
    await open();
    const controls = await pressable();
    expect(controls.length).toBeGreaterThan(2);
    const here = await tab.hash();
    for (const control of controls) {
      // Do not follow links to other sites.
      if (control.role === "link" && !control.href.startsWith("#/")) {
        expect(control.href).toMatch(/^(#|https?:|\.)/);
        continue;
      }
      await test.step(`${control.role} “${control.name}”`, () => press(tab, control));
      expect(await tab.gather(), `what the page says after “${control.name}”`).toEqual([]);
      // Press it again, go back or open the page again, so that the next control finds the page as this one did.
      const isToggle = control.role === "checkbox" || control.role === "summary" || control.pressed !== null || control.expanded !== null;
      if (await tab.hash() !== here && control.role !== "link") {
        // What is asked of the list is in its address, and no step of the history.
        await open();
      } else if (await tab.hash() !== here) {
        await tab.back();
        await page.ready(tab, site);
      } else if (isToggle && await tab.find(control.query).count() === 1) {
        await tab.find(control.query).click();
      }
      if (names(await pressable()).join() !== names(controls).join()) await open();
    }
  });
}
