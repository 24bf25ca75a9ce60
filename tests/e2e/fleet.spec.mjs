// Many sessions: every row is reached, searched, selected, deleted, compared and handed over, by mouse and by keys.
import AxeBuilder from "@axe-core/playwright";
import { readFile } from "node:fs/promises";
import { expect, press, test } from "./console.mjs";

const MANY = 40_000;
const row = (page, id) => page.locator(`tr[data-session-id="${id}"]`);
const check = (page, id) => page.getByRole("checkbox", { name: `Select session ${id}`, exact: true });
const search = (page) => page.getByRole("searchbox", { name: "Search sessions" });
const table = (page) => page.getByRole("table").first();
const result = (page) => page.locator("#lc-end-result");

/** The list's calls that leave the page. */
function asked(page) {
  const all = [];
  page.on("request", (it) => it.url().includes("/livy/sessions?") && all.push(it.url()));
  return all;
}
/** The ids of the sessions that the page deletes. */
function deleted(page) {
  const all = [];
  page.on("request", (it) => it.method() === "DELETE" && all.push(it.url().split("/").at(-1)));
  return all;
}
/** A console with a fleet of its own, and everything that works on it. */
async function fleet(page, host, count = MANY, place = "") {
  const { address } = await host("--livy", `fake:${count}`);
  await page.goto(`${address}${place}`);
  await expect(page.getByRole("button", { name: "Copy rows" })).toBeVisible();
  return address;
}
const end = (page) => page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));

test("the first rows need two calls, and any of 40,000 rows one more", async ({ page, host, trouble }) => {
  const calls = asked(page);
  await fleet(page, host);
  await expect(row(page, MANY - 1)).toBeVisible();
  expect(calls.length).toBe(2);
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(MANY + 1));
  await expect(row(page, MANY - 1)).toHaveAttribute("aria-rowindex", "2");
  await end(page);
  await expect(row(page, 0)).toBeVisible();
  await expect(row(page, 0)).toHaveAttribute("aria-rowindex", String(MANY + 1));
  expect(calls.length).toBeLessThanOrEqual(4);
  expect(await page.locator("tr").count()).toBeLessThan(120);
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
  await expect.poll(() => page.locator("tr[data-session-id]").count()).toBeGreaterThan(20);
  await row(page, MANY / 2).getByRole("link").first().click();
  await expect(page).toHaveURL(/#\/sessions\/20000$/);
  expect(trouble).toEqual([]);
});

