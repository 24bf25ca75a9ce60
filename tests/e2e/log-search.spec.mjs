// The search of a long log: by text and expression, marks, only matches.
import { readFile } from "node:fs/promises";
import { expect, press, test } from "./console.mjs";
import { miscounted, much, plain, rows } from "./stream.mjs";

/** What is marked of what was looked for: the words, each with its line, as the browser paints them: of a row that went, nothing. */
const words = (page) => page.evaluate(() => [...CSS.highlights.get("lc-found") ?? []].filter((it) => !it.collapsed).map((it) => {
  const row = it.startContainer.parentElement.closest("[data-log-line]");
  return `${row.dataset.logLine} ${it}`;
}));
test.setTimeout(90_000);

test("a long log is searched by text and expression, filtered, saved and broken into lines", async ({ page, site, trouble }) => {
  const state = await much(page, site, 40_000);
  const bar = page.getByRole("search");
  const search = page.getByRole("searchbox", { name: "Search the log" });
  await search.fill("needle");
  await expect(bar.getByRole("status")).toHaveText("40 matches");
  await search.press("Enter");
  await expect(page.locator("[data-pointed]")).toHaveAttribute("data-log-line", "7");
  await expect(page.locator("[data-pointed]")).toBeInViewport();
  await search.press("Shift+Enter");
  await expect(page.locator("[data-pointed]")).toHaveAttribute("data-log-line", "39007");
  await expect(page.locator("[data-pointed]")).toBeInViewport();
  // New lines are searched as they come.
  Object.assign(state, { step: 4_000, most: 44_000 });
  await expect(bar.getByRole("status")).toHaveText("40 of 44", { timeout: 40_000 });
  await page.getByLabel("only matches").check();
  await expect(rows(page)).toHaveCount(44 * 5);
  expect(await miscounted(page)).toEqual([]);
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Download shown lines")]);
  const saved = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
  expect(saved.slice(0, 3)).toEqual(["==== stderr ====", "==== 5 lines are left out here ====", plain(5)]);
  expect(saved.filter((it) => !it.startsWith("===="))).toHaveLength(44 * 5);
  await page.getByLabel("only matches").uncheck();
  await expect(rows(page).nth(10)).not.toHaveText(/needle/);
  expect(await miscounted(page)).toEqual([]);
  await page.getByLabel("regular expression").check();
  await search.fill("task 1[0-9]{4}\\.0 n\\w+e$");
  await expect(bar.getByRole("status")).toHaveText("10 matches", { timeout: 40_000 });
  await search.fill("(");
  await expect(bar.getByRole("status")).toContainText("Invalid: ");
  await search.press("Escape");
  await page.getByLabel("wrap lines").check();
  await page.setViewportSize({ width: 420, height: 800 });
  const log = page.getByRole("log");
  await log.focus();
  await page.keyboard.press("End");
  await expect(page.locator("[data-log-line='43999']")).toBeInViewport();
  expect(await log.evaluate((pane) => pane.scrollWidth - pane.clientWidth)).toBe(0);
  await page.keyboard.press("Home");
  await expect(page.locator("[data-log-line='0']")).toBeInViewport();
  expect(trouble).toEqual([]);
});

test("what was looked for is marked in the lines, wherever the reader goes", async ({ page, site, trouble }) => {
  const odd = {
    0: "a.b (c) A.B axb",
    1: "\u001b[31ma.\u001b[0mb painted, and a.b",
    1_500: "far a.B",
  };
  const state = await much(page, site, 2_000, (at) => odd[at] ?? "plain");
  const search = page.getByRole("searchbox", { name: "Search the log" });
  await page.getByRole("log").focus();
  await page.keyboard.press("Home");
  await search.fill("a.b");
  await expect.poll(() => words(page)).toEqual(["0 a.b", "0 A.B", "1 a.b", "1 a.b"]);
  // WebKit leaves the words of a highlight painted that another one replaces: there is one, and its ranges change.
  await page.evaluate(() => { globalThis.marks = CSS.highlights.get("lc-found"); });
  await page.getByLabel("match case").check();
  await expect.poll(() => words(page)).toEqual(["0 a.b", "1 a.b", "1 a.b"]);
  await page.getByLabel("match case").uncheck();
  await page.getByLabel("regular expression").check();
  await expect.poll(() => words(page)).toEqual(["0 a.b", "0 A.B", "0 axb", "1 a.b", "1 a.b"]);
  await search.fill("x*");
  await expect.poll(() => words(page)).toEqual([]);
  await search.fill("(");
  await expect.poll(() => words(page)).toEqual([]);
  await page.getByLabel("regular expression").uncheck();
  await search.fill("a.b");
  // The line that is pointed at keeps its mark when its row went and came back.
  await search.press("Shift+Enter");
  await expect.poll(() => words(page)).toEqual(["1500 a.B"]);
  await page.getByRole("log").focus();
  await page.keyboard.press("Home");
  await expect.poll(() => words(page)).toEqual(["0 a.b", "0 A.B", "1 a.b", "1 a.b"]);
  await expect(page.locator("[data-pointed]")).toHaveCount(0);
  await page.getByRole("log").evaluate((pane) => { pane.scrollTop = 18 * 1_495; });
  await expect(page.locator("[data-pointed]")).toHaveText(odd[1_500]);
  // New lines are marked as they come.
  odd[2_001] = "new a.b";
  await page.keyboard.press("End");
  Object.assign(state, { step: 2, most: 2_002 });
  await expect.poll(() => words(page), { timeout: 40_000 }).toEqual(["2001 a.b"]);
  await search.press("Escape");
  await expect.poll(() => words(page)).toEqual([]);
  await search.fill("a.b");
  await expect.poll(() => words(page)).not.toEqual([]);
  expect(await page.evaluate(() => CSS.highlights.get("lc-found") === globalThis.marks)).toBe(true);
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect.poll(() => words(page)).toEqual([]);
  expect(trouble).toEqual([]);
});

