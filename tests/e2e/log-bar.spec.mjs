// The bar above the log: errors and warnings, filters, downloads, wrapping, and that nothing in it moves.
import { readFile } from "node:fs/promises";
import { expect, press, test } from "./console.mjs";
import { much, numbers, plain, rows } from "./stream.mjs";

const time = "26/11/23 13:00:00";
const trace = [
  `${time} ERROR Executor: Exception in task 0.0 needle`,
  "java.lang.IllegalStateException: no needle",
  ...Array.from({ length: 5 }, (_, at) => `\tat org.apache.spark.A.b${at}(A.scala:${at})`),
  "Caused by: java.io.IOException: no",
  "\tat org.apache.spark.A.c(A.scala:1)",
];
/** An error with its stack trace at 100, errors at 1000 and 1500, and a warning in each hundred but the first. */
const lines = (at) => trace[at - 100]
  ?? ([1_000, 1_500].includes(at) ? `${time} ERROR B: number ${at}` : at % 100 === 50 && at > 100 ? `${time} WARN C: number ${at}` : plain(at));
const level = (page, name) => page.getByRole("button", { name, exact: true });
const warnings = (most) => Array.from({ length: most / 100 - 1 }, (_, at) => 150 + 100 * at);

test.setTimeout(90_000);

test("errors and warnings are counted and shown alone, together, and among matches", async ({ page, site, trouble }) => {
  const state = await much(page, site, 2_000, lines);
  await expect(level(page, "3 errors")).toHaveAttribute("aria-pressed", "false");
  await level(page, "19 warnings").focus();
  await page.keyboard.press("Space");
  await expect(level(page, "19 warnings")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => numbers(page)).toEqual(warnings(2_000));
  await level(page, "3 errors").click();
  await level(page, "19 warnings").click();
  // An error is shown with what was thrown and what caused it, and without the frames between.
  await expect.poll(() => numbers(page)).toEqual([100, 101, 107, 1_000, 1_500]);
  expect(await rows(page).evaluateAll((all) => all.map((it) => it.dataset.logSection))).toEqual(Array(5).fill("stderr"));
  await expect(rows(page).nth(2)).toHaveText(trace[7]);
  expect(await rows(page).evaluateAll((all) => all.filter((it) => it.dataset.level === "error").length)).toBe(3);
  // The search finds what is shown.
  const search = page.getByRole("searchbox", { name: "Search the log" });
  const status = page.getByRole("search").getByRole("status");
  await search.fill("needle");
  await expect(status).toHaveText("2 matches");
  await page.getByLabel("Only matches").check();
  await expect.poll(() => numbers(page)).toEqual([100, 101]);
  await level(page, "3 errors").click();
  await expect(status).toHaveText("4 matches");
  await level(page, "19 warnings").click();
  await expect(page.getByText("No matching warnings in stderr")).toBeVisible();
  await expect(rows(page)).toHaveCount(0);
  await search.press("Escape");
  await expect.poll(() => numbers(page)).toEqual(warnings(2_000));
  // New lines are counted and filtered as they come.
  await rows(page).first().hover();
  await page.mouse.wheel(0, -18 * 100);
  Object.assign(state, { step: 2_000, most: 2_300 });
  await expect(level(page, "22 warnings")).toHaveAttribute("aria-pressed", "true", { timeout: 40_000 });
  await expect.poll(() => numbers(page)).toEqual(warnings(2_300));
  // A line that the filter hides is shown when it is asked for.
  await press(page, "Next error");
  await expect(page.locator("[data-pointed]")).toHaveText(trace[0]);
  await expect(level(page, "22 warnings")).toHaveAttribute("aria-pressed", "false");
  await expect(page.locator("[data-pointed]")).toBeInViewport();
  // Each section has its own.
  await level(page, "3 errors").click();
  await page.getByRole("tab", { name: /stdout/ }).click();
  await expect(level(page, "No errors")).toHaveAttribute("aria-pressed", "true");
  await expect(level(page, "No warnings")).toBeVisible();
  await level(page, "No errors").click();
  await press(page, "Next error");
  await expect(status).toHaveText("No errors in this section");
  expect(trouble).toEqual([]);
});

test("among errors alone only new errors are new", async ({ page, site, trouble }) => {
  const state = await much(page, site, 6_000, (at) => at % 20 === 0 ? `${time} ERROR B: number ${at}` : plain(at));
  await level(page, "300 errors").click();
  await page.getByRole("log").hover();
  await page.mouse.wheel(0, -900);
  await expect(page.getByRole("button", { name: "Go to the end" })).toBeVisible();
  Object.assign(state, { most: 6_100 });
  await expect(page.getByRole("button", { name: "5 new lines" })).toBeVisible({ timeout: 40_000 });
  expect(trouble).toEqual([]);
});

test("forced colours show which levels are shown alone", async ({ page, site, trouble }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await much(page, site, 200, lines);
  const ground = () => level(page, "1 error").evaluate((it) => getComputedStyle(it).backgroundColor);
  const before = await ground();
  await level(page, "1 error").click();
  await page.getByRole("log").hover();
  expect(await ground()).not.toBe(before);
  expect(trouble).toEqual([]);
});

test("of a level that a section does not have, the log says so", async ({ page, site, trouble }) => {
  await much(page, site, 200);
  await level(page, "No errors").click();
  await expect(page.getByText("No errors in stderr")).toBeVisible();
  await level(page, "No warnings").click();
  await expect(page.getByText("No errors or warnings in stderr")).toBeVisible();
  await level(page, "No errors").click();
  await level(page, "No warnings").click();
  await expect(rows(page).last()).toHaveAttribute("data-log-line", "199");
  expect(trouble).toEqual([]);
});

