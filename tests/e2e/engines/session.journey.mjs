// One session: its log searched, copied and saved, and its end.
import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { becomes, copied, expect, make, test, unique, watch } from "./journey.mjs";
import { isMarked } from "./picture.mjs";

/** The words that are marked, each with its line. */
const marks = (tab) => tab.run(() => [...CSS.highlights.get("lc-found") ?? []].filter((it) => !it.collapsed).map((it) => {
  const row = it.startContainer.parentElement.closest("[data-log-line]");
  return [row.dataset.logLine, it.toString().toLowerCase()];
}));

/** The rows that are whole on the screen, by their numbers, with what is painted there. */
async function painted(tab) {
  await tab.run(() => window.journey.frame());
  const [pane, rows, shot] = [(await tab.log.one()).box, await tab.lines.all(), await tab.shot()];
  const seen = rows.filter(({ box }) => box.y > pane.y && box.y + box.height < Math.min(pane.y + pane.height, 900) - 20);
  return new Map(seen.map(({ text, attributes, box }) => [attributes["data-log-line"], {
    text: text.toLowerCase(), shot, box: { x: pane.x + 8, y: box.y, width: 520, height: box.height },
  }]));
}

/** The rows that are painted with a mark. */
const marked = (rows) => [...rows.values()].filter(isMarked).map((it) => it.text);

test("the log is searched letter by letter, and only what is looked for now is marked", async ({ tab, site }) => {
  const [id] = await make(site, unique("dies-while-starting"));
  await watch(tab, site, id, "dead");
  const search = tab.role("searchbox", "Search the log");
  await search.click();
  expect(marked(await painted(tab))).toEqual([]);
  for (const term of ["java", "info", "exec"]) {
    await tab.press("a", "Control");
    await tab.type(term);
    await search.holds(term);
    await becomes(async () => [...new Set((await marks(tab)).map((it) => it[1]))], "what is marked").toEqual([term]);
    // What is painted follows what is marked, a frame later.
    await expect(async () => {
      const now = await painted(tab);
      expect(marked(now).filter((it) => !it.includes(term)), `rows without “${term}” that are marked`).toEqual([]);
      // The part of a row that is looked at shows at least its first 50 letters.
      const hits = [...now.values()].map((it) => it.text).filter((it) => it.slice(0, 50).includes(term));
      expect(marked(now), `rows that are marked for “${term}”`).toEqual(expect.arrayContaining(hits));
    }).toPass({ timeout: 5_000 });
  }
  await tab.press("Escape");
  await search.holds("");
  await becomes(() => marks(tab), "what is marked").toEqual([]);
  await expect(async () => {
    expect(marked(await painted(tab)), "rows that keep a mark").toEqual([]);
  }).toPass({ timeout: 5_000 });
  await search.click();
  await tab.type("nosuchword");
  await tab.role("search").role("status").says(/no|0/i);
  await tab.press("a", "Control");
  await tab.type("exception");
  await tab.press("Enter");
  await tab.css("[data-pointed]").says(/exception/i);
  await tab.role("search").role("status").says(/^\d+ of \d+$/);
});

test("lines are selected with the mouse and copied without their numbers", async ({ tab, site }) => {
  const [id] = await make(site, unique("dies-while-starting"));
  await watch(tab, site, id, "dead");
  await tab.log.click();
  await tab.press("Home");
  await becomes(async () => (await tab.log.css("[data-log-line='0']").one()).inView, "the first line in view").toBe(true);
  const texts = (await tab.lines.texts()).slice(0, 3);
  await tab.drag(await tab.lines.nth(0).edge("start"), await tab.lines.nth(2).edge("end"));
  expect((await copied(tab)).replaceAll("\r\n", "\n").trimEnd()).toBe(texts.join("\n"));
});

test("a folded trace is opened and closed again", async ({ tab, site }) => {
  const [id] = await make(site, unique("dies-while-starting"));
  await watch(tab, site, id, "dead");
  const fold = tab.button(/lines? of a stack trace/).nth(-1);
  const count = () => tab.lines.count();
  const before = await count();
  await fold.has("aria-expanded", "false");
  await fold.click();
  await becomes(count, "lines").toBeGreaterThan(before);
  await fold.has("aria-expanded", "true");
  await fold.click();
  await becomes(count, "lines").toBe(before);
});

test("the whole log is saved as a file", async ({ tab, site }) => {
  const [id] = await make(site, unique("dies-while-starting"));
  await watch(tab, site, id, "dead");
  const lines = await tab.lines.texts();
  // An earlier journey may have saved a file of the same name, which Chromium overwrites.
  for (const old of await readdir(tab.driver.downloads)) await rm(join(tab.driver.downloads, old));
  await tab.button("Download log").click();
  // Leave out files that are still being written.
  const files = async () => (await readdir(tab.driver.downloads)).filter((it) => !/\.(part|crdownload|wkdownload)$/.test(it));
  await expect.poll(async () => (await files()).length).toBe(1);
  const file = join(tab.driver.downloads, (await files())[0]);
  await expect.poll(() => readFile(file, "utf8")).toMatch(/^==== stdout ====\n/);
  const text = await readFile(file, "utf8");
  for (const line of lines) expect(text).toContain(line);
  expect(await tab.run(() => window.journey.saved())).toEqual([text]);
});

test("a delete asks first, by Escape it is left, and afterwards the focus is on what became of it", async ({ tab, site }) => {
  const name = unique("etl");
  const [id] = await make(site, name);
  await watch(tab, site, id, "idle");
  await tab.button("Delete session").click();
  const dialog = tab.css("[role='dialog'], [role='alertdialog'], dialog[open]");
  await dialog.says(name);
  await tab.press("Escape");
  await dialog.gone();
  await tab.button("Delete session").focused();
  await tab.button("Delete session").click();
  await dialog.button("Delete session").click();
  await tab.fresh.has("data-fresh", "over");
  await tab.button("Delete session").gone();
  await tab.log.says("Created Spark session.");
  await tab.css("main :focus").says(/deleted/i);
  expect((await (await fetch(`${site}livy/sessions`)).json()).sessions).toEqual([]);
});