test("a match near the end stays where it is while new lines come", async ({ page, site, trouble }) => {
  const state = await much(page, site, 120, (at) => at === 2 || at === 117 ? `match ${at}` : "plain");
  const search = page.getByRole("searchbox", { name: "Search the log" });
  // The search begins where somebody reads, which is the end.
  await search.fill("match");
  await search.press("Enter");
  await expect(page.locator("[data-log-line='117']")).toBeInViewport();
  await search.press("Enter");
  await expect(page.locator("[data-log-line='2']")).toBeInViewport();
  await search.press("Enter");
  await expect(page.locator("[data-log-line='117']")).toBeInViewport();
  Object.assign(state, { step: 300, most: 420 });
  await expect(page.getByRole("button", { name: "300 new lines" })).toBeVisible({ timeout: 40_000 });
  await expect(page.locator("[data-log-line='117']")).toBeInViewport();
  // Going down to the end oneself means to follow it again.
  await page.getByRole("log").hover();
  await page.mouse.wheel(0, 18 * 420);
  await expect(page.getByRole("button", { name: /new lines|Go to the end/ })).toHaveCount(0);
  Object.assign(state, { step: 100, most: 520 });
  await expect(page.locator("[data-log-line='519']")).toBeInViewport({ timeout: 40_000 });
  expect(trouble).toEqual([]);
});

test("what is asked for is shown among matches too", async ({ page, site, trouble }) => {
  const trace = ["26/11/23 13:00:00 ERROR Executor: no", "a.E: needle", ...Array.from({ length: 5 }, (_, at) => `\tat a.b${at}(A.scala:${at})`)];
  const far = "26/11/23 13:00:00 ERROR Executor: far from any match";
  const state = await much(page, site, 3_000, (at) => at === 2_500 ? far : trace[at - 1_000] ?? plain(at));
  await page.getByRole("searchbox", { name: "Search the log" }).fill("needle");
  await page.getByLabel("only matches").check();
  await expect(rows(page)).toHaveCount(4 * 5);
  // The bar between two groups is the style's, and no text.
  await expect(page.locator(".lc-apart")).toHaveCount(3);
  const fold = page.locator("[data-log-line='1001']");
  await page.getByRole("log").focus();
  await page.keyboard.press("Home");
  for (let at = 0; at < 3; at++) await press(page, "Next match");
  await press(page, "Previous match");
  await expect(page.locator("[data-pointed]")).toHaveText(trace[1]);
  await press(page, "Previous match");
  await expect(page.locator("[data-pointed]")).toHaveText(plain(7));
  await expect(fold).toBeVisible();
  await expect(rows(page)).toHaveCount(4 * 5);
  // Lines were lost between two groups.
  Object.assign(state, { length: 20_000, step: 0, most: 20_000 });
  await expect(page.locator("[data-log-gap]")).toHaveCount(1, { timeout: 40_000 });
  // One error is beside a match; for the other all lines are drawn again.
  await press(page, "Next error");
  await expect(page.locator("[data-pointed]")).toHaveText(trace[0]);
  await expect(page.getByLabel("only matches")).toBeChecked();
  await press(page, "Next error");
  await expect(page.locator("[data-pointed]")).toHaveText(far);
  await expect(page.locator("[data-pointed]")).toBeInViewport();
  await expect(page.getByLabel("only matches")).not.toBeChecked();
  expect(trouble).toEqual([]);
});

test("an expression that takes for ever is given up, and the page stays alive", async ({ page, site, trouble }) => {
  await much(page, site, 3_000, (at) => at === 2_000 ? `${"a".repeat(34)}!` : plain(at));
  const bar = page.getByRole("search");
  const search = page.getByRole("searchbox", { name: "Search the log" });
  await search.fill("a");
  await page.getByLabel("regular expression").check();
  await search.fill("(a+)+$");
  await expect(bar.getByRole("status")).toContainText("Takes too long");
  const begun = Date.now();
  await page.getByRole("log").focus();
  await page.keyboard.press("Home");
  await expect(page.locator("[data-log-line='0']")).toBeInViewport();
  expect(Date.now() - begun).toBeLessThan(2_000);
  // The next one is asked as if nothing had been.
  await search.fill("ne+dle$");
  await expect(bar.getByRole("status")).toHaveText("3 matches");
  await expect.poll(() => words(page)).toEqual(["7 needle"]);
  await search.fill("task 7\\.0 \\-?ne");
  await expect(bar.getByRole("status")).toHaveText("1 match");
  expect(trouble).toEqual([]);
});

test("where there can be no worker the page asks expressions itself", async ({ page, site }) => {
  await page.route("**/log-expression.js", (route) => route.abort());
  await much(page, site, 3_000);
  const search = page.getByRole("searchbox", { name: "Search the log" });
  await search.fill("x");
  await page.getByLabel("regular expression").check();
  await search.fill("ne+dle$");
  await expect(page.getByRole("search").getByRole("status")).toHaveText("3 matches");
});
