// The log when there is much of it: rows around the visible ones, follow and stay, links, copies, traces, colours.
import { create, expect, press, session, test, unique } from "./console.mjs";
import { miscounted, much, numbers, plain, rows, stream } from "./stream.mjs";

/**
 * The first line that is to be seen, and how far below the top of the pane it begins. Between a jump and the frame that follows
 * it the old rows still stand, out of sight: the answer is of the frame after.
 */
const first = (page) => page.getByRole("log").evaluate(async (pane) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const top = pane.getBoundingClientRect().top;
  const row = [...pane.querySelectorAll("[data-log-line]")].find((it) => it.getBoundingClientRect().bottom > top + 1);
  return [Number(row.dataset.logLine), Math.round(row.getBoundingClientRect().top - top)];
});
test.setTimeout(90_000);

test("of a long log only the rows around the visible ones are drawn, and every line is reached", async ({ page, site, trouble }) => {
  await much(page, site, 40_000);
  const log = page.getByRole("log");
  expect(await rows(page).count()).toBeLessThan(400);
  await expect(rows(page).last()).toHaveAttribute("data-log-line", "39999");
  await expect(rows(page).last()).toBeInViewport();
  await expect(page.locator("[data-log-gap]")).toHaveCount(0);
  // By the keyboard to the beginning, a page down, and back to the end.
  await log.focus();
  await page.keyboard.press("Home");
  await expect(page.locator("[data-log-line='0']")).toBeInViewport();
  await expect(page.locator("[data-log-line='0']")).toHaveText(plain(0));
  for (let at = 0; at < 12; at++) await page.keyboard.press("PageDown");
  await expect.poll(async () => (await first(page))[0]).toBeGreaterThan(100);
  const drawn = await numbers(page);
  expect(drawn).toEqual(drawn.map((_, at) => drawn[0] + at));
  // Far away by the bar at the side. What is left of the keys' smooth movement may be added to it: the bar itself says where it is.
  await log.evaluate((pane) => { pane.scrollTop = pane.scrollHeight / 2; });
  await expect.poll(async () => {
    const [at] = await first(page);
    return Math.abs(at - await log.evaluate((pane) => 40_000 * pane.scrollTop / pane.scrollHeight));
  }).toBeLessThan(100);
  expect(Math.abs((await first(page))[0] - 20_000)).toBeLessThan(500);
  expect(await miscounted(page)).toEqual([]);
  await expect(rows(page).first()).toHaveText(/Finished task/);
  await page.keyboard.press("End");
  await expect(page.locator("[data-log-line='39999']")).toBeInViewport();
  // A larger window shows more of them, at once.
  await page.setViewportSize({ width: 1280, height: 1_700 });
  await expect.poll(async () => (await first(page))[1]).toBeLessThanOrEqual(0);
  await expect(page.locator("[data-log-line='39999']")).toBeInViewport();
  expect(trouble).toEqual([]);
});

test("of more lines than a browser has pixels for every one is reached", async ({ page, site, trouble }) => {
  const most = 300_000;
  const state = await stream(page, (at) => `line ${at}`, most, 20_000);
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  Object.assign(state, { step: 19_000, most });
  await expect(page.getByRole("tab", { name: /stderr/ })).toContainText(String(most), { timeout: 60_000 });
  const log = page.getByRole("log");
  expect(await log.evaluate((pane) => pane.scrollHeight)).toBeLessThan(18 * most);
  await log.hover();
  await log.focus();
  await page.keyboard.press("Home");
  await expect.poll(() => first(page)).toEqual([0, expect.any(Number)]);
  await log.evaluate((pane) => { pane.scrollTop = pane.scrollHeight / 2; });
  await expect.poll(async () => Math.abs((await first(page))[0] - most / 2)).toBeLessThan(2_000);
  // Near by the lines move as the hand does, beyond all rows that were drawn at first.
  const [before, offset] = await first(page);
  for (let at = 1; at <= 20; at++) {
    await page.mouse.wheel(0, 18 * 20);
    await expect.poll(() => first(page)).toEqual([before + 20 * at, offset]);
  }
  await expect(page.locator(`[data-log-line='${before + 400}']`)).toHaveText(`line ${before + 400}`);
  await page.keyboard.press("End");
  await expect(page.locator(`[data-log-line='${most - 1}']`)).toBeInViewport();
  expect(trouble).toEqual([]);
});

test("the end is followed until the reader goes up, and what is read stays", async ({ page, site, trouble }) => {
  const state = await much(page, site, 12_000);
  const log = page.getByRole("log");
  await log.hover();
  await page.mouse.wheel(0, -3_000);
  const pill = page.getByRole("button", { name: "Go to the end" });
  await expect(pill).toBeVisible();
  const before = await first(page);
  expect(before[0]).toBeLessThan(11_900);
  Object.assign(state, { step: 4_000, most: 20_000 });
  await expect(page.getByRole("button", { name: "8000 new lines" })).toBeVisible({ timeout: 40_000 });
  expect(await first(page)).toEqual(before);
  await page.mouse.wheel(0, 180);
  await expect.poll(async () => (await first(page))[0]).toBe(before[0] + 10);
  await page.getByRole("button", { name: "8000 new lines" }).click();
  await expect(page.locator("[data-log-line='19999']")).toBeInViewport();
  await expect(pill).toHaveCount(0);
  Object.assign(state, { step: 3_000, most: 23_000 });
  await expect(page.locator("[data-log-line='22999']")).toBeInViewport({ timeout: 40_000 });
  expect(trouble).toEqual([]);
});

