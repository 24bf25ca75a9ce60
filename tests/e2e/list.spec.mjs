// The list of sessions and the frame around every page: rows that can be pressed and copied and do not move, and an outage that is seen.
import { create, expect, fresh, press, session, test, unique } from "./console.mjs";

const row = (page, id) => page.locator(`tr[data-session-id="${id}"]`);
const pill = (page) => page.getByRole("button", { name: /^\d+ new sessions?$/ });
const strip = (page) => page.locator(".lc-strip").getByRole("alert");

/** A pretend list that the test changes as it likes; the newest session has the highest id. */
async function listed(page, all) {
  const served = { all, fails: false, calls: 0 };
  await page.route("**/livy/sessions?*", (route) => {
    served.calls += 1;
    if (served.fails) return route.abort();
    const sessions = served.all.map((it) => ({ state: "idle", kind: "spark", owner: "ada", appId: `application_1_000${it.id}`, appInfo: {}, name: `s${it.id}`, ...it }));
    return route.fulfill({ json: { from: 0, total: sessions.length, sessions } });
  });
  return served;
}
const ids = (from, to) => Array.from({ length: to - from + 1 }, (_, at) => ({ id: from + at }));

/** Lets time pass by the second, so that each call is answered in its own. */
async function pass(page, seconds) {
  for (let second = 0; second < seconds; second += 1) await page.clock.runFor(1_000);
}

test("a press anywhere in a row opens that row's session; a modifier, a link and a control keep what they mean", async ({ page, site, context }) => {
  await listed(page, ids(1, 6));
  await page.goto(site);
  for (const [id, cell] of [[5, "ada"], [2, "application_1_0002"], [4, "idle"], [3, "spark"]]) {
    await row(page, id).getByText(cell, { exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`#/sessions/${id}$`));
    await page.goBack();
    await expect(row(page, id)).toBeVisible();
  }
  await row(page, 5).getByText("ada", { exact: true }).click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/#\/$|\/$/);
  const [tab] = await Promise.all([context.waitForEvent("page"), row(page, 3).getByRole("link").click({ modifiers: ["Control"] })]);
  await expect(tab).toHaveURL(/#\/sessions\/3$/);
  await expect(row(page, 3)).toBeVisible();
  await row(page, 6).getByRole("link").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/sessions\/6$/);
});

/** Drags from one element to another, as a person who marks text does. */
async function drag(page, from, to) {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  await page.mouse.move(start.x + 1, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 5 });
  await page.mouse.move(end.x + end.width - 1, end.y + end.height / 2, { steps: 5 });
  await page.mouse.up();
}
const selected = (page) => page.evaluate(() => getSelection().toString());