for (const [name, width] of [["wide", 1280], ["narrow", 360], ["narrowest", 320]]) {
  test(`nothing in the bar moves while it is used: ${name}`, async ({ page, site, trouble }) => {
    await page.setViewportSize({ width, height: 800 });
    const state = await much(page, site, 2_000, lines);
    const bar = page.getByRole("search");
    const search = page.getByRole("searchbox", { name: "Search the log" });
    const log = page.locator(".lc-log");
    /** Where every control of the log and the lines themselves are, from the log's own corner. */
    const boxes = () => log.evaluate((log) => {
      const from = log.getBoundingClientRect();
      const all = [...log.querySelectorAll(".lc-log-bar button, [role=search] input, [role=search] button, [role=log]")];
      return all.map((it) => {
        const box = it.getBoundingClientRect();
        return [it.name || it.id || it.className, ...[box.left - from.left, box.top - from.top, box.width, box.height].map(Math.round)].join(" ");
      });
    });
    const before = await boxes();
    const stays = async (what) => expect.soft(await boxes(), what).toEqual(before);
    await search.focus();
    for (const key of "needle") {
      await page.keyboard.type(key);
      await stays(`typed ${key}`);
    }
    await expect(bar.getByRole("status")).toHaveText("4 matches");
    await stays("matches are counted");
    await search.press("Enter");
    await expect(bar.getByRole("status")).toHaveText(/ of 4$/);
    await expect(page.getByRole("button", { name: /^Copy link to line/ })).toBeVisible();
    await stays("a match is shown");
    for (const option of ["Only matches", "Match case", "Regular expression", "Unfold traces"]) {
      await page.getByLabel(option).check();
      await stays(option);
      await page.getByLabel(option).uncheck();
      await stays(`not ${option}`);
    }
    await search.fill("found nowhere");
    await expect(bar.getByRole("status")).toHaveText("No matches");
    await page.getByLabel("Only matches").check();
    await expect(page.getByText("No matching lines in stderr")).toBeVisible();
    await stays("no match");
    await page.getByLabel("Regular expression").check();
    await search.fill("(");
    await expect(bar.getByRole("status")).toContainText("Invalid: ");
    expect(await bar.getByRole("status").evaluate((it) => it.scrollWidth <= it.clientWidth), "the reason is not cut off").toBe(true);
    await stays("a wrong expression");
    await search.press("Escape");
    await level(page, "3 errors").click();
    await stays("errors alone");
    Object.assign(state, { step: 2_000, most: 2_100 });
    await expect(level(page, "20 warnings")).toBeVisible({ timeout: 40_000 });
    await stays("counts grow");
    await level(page, "3 errors").click();
    await search.press("Escape");
    await expect(bar.getByRole("status")).toHaveText("");
    await stays("empty again");
    expect(trouble).toEqual([]);
  });
}

test("the buttons say what they save, and save it", async ({ page, site, trouble }) => {
  await much(page, site, 2_000, lines);
  const save = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, name)]);
    return { file: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  };
  const all = await save("Download log");
  expect(all.text).toMatch(/^==== stdout ====\n==== stderr ====\n/);
  expect(all.text.split("\n")).toHaveLength(2_000 + 2 + 1);
  const section = await save("Download stderr only");
  expect(section.text).toMatch(/^==== stderr ====\n/);
  expect(section.file).toMatch(/-stderr\.log$/);
  await level(page, "3 errors").click();
  const shown = await save("Download shown lines");
  expect(shown.text.split("\n").filter((it) => it && !it.startsWith("===="))).toEqual([trace[0], trace[1], trace[7], lines(1_000), lines(1_500)]);
  expect(trouble).toEqual([]);
});

test("a narrow log wraps its lines until the person decides, and keeps to that", async ({ page, site, trouble }) => {
  await page.setViewportSize({ width: 360, height: 700 });
  await much(page, site, 150, (at) => `${plain(at)} ${"word ".repeat(60)}`);
  const wrap = page.getByLabel("Wrap lines");
  const overflow = () => page.getByRole("log").evaluate((pane) => pane.scrollWidth - pane.clientWidth);
  await expect(wrap).toBeChecked();
  await expect.poll(overflow).toBe(0);
  await page.setViewportSize({ width: 1280, height: 700 });
  await expect(wrap).not.toBeChecked();
  await expect.poll(overflow).toBeGreaterThan(0);
  await page.setViewportSize({ width: 360, height: 700 });
  await expect(wrap).toBeChecked();
  await wrap.uncheck();
  await expect.poll(overflow).toBeGreaterThan(0);
  await page.reload();
  await expect(wrap).not.toBeChecked();
  await wrap.check();
  await page.setViewportSize({ width: 1280, height: 700 });
  await expect(wrap).toBeChecked();
  await expect.poll(overflow).toBe(0);
  await page.reload();
  await expect(wrap).toBeChecked();
  expect(trouble).toEqual([]);
});

test.describe("on a touch screen", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 760 } });

  test("no field has text so small that Safari would zoom", async ({ page, site, trouble }) => {
    const small = () => page.locator("input:not([type=checkbox], [type=radio]), select, textarea")
      .evaluateAll((all) => all.filter((it) => parseFloat(getComputedStyle(it).fontSize) < 16).map((it) => it.name || it.id));
    expect(await page.evaluate(() => matchMedia("(pointer: coarse)").matches)).toBe(true);
    await much(page, site, 150);
    expect(await small()).toEqual([]);
    await page.goto(`${site}#/new`);
    await expect(page.getByLabel("Name", { exact: true })).toBeVisible();
    expect(await page.locator("select, textarea, .lc-mono").count()).toBeGreaterThan(0);
    expect(await small()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(trouble).toEqual([]);
  });
});