test("lines are copied that are not in the page", async ({ page, site, context, trouble }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await much(page, site, 12_000);
  const copied = async () => (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
  const log = page.getByRole("log");
  await log.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await expect.poll(async () => (await copied()).length).toBe(12_000);
  // From a press on one line to a press with Shift far below it.
  await page.keyboard.press("Home");
  const line = page.locator("[data-log-line='3']");
  await line.click({ position: { x: 62, y: 9 } });
  await log.evaluate((pane) => { pane.scrollTop = 18 * 5_000; });
  await expect.poll(async () => (await first(page))[0]).toBeGreaterThan(4_900);
  const end = (await first(page))[0] + 5;
  await page.locator(`[data-log-line='${end}']`).click({ modifiers: ["Shift"], position: { x: 300, y: 9 } });
  await page.keyboard.press("Control+c");
  await expect.poll(async () => (await copied()).length).toBe(end - 3 + 1);
  expect((await copied())[1]).toBe(plain(4));
  expect(trouble).toEqual([]);
});

test("a copy has folded and empty lines, and what was marked before the reader went on", async ({ page, site, context, trouble }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const lines = ["a", "", "b.E: no", ...Array.from({ length: 5 }, (_, at) => `\tat a.b${at}(A.scala:${at})`), "", "\u001b[31mred\u001b[0m", "end"];
  const text = lines.map((it) => it.replace(/\u001b\[\d*m/g, ""));
  const state = await much(page, site, lines.length, (at) => lines[at] ?? plain(at));
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const log = page.getByRole("log");
  await log.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await expect.poll(copied).toBe(text.join("\n"));
  // Part of a line, across the fold, to part of another.
  await page.locator("[data-log-line='2']").click({ position: { x: 48, y: 9 } });
  await page.locator("[data-log-line='9']").click({ modifiers: ["Shift"], position: { x: 300, y: 9 } });
  await page.keyboard.press("Control+c");
  await expect.poll(copied).toBe(text.slice(2, 10).join("\n"));
  // What is marked stays what it was, however far the reader goes.
  Object.assign(state, { step: 4_000, most: 6_000 });
  await expect(page.getByRole("tab", { name: /stderr/ })).toContainText("6000", { timeout: 40_000 });
  await page.keyboard.press("Control+c");
  await expect.poll(copied).toBe(text.slice(2, 10).join("\n"));
  await log.hover();
  await page.locator("[data-log-line='13']").hover();
  await page.mouse.down();
  await page.locator("[data-log-line='19']").hover();
  await page.mouse.up();
  await page.keyboard.press("Control+c");
  await expect.poll(async () => (await copied()).split("\n").length).toBe(7);
  const marked = await copied();
  await page.mouse.wheel(0, 18 * 600);
  await expect.poll(async () => (await first(page))[0]).toBeGreaterThan(500);
  expect(await page.evaluate(() => String(getSelection()))).toBe("");
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await page.keyboard.press("Control+c");
  await expect.poll(copied).toBe(marked);
  await page.mouse.wheel(0, -18 * 600);
  await expect.poll(() => page.evaluate(() => String(getSelection()).split("\n").length)).toBe(7);
  expect(trouble).toEqual([]);
});

test("the log is used by keys alone", async ({ page, site, trouble }) => {
  await much(page, site, 3_000);
  const tab = (name) => page.getByRole("tab", { name: new RegExp(name) });
  await tab("stderr").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab("stdout")).toBeFocused();
  await expect(tab("stdout")).toHaveAttribute("aria-selected", "true");
  await expect(tab("stderr")).toHaveAttribute("tabindex", "-1");
  await page.keyboard.press("End");
  await expect(tab("stderr")).toBeFocused();
  const log = page.getByRole("log");
  await log.focus();
  await page.keyboard.press("Home");
  await expect(page.locator("[data-log-line='0']")).toBeInViewport();
  for (let at = 0; at < 60; at++) await page.keyboard.press("ArrowDown");
  await expect(page.locator("[data-pointed]")).toHaveAttribute("data-log-line", "59");
  await expect(page.locator("[data-pointed]")).toBeInViewport();
  await expect(page.getByRole("button", { name: "Copy link to line 60" })).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await expect(page.locator("[data-pointed]")).toHaveAttribute("data-log-line", "58");
  await page.keyboard.press("End");
  await expect(page.locator("[data-log-line='2999']")).toBeInViewport();
  expect(trouble).toEqual([]);
});

test("of a line of megabytes only the beginning is drawn, and all of it copied", async ({ page, site, context, trouble }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await much(page, site, 20, (at) => at === 3 ? "x".repeat(3_000_000) : plain(at));
  expect(await page.locator("[data-log-line='3']").evaluate((row) => row.textContent.length)).toBe(20_000);
  await page.getByRole("log").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await expect.poll(() => page.evaluate(async () => (await navigator.clipboard.readText()).length)).toBeGreaterThan(3_000_000);
  expect(trouble).toEqual([]);
});

test("a link leads to a line by what it says", async ({ page, site, context, trouble }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await much(page, site, 5_000);
  const search = page.getByRole("searchbox", { name: "Search the log" });
  await search.fill("task 1234.0");
  await search.press("Enter");
  await press(page, "Copy link to line 1235");
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#\/sessions\/\d+\?line=stderr\.[0-9a-f]{8}\.1$/);
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.locator("[data-pointed]")).toHaveText(plain(1234));
  await expect(page.locator("[data-pointed]")).toBeInViewport();
  await page.goto("about:blank");
  // Another line that says the same is shown with a word about it.
  await page.goto(link.replace(/1$/, "3"));
  await expect(page.getByText(/may be another one/)).toBeVisible();
  await expect(page.locator("[data-pointed]")).toHaveText(plain(1234));
  await page.goto("about:blank");
  await page.goto(link.replace(/stderr\.[0-9a-f]{8}/, "stderr.00000000"));
  await expect(page.getByText("The linked line is not in the part of the log that this page has.")).toBeVisible();
  expect(trouble).toEqual([]);
});

