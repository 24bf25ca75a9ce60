// What the page remembers of a session that was left, has ended, or is forgotten by the server.
import { create, expect, fresh, press, session, test, unique } from "./console.mjs";

const shelf = (page) => page.getByRole("region", { name: "Remembered by this page" });
const log = (page) => page.getByRole("log");

/** Opens the list as a person does, without a new page. */
const list = (page) => page.getByRole("link", { name: "Sessions", exact: true }).click();

async function createIdle(page, site, story = "etl") {
  const name = unique(story);
  await create(page, site, name);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(log(page)).toContainText("Created Spark session.");
  return name;
}

async function remove(page) {
  await press(page, "Delete session");
  await page.getByRole("dialog").getByRole("button", { name: "Delete session" }).click();
  await expect(page.getByText("The session is deleted")).toBeVisible();
}

test("a deleted session stays within reach in its tab, and is gone after a reload", async ({ page, site, trouble }) => {
  const name = await createIdle(page, site);
  const address = page.url();
  const id = await session(page).getAttribute("data-session-id");
  await list(page);
  await expect(page.getByRole("row", { name })).toBeVisible();
  await expect(shelf(page)).toHaveCount(0);
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
  await expect(page.getByText("The server knows no such session")).toBeVisible();
  await list(page);
  await expect(shelf(page)).toHaveCount(0);
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
  await expect(page.getByRole("status").filter({ hasText: "The server has forgotten this session" })).toContainText("kept by this page at");
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(`^gone · ${name}`));
  expect(await log(page).locator("[data-log-line]").count()).toBe(lines);
  await expect(page.locator(".lc-facts")).toContainText("idle");
  expect(trouble).toEqual([]);
});

test("an id that was given anew: the new session is shown, and a link to the one before", async ({ page, site, trouble }) => {
  const one = (name, state) => ({ id: 7, name, state, kind: "spark", owner: null, appId: null, appInfo: {} });
  let now = one("first", "idle");
  let said = "first says";
  await page.route("**/livy/sessions?*", (route) => route.fulfill({ json: { from: 0, total: 1, sessions: [now] } }));
  await page.route("**/livy/sessions/7", (route) => route.fulfill({ json: now }));
  await page.route("**/livy/sessions/7/log?*", (route) => route.fulfill({ json: { id: 7, from: 0, total: 2, log: ["stdout: ", said] } }));
  await page.goto(`${site}#/sessions/7`);
  await expect(log(page)).toHaveText("first says");
  await list(page);
  await expect(page.getByRole("row", { name: "first" })).toBeVisible();
  [now, said] = [one("second", "starting"), "second says"];
  await page.getByRole("link", { name: "first" }).click();
  await expect(page.getByRole("heading", { name: "second" })).toBeVisible();
  await expect(log(page)).toHaveText("second says");
  await page.getByRole("link", { name: "first that had this id before" }).click();
  await expect(page.getByRole("heading", { name: "first" })).toBeVisible();
  await expect(log(page)).toHaveText("first says");
  await expect(page.getByText("given its id to another")).toBeVisible();
  await press(page, "Look at the one that has its id now");
  await expect(page.getByRole("heading", { name: "second" })).toBeVisible();
  await expect(log(page)).toHaveText("second says");
  await list(page);
  await expect(shelf(page).getByRole("listitem")).toHaveText(/first/);
  expect(trouble).toEqual([]);
});
