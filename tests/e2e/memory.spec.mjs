// Ended sessions that are kept beyond the tab: where a person or the host wants it, across tabs and clusters.
import { readFile } from "node:fs/promises";
import { create, expect, fresh, press, session, test, unique } from "./console.mjs";
import { keeps, list, log, remove, shelf, stored } from "./kept.mjs";

test("kept beyond the tab where the person says so, without secrets, until cleared", async ({ page, context, site, trouble }) => {
  await page.goto(site);
  await expect(keeps(page)).not.toBeChecked();
  await keeps(page).check();
  const name = unique("etl");
  await page.goto(`${site}#/new`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await press(page, "Add setting");
  await page.getByLabel("Spark configuration 1 key").fill("spark.ssl.keyPassword");
  await page.getByLabel("Spark configuration 1 value").fill("hush-hush");
  await press(page, "Create session");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(log(page)).toContainText("Created Spark session.");
  expect(await stored(page)).toEqual([]);
  await remove(page);
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Download log")]);
  const text = await readFile(await download.path(), "utf8");
  await expect.poll(async () => (await stored(page)).length).toBe(2);
  const [facts, kept] = await stored(page);
  expect(kept).toBe(text);
  expect(facts).toContain(name);
  expect(facts).not.toContain("hush-hush");

  await page.close();
  page = await context.newPage();
  await page.goto(site);
  await expect(keeps(page)).toBeChecked();
  await shelf(page).getByRole("link", { name }).click();
  await expect(page.getByRole("status").filter({ hasText: "The session is deleted" })).toContainText("saved by this browser at");
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(log(page)).toContainText("Created Spark session.");
  await expect(page.getByRole("region", { name: "Why it ended" })).toContainText("It was deleted from this page");
  await expect(page.locator(".lc-facts-more")).toContainText(/starting, \d+ s/);
  // The address of what is remembered is good for another reload.
  await page.reload();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(log(page)).toContainText("Created Spark session.");

  await list(page);
  await press(page, "Clear");
  await page.getByRole("alertdialog").getByRole("button", { name: "Clear" }).click();
  await expect(shelf(page).getByRole("listitem")).toHaveCount(0);
  await expect.poll(async () => (await stored(page)).length).toBe(0);
  await page.reload();
  await expect(keeps(page)).toBeChecked();
  await expect(page.getByRole("heading", { name: "Sessions", exact: true })).toBeVisible();
  await expect(shelf(page).getByRole("listitem")).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test("a dead session that the server still has goes on after a reload with its whole log; switched off, all goes", async ({ page, site, trouble }) => {
  await page.goto(site);
  await keeps(page).check();
  const name = unique("dies-while-starting");
  await create(page, site, name);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  const lines = await log(page).locator("[data-log-line]").count();
  await expect.poll(async () => (await stored(page)).length).toBe(2);
  await page.reload();
  await expect(session(page)).toHaveAttribute("data-session-state", "dead");
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  await expect(log(page).locator("[data-log-line]")).toHaveCount(lines);
  await expect(page.getByRole("region", { name: "Why it ended" })).toContainText("A class is missing");
  await list(page);
  await expect(page.getByRole("row", { name })).toBeVisible();
  await expect(shelf(page).getByRole("listitem").filter({ hasText: name })).toHaveCount(0);
  await keeps(page).uncheck();
  await expect.poll(async () => (await stored(page)).length).toBe(0);
  await page.reload();
  await expect(keeps(page)).not.toBeChecked();
  expect(trouble).toEqual([]);
});

test("two tabs keep their sessions side by side", async ({ page, context, site, trouble }) => {
  const other = await context.newPage();
  await page.goto(site);
  await keeps(page).check();
  await Promise.all([page, other].map((it) => create(it, site, unique("dies-while-starting"))));
  for (const it of [page, other]) await expect(fresh(it)).toHaveAttribute("data-fresh", "over");
  await expect.poll(async () => (await stored(page)).length).toBe(4);
  await other.goto(site);
  await other.reload();
  await expect(keeps(other)).toBeChecked();
  await keeps(other).uncheck();
  await expect.poll(async () => (await stored(page)).length).toBe(0);
  // The first tab learns of it when it would keep the next one.
  await create(page, site, unique("dies-while-starting"));
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  await list(page);
  await expect(keeps(page)).not.toBeChecked();
  expect(await stored(page)).toEqual([]);
  expect(trouble).toEqual([]);
});

test("switched off on the page of one cluster, what was kept of another goes too", async ({ page, context, site, host, trouble }) => {
  const { address } = await host("--livy", "fake");
  await context.route(`${site}livy2/**`, async (route) => {
    const url = route.request().url().replace(`${site}livy2`, `${address}livy`);
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  const other = await context.newPage();
  await other.route("**/config.json", (route) => route.fulfill({ json: { baseUrl: "/livy2" } }));
  await page.goto(site);
  await keeps(page).check();
  for (const it of [page, other]) {
    await create(it, site, unique("dies-while-starting"));
    await expect(fresh(it)).toHaveAttribute("data-fresh", "over");
  }
  await expect.poll(async () => (await stored(page)).length).toBe(4);
  await list(page);
  await keeps(page).uncheck();
  await expect.poll(async () => (await stored(page)).length).toBe(0);
  expect(trouble).toEqual([]);
});

for (const [what, script, words] of [
  ["no database at all", () => { Object.defineProperty(window, "indexedDB", { value: null }); }, "doesn't let this site save anything"],
  ["a database that may not be opened", () => { IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); }; }, "doesn't let this site save anything"],
  ["no room left", () => { IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); }; }, "has no room left"],
]) {
  test(`${what}: a sentence beside the checkbox, and the page goes on`, async ({ page, site, trouble }) => {
    await page.addInitScript(script);
    await page.goto(site);
    await keeps(page).click();
    await create(page, site, unique("dies-while-starting"));
    await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
    await list(page);
    await expect(shelf(page).getByRole("status")).toContainText(words);
    expect(trouble).toEqual([]);
  });
}

test("the host switches it on, sets how much, or forbids it", async ({ page, site, trouble }) => {
  const configured = (megabytes) => page.route("**/config.json", (route) => route.fulfill({ json: { memory: { megabytes } } }));
  await configured(7);
  await page.goto(site);
  await expect(keeps(page)).toBeChecked();
  await expect(shelf(page)).toContainText("up to 7 MB");
  await create(page, site, unique("dies-while-starting"));
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  await expect.poll(async () => (await stored(page)).length).toBe(2);
  await configured(0);
  await page.reload();
  await list(page);
  await expect(page.getByRole("row").first()).toBeVisible();
  await expect(keeps(page)).toHaveCount(0);
  await expect.poll(async () => (await stored(page)).length).toBe(0);
  expect(trouble).toEqual([]);
});