test("traces are folded and opened, colours are painted, progress is its last state", async ({ page, site, trouble }) => {
  const lines = [
    "26/11/23 13:00:00 ERROR Executor: no",
    "java.lang.IllegalStateException: no",
    ...Array.from({ length: 5 }, (_, at) => `\tat org.apache.spark.A.b${at}(A.scala:${at})`),
    "\u001b[31mred\u001b[0m and \u001b[1;32mgreen\u001b[0m",
    "10%\r50%\r100%",
    ...[1, 2, 3, 4, 5].map((done) => `[Stage 0:${"=".repeat(done)}>   (${done} + 1) / 6]`),
    "\u001b[38;5;196mone of many\u001b[0m \u001b[41;37mon a ground\u001b[0m\u001b(B",
    "end",
  ];
  await much(page, site, lines.length, (at) => lines[at]);
  const frame = page.locator("[data-log-line='3']");
  await expect(frame).toBeHidden();
  const fold = page.getByRole("button", { name: "5 lines of a stack trace" });
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await expect(page.locator("[data-log-line='1']")).toHaveText(lines[1]);
  await fold.focus();
  await page.keyboard.press("Enter");
  await expect(frame).toBeVisible();
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await fold.click();
  await expect(frame).toBeHidden();
  await page.getByLabel("unfold traces").check();
  await expect(frame).toBeVisible();
  await expect(frame).toHaveText(lines[3]);
  const painted = page.locator("[data-log-line='7']");
  await expect(painted).toHaveText("red and green");
  const colours = await painted.locator("span").evaluateAll((all) => all.map((it) => getComputedStyle(it).color));
  expect(new Set(colours).size).toBe(3);
  await expect(page.locator("[data-log-line='8']")).toHaveText("100%");
  // What Livy has parted at carriage returns is one row, its last state.
  await page.getByLabel("unfold traces").uncheck();
  await expect(page.locator("[data-log-line='13']")).toHaveText(lines[13]);
  await expect(page.locator("[data-log-line='9']")).toBeHidden();
  const progress = page.getByRole("button", { name: "4 earlier progress updates" });
  await progress.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-log-line='9']")).toBeVisible();
  await expect(progress).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-log-line='9']")).toBeHidden();
  const bright = page.locator("[data-log-line='14']");
  await expect(bright).toHaveText("one of many on a ground");
  expect(await bright.locator("[class]").evaluateAll((all) => all.map((it) => getComputedStyle(it).color))).toHaveLength(3);
  expect(trouble).toEqual([]);
});

test("a progress that goes on keeps its fold, and whoever is on it the focus", async ({ page, site, trouble }) => {
  const bar = (done) => `[Stage 0:${"=".repeat(done)}>   (${done} + 1) / 9]`;
  const lines = ["begin", ...[0, 1, 2, 3].map(bar)];
  const state = await much(page, site, lines.length, (at) => lines[at]);
  const fold = (count) => page.getByRole("button", { name: `${count} earlier progress updates` });
  await fold(3).focus();
  lines.push("", bar(4));
  state.most = lines.length;
  await expect(fold(5)).toBeFocused({ timeout: 40_000 });
  await expect(page.locator("[data-log-line='6']")).toHaveText(bar(4));
  await expect(page.locator("[data-log-line='4']")).toBeHidden();
  // A message behind a bar is no state of it.
  lines.push(`${bar(5)}26/11/23 13:00:00 ERROR A: twice [duplicate 3]`);
  state.most = lines.length;
  await expect(page.locator("[data-log-line='7']")).toBeVisible({ timeout: 40_000 });
  await expect(fold(5)).toBeFocused();
  expect(trouble).toEqual([]);
});
