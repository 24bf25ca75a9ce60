// Ended sessions that are kept beyond the tab: where a person or the host wants it, across tabs and clusters.
import { readFile } from "node:fs/promises";
import { create, expect, fresh, press, session, test, unique } from "./console.mjs";
import { keeps, keepsStatements, list, log, remove, shelf, stored } from "./kept.mjs";
import { code, idle, region, run, statement, tab } from "./statements.mjs";

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

test("code and results are kept where the person says so besides, to be read after a reload, and go with the switch", async ({ page, context, site, trouble }) => {
  await page.goto(site);
  await expect(keepsStatements(page)).toHaveCount(0);
  await keeps(page).check();
  await expect(keepsStatements(page)).not.toBeChecked();
  await idle(page, site);
  const name = await page.getByRole("heading", { level: 1 }).textContent();
  await run(page, "40 + 2");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-status", "ok");
  await run(page, "print('<b>hush</b>')");
  await expect(statement(page, 1)).toHaveAttribute("data-statement-status", "ok");
  await remove(page);
  const all = async () => (await stored(page)).join("\n");
  // Without that switch nothing of them is in any store.
  await expect.poll(async () => (await stored(page)).length).toBe(2);
  const everywhere = async () => (await all()) + await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  expect(await everywhere()).not.toContain("40 + 2");
  expect(await everywhere()).not.toContain("hush");
  // Switched on later, what this tab has is kept.
  await list(page);
  await keepsStatements(page).check();
  await expect.poll(all).toContain("40 + 2");
  expect((await stored(page)).length).toBe(3);

  await page.close();
  page = await context.newPage();
  await page.goto(site);
  await expect(keepsStatements(page)).toBeChecked();
  await shelf(page).getByRole("link", { name }).click();
  await tab(page, /^Statements/).click();
  await expect(region(page)).toHaveAttribute("data-statements", "over");
  await expect(region(page)).toContainText("What this browser saved of its statements is shown here");
  await expect(statement(page, 0).locator("[data-statement-code]")).toHaveText("40 + 2");
  await expect(statement(page, 0).locator("[data-output]")).toContainText("42");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-origin", "browser");
  await expect(statement(page, 1).locator("[data-output]")).toContainText("<b>hush</b>");
  await expect(code(page)).toHaveCount(0);
  await expect(region(page).getByRole("button", { name: /^(Run|Edit|Cancel)/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Copy output of statement 0" })).toBeVisible();

  await list(page);
  await keepsStatements(page).uncheck();
  await expect.poll(all).not.toContain("40 + 2");
  expect((await stored(page)).length).toBe(2);
  await shelf(page).getByRole("link", { name }).click();
  await tab(page, /^Statements/).click();
  await expect(region(page)).toHaveAttribute("data-statements", "over");
  await expect(page.getByRole("article")).toHaveCount(0);
  await page.reload();
  await tab(page, /^Statements/).click();
  await expect(region(page)).toHaveAttribute("data-statements", "over");
  await expect(page.getByRole("article")).toHaveCount(0);
  await list(page);
  await expect(keepsStatements(page)).not.toBeChecked();
  expect(trouble).toEqual([]);
});

test("a session that dies keeps its statements; the host forbids it, and they are gone", async ({ page, site, trouble }) => {
  await page.goto(site);
  await keeps(page).check();
  await keepsStatements(page).check();
  await idle(page, site, "dies-in-a-statement");
  await run(page, "1 + 1");
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over", { timeout: 30_000 });
  const all = async () => (await stored(page)).join("\n");
  await expect.poll(all).toContain("1 + 1");
  await page.reload();
  await expect(statement(page, 0).locator("[data-statement-code]")).toHaveText("1 + 1");
  await expect(region(page)).toHaveAttribute("data-statements", "over");
  await page.route("**/config.json", (route) => route.fulfill({ json: { memory: { megabytes: 20, statements: false } } }));
  await page.reload();
  await expect(page.getByRole("article")).toHaveCount(0);
  await expect.poll(all).not.toContain("1 + 1");
  await list(page);
  await expect(keeps(page)).toBeChecked();
  await expect(page.getByRole("row").first()).toBeVisible();
  await expect(keepsStatements(page)).toHaveCount(0);
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