test("the text of the cells can be selected and copied, and selecting opens nothing", async ({ page, site }) => {
  await listed(page, ids(1, 3).map((it) => ({ ...it, name: `a-long-name-to-copy-${it.id}` })));
  await page.goto(site);
  await drag(page, row(page, 2).getByText("application_1_0002"), row(page, 2).getByText("application_1_0002"));
  expect(await selected(page)).toBe("application_1_0002");
  // The press that drops the selection opens nothing either.
  await row(page, 3).getByText("ada", { exact: true }).click();
  expect(await selected(page)).toBe("");
  await drag(page, row(page, 2).getByText("2", { exact: true }), row(page, 2).getByRole("link"));
  expect(await selected(page)).toContain("a-long-name-to-copy-2");
  await expect(page).not.toHaveURL(/sessions/);
  await page.mouse.click(5, 5);
  await drag(page, row(page, 3).getByText("ada", { exact: true }), row(page, 1).getByText("ada", { exact: true }));
  expect(await selected(page)).toContain("a-long-name-to-copy-2");
  await expect(page).not.toHaveURL(/sessions/);
  await page.mouse.click(5, 5);
  await row(page, 2).getByRole("link").click();
  await expect(page).toHaveURL(/#\/sessions\/2$/);
});

test("new sessions wait behind a button while somebody points, and one that left keeps its place", async ({ page, site }) => {
  await page.clock.install();
  const served = await listed(page, ids(1, 6));
  await page.goto(site);
  await expect(row(page, 4)).toBeVisible();
  await row(page, 4).hover();
  const before = await row(page, 4).boundingBox();
  served.all = [...ids(1, 4), ...ids(6, 8)];
  await page.clock.runFor("00:30");
  await expect(pill(page)).toHaveText("2 new sessions");
  await expect(row(page, 5)).toContainText("gone, last seen idle");
  expect(await row(page, 4).boundingBox()).toEqual(before);
  await expect(row(page, 7)).toHaveCount(0);
  await pill(page).click();
  await expect(row(page, 8)).toBeVisible();
  await expect(row(page, 5)).toHaveCount(0);
  await expect(page.getByRole("main")).toBeFocused();
  await expect(pill(page)).toHaveCount(0);
  // The pointer is elsewhere and the page at its top: they appear.
  await page.mouse.move(5, 5);
  served.all = ids(1, 9);
  await page.clock.runFor("00:30");
  await expect(row(page, 9)).toBeVisible();
});

for (const [how, read] of [
  ["has scrolled", (page) => page.mouse.wheel(0, 600)],
  ["has the focus in a row", (page) => row(page, 38).getByRole("link").focus()],
]) {
  test(`a person who ${how} keeps the rows in place`, async ({ page, site }) => {
    await page.clock.install();
    const served = await listed(page, ids(1, 40));
    await page.goto(site);
    await expect(row(page, 38)).toBeVisible();
    await read(page);
    if (how === "has scrolled") await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
    const before = await row(page, 20).boundingBox();
    served.all = ids(1, 41);
    await page.clock.runFor("00:30");
    await expect(pill(page)).toHaveText("1 new session");
    await expect(pill(page)).toBeInViewport();
    expect(await row(page, 20).boundingBox()).toEqual(before);
  });
}

for (const width of [1280, 700, 360]) test(`${width} px wide, an outage is seen wherever the page is scrolled and in the tab's title, and moves nothing`, async ({ page, site }) => {
  await page.setViewportSize({ width, height: 700 });
  await page.clock.install();
  const served = await listed(page, ids(1, 60));
  await page.goto(site);
  await expect(row(page, 30)).toBeVisible();
  await page.mouse.wheel(0, 900);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300);
  const before = await row(page, 30).boundingBox();
  served.fails = true;
  await page.clock.runFor("00:20");
  await expect(fresh(page)).toBeInViewport();
  await expect(fresh(page)).toContainText(/^Not updated for \d+ s: no answer from the server$/);
  await expect(strip(page)).toContainText("No connection to /livy");
  await expect(strip(page)).toBeInViewport();
  await expect(page).toHaveTitle("No answer · Sessions · livy-console");
  expect(await row(page, 30).boundingBox()).toEqual(before);
  // What gets the focus is neither under the header nor under the strip.
  for (const id of [60, 20, 1, 35]) {
    await row(page, id).getByRole("link").focus();
    const covered = await row(page, id).getByRole("link").evaluate((it) => {
      const box = it.getBoundingClientRect();
      return !it.contains(it.getRootNode().elementFromPoint(box.x + 2, box.y + box.height / 2));
    });
    expect(covered, `row ${id}`).toBe(false);
  }
  served.fails = false;
  await pass(page, 40);
  await expect(page).toHaveTitle("Sessions · livy-console");
  await expect(strip(page)).toHaveCount(0);
});

test("on a session's page an outage moves neither the log nor what is pointed at; the form's header tells it too", async ({ page, site }) => {
  const name = unique("etl");
  await create(page, site, name);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  const before = await page.getByRole("log").boundingBox();
  await page.route("**/livy/**", (route) => route.abort());
  await press(page, "Delete session");
  await page.keyboard.press("Escape");
  await expect(strip(page)).toContainText("No connection to /livy", { timeout: 30_000 });
  expect(await page.getByRole("log").boundingBox()).toEqual(before);
  await expect(page).toHaveTitle(`No answer · idle · ${name} · livy-console`);
  await page.getByRole("link", { name: "New session" }).click();
  await page.getByRole("button", { name: "Create session" }).focus();
  await page.mouse.wheel(0, 2000);
  await expect(fresh(page)).toBeInViewport();
  await expect(page).toHaveTitle(/^No answer · New session/);
});

test("offline is heard at once, not with the next poll", async ({ page, site, context }) => {
  await page.clock.install();
  await page.goto(site);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await page.clock.runFor("40:00");
  await context.setOffline(true);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "stale");
  await expect(fresh(page)).toContainText("this device is offline");
  await page.clock.runFor("00:03");
  await expect(page).toHaveTitle(/^Offline · /);
});

test("a list without news is asked for at most twelve times a minute, and coming to it quickens it", async ({ page, site }) => {
  await page.clock.install();
  const served = await listed(page, [...ids(1, 3), { id: 4, state: "starting" }]);
  await page.goto(site);
  await expect(row(page, 4)).toBeVisible();
  await pass(page, 40);
  served.calls = 0;
  await pass(page, 60);
  expect(served.calls).toBeGreaterThan(4);
  expect(served.calls).toBeLessThanOrEqual(12);
  served.all = ids(1, 4);
  await pass(page, 15);
  await page.clock.runFor("40:00");
  await pass(page, 40);
  served.calls = 0;
  await pass(page, 20);
  expect(served.calls).toBeLessThanOrEqual(1);
  await page.getByRole("link", { name: "New session" }).click();
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  served.calls = 0;
  await pass(page, 20);
  expect(served.calls).toBeGreaterThanOrEqual(3);
});

