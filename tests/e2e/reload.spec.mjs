// What the page still knows of a session that was left, has ended, or is forgotten by the server, after a reload too.
import { create, expect, fresh, press, session, test, unique } from "./console.mjs";
import { keeps, list, log, remove, shelf, stored } from "./kept.mjs";

/** What the tab keeps for its next page, as text. */
const inTab = (page) => page.evaluate(() => Object.entries(sessionStorage).filter(([key]) => key.includes(":watched@")).map(([, value]) => value));
/** The numbered lines of the log. */
const lines = (page) => log(page).locator("[data-log-line]").evaluateAll((all) => all.map((it) => [it.dataset.logLine, it.textContent]));
/** The same page in a new tab, which has nothing of this one. */
async function newTab(page) {
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  return tab;
}
async function createIdle(page, site, story = "etl") {
  const name = unique(story);
  await create(page, site, name);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(log(page)).toContainText("Created Spark session.");
  return name;
}
/** Session 7 and one line of its log, as they are at the moment of each answer. */
async function answered(page, session, line) {
  await page.route("**/livy/sessions?*", (route) => route.fulfill({ json: { from: 0, total: 1, sessions: [session()] } }));
  await page.route("**/livy/sessions/7", (route) => route.fulfill({ json: session() }));
  await page.route("**/livy/sessions/7/log?*", (route) => route.fulfill({ json: { id: 7, from: 0, total: 2, log: ["stdout: ", line()] } }));
}