test("a search reads the list page by page, can be stopped and go on, and is in the address", async ({ page, host, trouble }) => {
  await fleet(page, host, 6_000);
  await page.route("**/livy/sessions?*", async (route) => {
    await new Promise((done) => setTimeout(done, 250));
    await route.continue();
  });
  await search(page).fill("nightly-etl");
  await expect(page).toHaveURL(/\?q=nightly-etl$/);
  await press(page, "Stop");
  await expect(page.getByText(/found: [\d,]+ of 6,000 sessions read/)).toBeVisible();
  await press(page, "Go on");
  await expect(page.getByText(/^[\d,]+ of 6,000 sessions match$/).first()).toBeVisible({ timeout: 30_000 });
  await page.getByLabel("State", { exact: true }).selectOption("dead");
  await page.getByRole("columnheader", { name: "Id" }).getByRole("button").click();
  await expect(page).toHaveURL(/\?q=nightly-etl&state=dead&sort=id$/);
  await expect(page.getByRole("columnheader", { name: "Id" })).toHaveAttribute("aria-sort", "ascending");
  const states = await page.locator("tr[data-session-id]").evaluateAll((rows) => new Set(rows.map((it) => it.dataset.sessionState)).size);
  expect(states).toBe(1);
  await page.reload();
  await expect(search(page)).toHaveValue("nightly-etl");
  await expect(page.getByLabel("State", { exact: true })).toHaveValue("dead");
  await search(page).fill("there is no such session");
  await expect(page.getByText("No session matches.").first()).toBeVisible({ timeout: 30_000 });
  await press(page, "Clear filters");
  await expect(search(page)).toBeFocused();
  await expect(page).toHaveURL(/#\/\?sort=id$/);
  expect(trouble).toEqual([]);
});

test("Enter goes to the row of an id or a name, wherever it is", async ({ page, host }) => {
  await fleet(page, host);
  await search(page).fill("12345");
  await search(page).press("Enter");
  await expect(row(page, 12345)).toBeInViewport();
  await expect(row(page, 12345).getByRole("link")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/sessions\/12345$/);
});

test("a range is deleted with one question: one fails and is tried again, a busy one is left out", async ({ page, host, trouble }) => {
  await fleet(page, host, 400);
  const gone = deleted(page);
  let fails = true;
  await page.route("**/livy/sessions/396", (route) => {
    if (route.request().method() !== "DELETE" || !fails) return route.continue();
    fails = false;
    return route.fulfill({ status: 500, json: { msg: "the driver does not answer" } });
  });
  await check(page, 399).check();
  await check(page, 390).click({ modifiers: ["Shift"] });
  await expect(page.getByText("10 selected", { exact: true })).toBeVisible();
  const busy = await page.locator("tr[data-picked]").evaluateAll((rows) => rows.filter((it) => /busy|starting/.test(it.dataset.sessionState)).map((it) => it.dataset.sessionId));
  expect(busy.length).toBeGreaterThan(0);
  await press(page, "Delete 10 sessions");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("session 399");
  await expect(dialog.getByRole("checkbox").first()).not.toBeChecked();
  const count = 10 - busy.length;
  await dialog.getByRole("button", { name: `Delete ${count} sessions`, exact: true }).click();
  await expect(result(page)).toContainText(`${count - 1} of ${count} sessions deleted, 1 failed`);
  await expect(result(page)).toBeFocused();
  await expect(page.getByText("the driver does not answer").or(page.getByText(/failed: /)).first()).toBeVisible();
  for (const id of busy) expect(gone).not.toContain(id);
  await press(page, "Retry the failed");
  await expect(result(page)).toContainText(`${count} sessions deleted`);
  expect(gone.filter((it) => it === "396").length).toBe(2);
  await press(page, "Close");
  await expect(result(page)).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test("a reload in the middle of a delete stops it, and it goes on by a press", async ({ page, host }) => {
  await fleet(page, host, 200);
  const gone = deleted(page);
  await page.route("**/livy/sessions/*", async (route) => {
    if (route.request().method() === "DELETE") await new Promise((done) => setTimeout(done, 400));
    await route.continue().catch(() => {});
  });
  await page.getByLabel("State", { exact: true }).selectOption("idle");
  await expect(page.getByText(/of 200 sessions match/).first()).toBeVisible();
  await page.getByRole("checkbox", { name: "Select all that match" }).check();
  const button = page.getByRole("button", { name: /^Delete \d+ sessions$/ });
  const name = await button.first().textContent();
  await button.first().click();
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  await expect.poll(() => gone.length).toBeGreaterThan(3);
  await page.reload();
  await expect(page.getByText("The page was loaded again.")).toBeVisible();
  const sent = gone.length;
  await page.waitForTimeout(1_000);
  expect(gone.length).toBe(sent);
  await press(page, "Go on");
  await expect.poll(() => gone.length).toBeGreaterThan(sent);
  await press(page, "Stop");
  await expect(page.getByText("Stopped. The others were not deleted.")).toBeVisible();
});

test("the keyboard alone selects a range, keeps it over scrolling, and deletes it", async ({ page, host, trouble }) => {
  await fleet(page, host, 3_000);
  await check(page, 2998).focus();
  await page.keyboard.press("Space");
  await expect(check(page, 2998)).toBeChecked();
  for (let at = 0; at < 3; at++) await page.keyboard.press("Shift+ArrowDown");
  await expect(check(page, 2995)).toBeFocused();
  await expect(page.getByText("4 selected", { exact: true })).toBeVisible();
  for (let at = 0; at < 60; at++) await page.keyboard.press("ArrowDown");
  await expect(check(page, 2935)).toBeFocused();
  await expect(check(page, 2935)).toBeInViewport();
  await expect(row(page, 2998)).toHaveCount(0);
  await page.keyboard.press("Shift+Space");
  await expect(page.getByRole("button", { name: "Delete 64 sessions" })).toBeVisible();
  await press(page, "Clear selection");
  await expect(page.getByRole("button", { name: /^Delete/ })).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test("rows are copied and saved as CSV and JSON; a session is compared with another and made again", async ({ page, host, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await fleet(page, host, 50);
  await press(page, "Copy rows");
  await expect(page.getByText("Copied 50 rows.")).toBeVisible();
  expect((await page.evaluate(() => navigator.clipboard.readText())).split("\n").length).toBeGreaterThan(50);
  const saved = async (name) => {
    const [file] = await Promise.all([page.waitForEvent("download"), press(page, name)]);
    return [file.suggestedFilename(), await readFile(await file.path(), "utf8")];
  };
  const [csv, lines] = await saved("Download CSV");
  expect([csv, lines.split("\r\n")[0].split(",").slice(0, 3)]).toEqual(["sessions.csv", ["state", "id", "name"]]);
  const [json, text] = await saved("Download JSON");
  expect([json, JSON.parse(text).length]).toEqual(["sessions.json", 50]);
  await check(page, 49).check();
  await check(page, 47).check();
  await press(page, "Compare");
  const dialog = page.getByRole("dialog", { name: "Compare two requests" });
  await expect(dialog.getByRole("columnheader", { name: "Session 47" }).first()).toBeVisible();
  await expect(dialog.getByRole("rowheader").first()).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  await check(page, 47).uncheck();
  await press(page, "Create again");
  await expect(page).toHaveURL(/#\/new$/);
  await expect(page.getByText("Copied from session 49").first()).toBeVisible();
});

test("the checkbox of the head shows what is selected, whatever was pressed", async ({ page, host }) => {
  await fleet(page, host, 60);
  const all = page.getByRole("checkbox", { name: "Select all that match" });
  await all.check();
  await expect(page.getByText("60 selected", { exact: true })).toBeVisible();
  await check(page, 59).uncheck();
  await expect(all).not.toBeChecked();
  expect(await all.evaluate((it) => it.indeterminate)).toBe(true);
  await all.check();
  await expect(page.getByText("60 selected", { exact: true })).toBeVisible();
  await expect(all).toBeChecked();
  await press(page, "Clear selection");
  await expect(all).not.toBeChecked();
});

test("kind, proxy user, queue and the order can be chosen, and are in the address", async ({ page, host, trouble }) => {
  await fleet(page, host, 300);
  await page.getByLabel("Kind", { exact: true }).selectOption("spark");
  await expect(page).toHaveURL(/\?kind=spark$/);
  await page.getByLabel("Queue", { exact: true }).selectOption("root.etl");
  await page.getByLabel("Order", { exact: true }).selectOption({ label: "Oldest first" });
  await expect(page).toHaveURL(/\?kind=spark&queue=root\.etl&sort=id$/);
  await expect(page.getByText(/of 300 sessions match/).first()).toBeVisible();
  await page.getByLabel("Proxy user", { exact: true }).selectOption("ada");
  await expect(page).toHaveURL(/proxyUser=ada/);
  expect(trouble).toEqual([]);
});

test("what is read stays in place when sessions above it end", async ({ page, host }) => {
  const address = await fleet(page, host, 3_000);
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
  await expect.poll(() => page.locator("tr[data-session-id]").count()).toBeGreaterThan(20);
  const read = page.locator("tr[data-session-id]").nth(20);
  const id = await read.getAttribute("data-session-id");
  const top = () => row(page, id).evaluate((it) => it.getBoundingClientRect().top);
  const before = [await top(), await row(page, id).getAttribute("aria-rowindex")];
  for (let at = 2_400; at < 2_410; at++) {
    await page.request.delete(`${address}livy/sessions/${at}`, { headers: { "X-Requested-By": "others" } });
  }
  await expect.poll(() => row(page, id).getAttribute("aria-rowindex"), { timeout: 20_000 }).toBe(String(Number(before[1]) - 10));
  expect(Math.abs((await top()) - before[0])).toBeLessThan(2);
});

test("a press that deletes nothing says why, and who types hears of the end", async ({ page, host }) => {
  await fleet(page, host, 60);
  await page.route("**/livy/sessions/*", async (route) => {
    if (route.request().method() === "DELETE") await new Promise((done) => setTimeout(done, 1_500));
    await route.continue().catch(() => {});
  });
  for (const id of [58, 57]) await check(page, id).check();
  await page.getByRole("button", { name: /^Delete \d sessions?$/ }).click();
  const dialog = page.getByRole("dialog");
  if (await dialog.getByRole("checkbox").count()) await dialog.getByRole("checkbox").first().check();
  await dialog.getByRole("button", { name: /^Delete \d sessions?$/ }).click();
  await expect(result(page)).toContainText("Deleting sessions");
  await check(page, 56).check();
  await page.getByRole("button", { name: "Delete 1 session", exact: true }).click({ force: true });
  await expect(page.getByText("Sessions are being deleted.")).toBeVisible();
  await search(page).focus();
  await expect(page.getByRole("status").filter({ hasText: /^\d sessions? deleted$/ })).toHaveCount(1, { timeout: 20_000 });
  await expect(search(page)).toBeFocused();
});

for (const [width, scheme] of [[1280, "light"], [360, "dark"]]) {
  test(`${width} px wide and ${scheme}, nothing is wrong for axe and nothing scrolls sideways`, async ({ page, host }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme });
    await fleet(page, host, 1_000, "#/?q=etl");
    await expect(page.getByText(/of 1,000 sessions match/).first()).toBeVisible();
    await page.locator("tr[data-session-id]").nth(2).getByRole("checkbox").check();
    await page.locator("tr[data-session-id]").nth(9).getByRole("checkbox").click({ modifiers: ["Shift"] });
    const looks = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(" ").slice(0, 300)}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    };
    await looks();
    await page.getByRole("button", { name: /^Delete \d+ sessions$/ }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await looks();
  });
}