test("one's own sessions are marked by a word", async ({ page, site }) => {
  const made = await page.request.post(`${site}livy/sessions`, { headers: { "X-Requested-By": "others" }, data: { kind: "spark", name: unique("etl") } });
  const { id } = await made.json();
  const name = unique("etl");
  await create(page, site, name);
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(page.getByRole("row", { name }).getByText("yours", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  await expect(row(page, id)).toBeVisible();
  await expect(row(page, id).getByText("yours")).toHaveCount(0);
});

test("Clear asks first; a no keeps all, a yes leaves no sentence that is no longer true", async ({ page, site }) => {
  const gone = async () => {
    const name = unique("etl");
    await create(page, site, name);
    await expect(session(page)).toBeVisible();
    await press(page, "Delete session");
    await page.getByRole("dialog").getByRole("button", { name: "Delete session" }).click();
    await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
    await page.getByRole("link", { name: "Sessions", exact: true }).click();
    return name;
  };
  const region = page.getByRole("region", { name: "Ended sessions seen here" });
  await gone();
  await expect(region.getByRole("listitem")).toHaveCount(1);
  await press(page, "Clear");
  const dialog = page.getByRole("alertdialog", { name: /Clear all/ });
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Clear" })).toBeFocused();
  await expect(region.getByRole("listitem")).toHaveCount(1);
  await press(page, "Clear");
  await dialog.getByRole("button", { name: "Keep them" }).click();
  await expect(region.getByRole("listitem")).toHaveCount(1);
  await press(page, "Clear");
  await dialog.getByRole("button", { name: "Clear" }).click();
  await expect(region.getByRole("listitem")).toHaveCount(0);
  await expect(region.getByRole("status")).toHaveText("Cleared.");
  // The button went with what it cleared.
  await expect(region.getByRole("heading")).toBeFocused();
  await gone();
  await expect(region.getByRole("listitem")).toHaveCount(1);
  await expect(region.getByRole("status")).toBeEmpty();
});

test("forced colours show the current page and the selected tab", async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(site);
  const colour = (element) => element.evaluate((it) => getComputedStyle(it).borderBottomColor);
  const border = (name) => colour(page.getByRole("navigation").getByRole("link", { name, exact: true }));
  const ground = await page.locator("header").evaluate((it) => getComputedStyle(it).backgroundColor);
  expect(await border("Sessions")).not.toBe(ground);
  expect(await border("New session")).toBe(ground);
  await create(page, site, unique("etl"));
  const tab = (isSelected) => page.getByRole("tab", { selected: isSelected }).first();
  await expect(tab(true)).toBeVisible();
  expect(await colour(tab(true))).not.toBe(ground);
  expect(await colour(tab(false))).toBe(ground);
});

test("a focus that is given back moves no page", async ({ page, site }) => {
  await page.addInitScript(() => {
    window.scrolling = [];
    const focus = HTMLElement.prototype.focus;
    HTMLElement.prototype.focus = function (options) {
      if (!options?.preventScroll && this.matches("main, h2")) window.scrolling.push(this.outerHTML.slice(0, 60));
      return focus.call(this, options);
    };
  });
  await page.goto(site);
  await page.getByRole("link", { name: "New session" }).click();
  await expect(page.getByRole("main")).toBeFocused();
  await page.goto(`${site}#/new?nosuch=1`);
  await press(page, "Dismiss");
  await expect(page.getByRole("main")).toBeFocused();
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(page.getByRole("main")).toBeFocused();
  expect(await page.evaluate(() => window.scrolling)).toEqual([]);
});

test("a create whose end is told on the list moves no row", async ({ page, site }) => {
  await listed(page, ids(1, 5));
  let answer;
  await page.route("**/livy/sessions", async (route) => {
    await new Promise((resolve) => { answer = resolve; });
    await route.fulfill({ status: 400, json: { msg: "queue nosuch does not exist" } });
  });
  await create(page, site, unique("etl"));
  await expect(page.locator("[data-create='sent']")).toBeVisible();
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(row(page, 3)).toBeVisible();
  const before = await row(page, 3).boundingBox();
  answer();
  await expect(page.locator("[data-create='refused']")).toContainText("queue nosuch does not exist");
  await expect(page.locator("[data-create='refused']")).toBeInViewport();
  expect(await row(page, 3).boundingBox()).toEqual(before);
});