test("a deleted session stays within reach in its tab, after a reload too, and is gone with it", async ({ page, site, trouble }) => {
  const name = await createIdle(page, site);
  const address = page.url();
  const id = await session(page).getAttribute("data-session-id");
  await list(page);
  await expect(page.getByRole("row", { name })).toBeVisible();
  await expect(shelf(page).getByRole("listitem")).toHaveCount(0);
  await page.getByRole("link", { name }).click();
  await remove(page);
  await list(page);
  await expect(page.getByRole("row", { name })).toHaveCount(0);
  const kept = shelf(page).getByRole("listitem").filter({ hasText: name });
  await expect(kept).toContainText("gone, last seen idle");
  await expect(kept).toContainText(`id ${id}`);
  const asked = [];
  page.on("request", (it) => it.url().includes(`/sessions/${id}`) && asked.push(it.url()));
  await kept.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  await expect(log(page)).toContainText("Created Spark session.");
  await expect(page.getByRole("region", { name: "Why it ended" })).toContainText("It was deleted from this page");
  expect(asked).toEqual([]);
  // Its own address asks the server, which knows it no more.
  await page.getByRole("link", { name: "New session" }).click();
  await page.evaluate((hash) => { location.hash = hash; }, new URL(address).hash);
  await expect(page.getByText("The session is deleted")).toBeVisible();
  await expect(log(page)).toContainText("Created Spark session.");
  expect(asked.length).toBe(1);
  await page.reload();
  await expect(page.getByText("The session is deleted")).toBeVisible();
  await expect(log(page)).toContainText("Created Spark session.");
  await list(page);
  await expect(kept).toContainText("gone, last seen idle");
  await expect(keeps(page)).not.toBeChecked();
  expect(await stored(page)).toEqual([]);
  const other = await newTab(page);
  await expect(fresh(other)).toHaveAttribute("data-fresh", "live");
  await expect(shelf(other).getByRole("listitem")).toHaveCount(0);
  await press(page, "Clear");
  await page.getByRole("alertdialog").getByRole("button", { name: "Clear" }).click();
  await expect(shelf(page).getByRole("listitem")).toHaveCount(0);
  await page.reload();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(shelf(page).getByRole("listitem")).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test("what was created here has been known since then, in another tab too", async ({ page, site, trouble }) => {
  await createIdle(page, site);
  const seen = page.locator("dt", { hasText: "First seen" }).locator("+ dd");
  const since = await seen.textContent();
  await expect(fresh(page)).toContainText(/ · idle for [2-9] s/);
  const other = await newTab(page);
  await expect(session(other)).toHaveAttribute("data-session-state", "idle");
  await expect(other.locator("dt", { hasText: "First seen" }).locator("+ dd")).toHaveText(since);
  // What this tab did not see is not known here, nor for how long it has been idle.
  await expect(fresh(other)).toContainText(" or more");
  await expect(other.locator(".lc-timeline li")).toHaveCount(2);
  expect(trouble).toEqual([]);
});

test("a reload forgets nothing of what was watched: the timeline, the time in the state, the log", async ({ page, site, trouble }) => {
  await page.goto(`${site}#/new`);
  await page.getByLabel("Name", { exact: true }).fill(unique("etl"));
  await press(page, "Add setting");
  await page.getByLabel("Spark configuration 1 key").fill("spark.ssl.keyPassword");
  await page.getByLabel("Spark configuration 1 value").fill("hush-hush");
  await press(page, "Create session");
  await expect.poll(async () => (await lines(page)).length).toBeGreaterThan(4);
  // Once while it starts, once when it is idle and the server has dropped the first lines.
  await page.reload();
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(log(page)).toContainText("Created Spark session.");
  await expect(fresh(page)).toContainText(/ · idle for [2-9] s/);
  const timeline = page.locator(".lc-timeline");
  const seen = page.locator("dt", { hasText: "First seen" }).locator("+ dd");
  const [before, since] = [await lines(page), await seen.textContent()];
  const starting = (await timeline.textContent()).match(/starting, [^,]* s/)[0];
  expect(before.length).toBeGreaterThan(300);
  expect(before.map(([line]) => Number(line))).toEqual(before.map((_, at) => at));
  await page.reload();
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(fresh(page)).toContainText(/ · idle for (\d+ s|1 min)$/);
  await expect(seen).toHaveText(since);
  await expect(timeline.locator("li")).toHaveCount(2);
  await expect(timeline).toContainText(starting);
  expect((await lines(page)).slice(0, before.length)).toEqual(before);
  await expect(page.locator("[data-log-gap]")).toHaveCount(0);
  expect((await inTab(page)).length).toBe(1);
  expect((await inTab(page))[0]).not.toContain("hush-hush");
  // A duplicated tab begins with what the server still has.
  const copied = await page.evaluate(() => Object.entries(sessionStorage));
  const copy = await page.context().newPage();
  await copy.addInitScript((all) => { for (const [key, value] of all) sessionStorage.setItem(key, value); }, copied);
  await copy.goto(page.url());
  await expect(log(copy)).toContainText("Created Spark session.");
  await expect(fresh(copy)).toContainText(" or more");
  expect((await lines(copy)).length).toBeLessThan(before.length);
  expect(trouble).toEqual([]);
});

test("where the host forbids keeping anything, a reload forgets", async ({ page, site, trouble }) => {
  await createIdle(page, site);
  const before = (await lines(page)).length;
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  expect((await inTab(page)).length).toBe(1);
  await page.route("**/config.json", (route) => route.fulfill({ json: { memory: { megabytes: 0 } } }));
  await page.reload();
  await expect(log(page)).toContainText("Created Spark session.");
  await expect(fresh(page)).toContainText(" or more");
  expect((await lines(page)).length).toBeLessThan(before);
  await page.reload();
  await expect(log(page)).toContainText("Created Spark session.");
  expect(await inTab(page)).toEqual([]);
  expect(trouble).toEqual([]);
});

test("an id that was given again while the page was reloaded inherits nothing", async ({ page, site, trouble }) => {
  let now = { id: 7, name: "first", state: "idle", kind: "spark", owner: null, appId: null, appInfo: {} };
  let said = "first says";
  await answered(page, () => now, () => said);
  await page.goto(`${site}#/sessions/7`);
  await expect(log(page)).toHaveText("first says");
  [now, said] = [{ ...now, name: "second", state: "starting" }, "second says"];
  await page.reload();
  await expect(page.getByRole("heading", { name: "second" })).toBeVisible();
  await expect(log(page)).toHaveText("second says");
  await expect(page.locator(".lc-timeline li")).toHaveCount(1);
  await expect(page.getByRole("link", { name: /^first/ })).toBeVisible();
  expect(trouble).toEqual([]);
});

test("filled from a session: where it came from and what was changed survive a reload", async ({ page, site, trouble }) => {
  const name = unique("etl");
  await page.goto(`${site}#/new`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Driver memory").fill("2g");
  await press(page, "Create session");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  const id = await session(page).getAttribute("data-session-id");
  await page.getByRole("button", { name: /[Cc]reate again/ }).first().click();
  await page.getByLabel("Driver memory").fill("3g");
  const origin = page.getByRole("status").filter({ hasText: `session ${id}` });
  await expect(origin).toBeVisible();
  await expect(page.getByText("changed, was 2g")).toBeVisible();
  await page.reload();
  await expect(origin).toBeVisible();
  await expect(page.getByText("changed, was 2g")).toBeVisible();
  expect(trouble).toEqual([]);
});

test("what an earlier version kept under the address as it was written is carried over", async ({ page, context, site, trouble }) => {
  await page.goto(site);
  await keeps(page).check();
  const name = await createIdle(page, site);
  await remove(page);
  await expect.poll(async () => (await stored(page)).length).toBe(2);
  // As a version before this one would have left it.
  await page.evaluate(async () => {
    const done = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = no; });
    const [{ name }] = await indexedDB.databases();
    const now = await done(indexedDB.open(name));
    const request = indexedDB.open("livy-console:/livy", 1);
    request.onupgradeneeded = () => ["facts", "logs"].forEach((it) => request.result.createObjectStore(it));
    const before = await done(request);
    for (const store of ["facts", "logs"]) {
      const from = now.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(from.getAllKeys()), done(from.getAll())]);
      await done(before.transaction(store, "readwrite").objectStore(store).put(values[0], keys[0]));
    }
    [now, before].forEach((it) => it.close());
    await done(indexedDB.deleteDatabase(name));
  });
  await page.close();
  page = await context.newPage();
  await page.goto(site);
  await shelf(page).getByRole("link", { name }).click();
  await expect(log(page)).toContainText("Created Spark session.");
  const names = () => page.evaluate(async () => (await indexedDB.databases()).map((it) => it.name));
  await expect.poll(names).toEqual([`livy-console:${site}livy`]);
  expect((await stored(page)).length).toBe(2);
  expect(trouble).toEqual([]);
});

