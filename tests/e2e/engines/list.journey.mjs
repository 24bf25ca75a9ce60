// The list of sessions.
import { copied, expect, make, test, unique } from "./journey.mjs";

/** A name for a session that keeps its state, so that no column changes its width during a press. */
const still = (name) => unique(`never-idle-${name}`);

test("a click on a row, wherever in it, opens the session of that row", async ({ tab, site }) => {
  const names = ["first", "second", "third", "fourth"].map(still);
  const ids = await make(site, ...names);
  await tab.goto(site);
  await tab.role("row").with(names[3]).shown();
  for (const [cell, which] of [[0, 0], [1, 1], [2, 2], [3, 1], [-1, 3], [2, 0]]) {
    await tab.role("row").with(names[which]).role("cell").nth(cell).click();
    await tab.at(`#/sessions/${ids[which]}`);
    await tab.heading(names[which]).shown();
    await tab.back();
    await tab.at(/^(#\/)?$/);
    await tab.role("row").with(names[which]).shown();
  }
});

test("the text of a cell is selected with the mouse and copied, and the page stays", async ({ tab, site }) => {
  const name = still("select-me");
  await make(site, still("above"), name, still("below"));
  await tab.goto(site);
  const cells = tab.role("row").with(name).role("cell");
  await cells.with(name).shown();
  for (const text of ["pyspark", name]) {
    const cell = cells.with(text);
    await tab.drag(await cell.edge("start"), await cell.edge("end"));
    expect(await tab.run(() => getSelection().toString().trim())).toBe(text);
    expect((await copied(tab)).trim()).toBe(text);
    expect(await tab.hash()).toMatch(/^(#\/)?$/);
  }
});