test("forgotten while somebody looked elsewhere: the facts, the log, and the server's word", async ({ page, site, trouble }) => {
  const name = await createIdle(page, site, "forgotten");
  const lines = await log(page).locator("[data-log-line]").count();
  await createIdle(page, site);
  await list(page);
  const kept = shelf(page).getByRole("listitem").filter({ hasText: name });
  await expect(kept).toContainText("idle");
  await kept.getByRole("link", { name }).click();
  await expect(page.getByRole("status").filter({ hasText: "The server has forgotten this session" })).toContainText("What you see is from");
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(`^gone · ${name}`));
  expect(await log(page).locator("[data-log-line]").count()).toBe(lines);
  await expect(page.locator(".lc-facts-more")).toContainText("idle");
  expect(trouble).toEqual([]);
});

test("an id that was given again: the new session is shown, and a link to the one before", async ({ page, site, trouble }) => {
  const one = (name, state) => ({ id: 7, name, state, kind: "spark", owner: null, appId: null, appInfo: {} });
  let now = one("first", "idle");
  let said = "first says";
  await answered(page, () => now, () => said);
  await page.goto(`${site}#/sessions/7`);
  await expect(log(page)).toHaveText("first says");
  await list(page);
  await expect(page.getByRole("row", { name: "7 first" })).toBeVisible();
  [now, said] = [one("second", "starting"), "second says"];
  await page.getByRole("link", { name: "first" }).click();
  await expect(page.getByRole("heading", { name: "second" })).toBeVisible();
  await expect(log(page)).toHaveText("second says");
  await page.getByRole("link", { name: "first that had this id before" }).click();
  await expect(page.getByRole("heading", { name: "first" })).toBeVisible();
  await expect(log(page)).toHaveText("first says");
  await expect(page.getByText("given this session's id to another one")).toBeVisible();
  await press(page, "Open the session that has this id now");
  await expect(page.getByRole("heading", { name: "second" })).toBeVisible();
  await expect(log(page)).toHaveText("second says");
  await list(page);
  await expect(shelf(page).getByRole("listitem")).toHaveText(/first/);
  expect(trouble).toEqual([]);
});
