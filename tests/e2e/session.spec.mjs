// One session's page: how it ends, what is said of that, and what a person can take from it.
import { create, expect, fresh, inRoot, press, session, test, unfold, unique } from "./console.mjs";

const why = (page) => page.getByRole("region", { name: "Why it ended" });
const remove = (page) => page.getByRole("button", { name: "Delete session", exact: true }).first();

/** A session as a server would tell of it, without a server. */
async function told(page, site, fields, log = ["stdout: ", "\nstderr: "]) {
  const it = { id: 7, kind: "spark", name: "told", appInfo: {}, ...fields };
  await page.route("**/livy/sessions/7", (route) => (route.request().method() === "GET" ? route.fulfill({ json: it }) : route.fallback()));
  await page.route("**/livy/sessions/7/log?*", (route) => route.fulfill({ json: { id: 7, from: 0, total: log.length, log } }));
  await page.goto(`${site}#/sessions/7`);
  await expect(session(page)).toHaveAttribute("data-session-state", it.state);
}

async function confirmDelete(page) {
  await remove(page).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete session" }).click();
}

test("a dead session is created again first, and can still be deleted", async ({ page, site, trouble }) => {
  await create(page, site, unique("dies-while-starting"));
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  const first = page.getByRole("main").getByRole("button").first();
  await expect(first).toHaveAccessibleName(/^Create again/);
  await expect(page.getByRole("button", { name: "Create again with these values" })).toHaveCount(1);
  await confirmDelete(page);
  await expect(page.getByText("The session is deleted")).toBeVisible();
  await expect(why(page).locator("[data-cause]")).toHaveCount(2);
  expect(trouble).toEqual([]);
});

test("each cause has its word, and an end that is its own reason is the reason", async ({ page, site, trouble }) => {
  await create(page, site, unique("dies-while-starting"));
  await expect(why(page).locator("[data-cause]")).toHaveAttribute("data-cause", "class-missing");
  for (const [state, cause, words] of [["killed", "application-killed", "Stopped by a person or by the cluster manager."], ["success", "succeeded", "without an error"]]) {
    // A tab of its own: this one remembers what it watched under that id.
    const tab = await page.context().newPage();
    await told(tab, site, { state });
    await expect(why(tab).locator("[data-cause]")).toHaveAttribute("data-cause", cause);
    await expect(why(tab)).toContainText(words);
    await expect(why(tab)).not.toContainText("No cause");
  }
  expect(trouble).toEqual([]);
});

test("where no cause is found, the last error is offered, and the driver log only where there is one", async ({ page, site, trouble }) => {
  const log = ["stdout: ", "\nstderr: ", "24/05/02 10:00:00 INFO X: fine", "24/05/02 10:00:01 ERROR Y: went wrong"];
  await told(page, site, { state: "dead" }, log);
  const unknown = why(page).locator("[data-cause='unknown']");
  await expect(unknown).toContainText("No cause found in the log.");
  await expect(unknown.getByRole("button", { name: /went wrong/ })).toBeVisible();
  await expect(why(page).locator("[data-cause]")).toHaveCount(1);
  await expect(why(page).getByRole("link")).toHaveCount(0);
  await expect(why(page)).not.toContainText("YARN");
  await page.unrouteAll();
  await page.goto("about:blank");
  await told(page, site, { state: "dead", appId: "application_1_2", appInfo: { driverLogUrl: "https://logs.example/7" } }, log);
  await expect(unknown.getByRole("link", { name: "driver log" })).toHaveAttribute("href", "https://logs.example/7");
  expect(trouble).toEqual([]);
});

test("a delete that runs tells its stage and seconds, is sent once, and ends with the focus on its notice", async ({ page, site, trouble }) => {
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  let sent = 0;
  let go;
  const gate = new Promise((resolve) => { go = resolve; });
  await page.route("**/livy/sessions/*", async (route) => {
    if (route.request().method() === "DELETE") {
      sent += 1;
      await gate;
    }
    await route.continue();
  });
  await confirmDelete(page);
  await expect(remove(page)).toHaveAttribute("aria-busy", "true");
  await expect(remove(page)).toHaveAccessibleDescription(/^Stopping the driver.* This can take up to two minutes\.$/);
  await expect(page.getByText(/^Stopping the driver, [2-9] s\. This can take up to two minutes\.$/)).toBeVisible();
  // What ticks is not announced each second.
  await expect(page.getByRole("status").filter({ hasText: "Stopping" }).locator("[aria-hidden=true]")).toHaveText(/^, \d+ s$/);
  await remove(page).click({ force: true });
  await expect(page.getByRole("dialog")).toHaveCount(0);
  go();
  const notice = page.getByRole("group", { name: "The session is deleted" });
  await expect(notice).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "deleted" })).toHaveCount(0);
  await expect(page.getByText("Stopping the driver")).toHaveCount(0);
  await expect(remove(page)).toHaveCount(0);
  expect(sent).toBe(1);
  expect(trouble).toEqual([]);
});

test("who does something else meanwhile keeps the focus, and the end of the delete is announced", async ({ page, site }) => {
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  let go;
  const gate = new Promise((resolve) => { go = resolve; });
  await page.route("**/livy/sessions/*", async (route) => {
    if (route.request().method() === "DELETE") await gate;
    await route.continue();
  });
  await confirmDelete(page);
  const search = page.getByRole("searchbox", { name: "Search the log" });
  await search.fill("executor");
  go();
  await expect(page.getByRole("status").filter({ hasText: /^The session is deleted$/ })).toHaveCount(1);
  await expect(search).toBeFocused();
});

test("a refused delete that is tried again leaves no sentence that is no longer true", async ({ page, site }) => {
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  let refuses = true;
  await page.route("**/livy/sessions/*", async (route) => {
    if (route.request().method() !== "DELETE") return route.continue();
    if (refuses) return route.fulfill({ status: 403, json: { msg: "not yours" } });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return route.continue();
  });
  await confirmDelete(page);
  await expect(page.getByRole("alert")).toContainText("not yours");
  await expect(remove(page)).not.toHaveAttribute("aria-busy", "true");
  await expect(page.getByText("Stopping the driver")).toHaveCount(0);
  refuses = false;
  await confirmDelete(page);
  await expect(page.getByText("Stopping the driver")).toBeVisible();
  await expect(page.getByText("not yours")).toHaveCount(0);
  await expect(page.getByRole("group", { name: "The session is deleted" })).toBeFocused();
  await expect(page.getByText("not yours")).toHaveCount(0);
});

test("the question about a delete falls with its session", async ({ page, site }) => {
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await remove(page).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.route(/\/livy\/sessions\/\d+$/, (route) => {
    const id = new URL(route.request().url()).pathname.split("/").at(-1);
    return route.fulfill({ status: 404, json: { msg: `Session '${id}' not found.` } });
  });
  await expect(page.getByText("The server has forgotten this session")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

const FACTS = [["Copy name", "told"], ["Copy application id", "application_1_2"], ["Copy link", /#\/sessions\/7$/]];

test("name, application and link are copied", async ({ page, context, site, trouble }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await told(page, site, { state: "idle", appId: "application_1_2" });
  for (const [button, text] of FACTS) {
    await press(page, button);
    // Of one thing at a time: the others are not on the clipboard any more.
    await expect(page.getByRole("status").filter({ hasText: /^Copied$/ })).toHaveCount(1);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(text);
  }
  expect(trouble).toEqual([]);
});

test("where the browser does not let the page copy, the text is there to be copied by hand", async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await told(page, site, { state: "idle", appId: "application_1_2" });
  for (const [button, text] of FACTS) {
    await press(page, button);
    await expect(page.getByText("Couldn't copy. Select the text and copy it yourself.")).toHaveCount(1);
    await expect(page.getByLabel("Text to copy")).toHaveValue(text);
  }
});

/** Links, buttons and fields that are smaller than 24 by 24 px, and no link within a sentence (WCAG 2.2, 2.5.8). */
const small = (page) => inRoot(page, (root) => {
  const isInSentence = (it) => it.matches("a, .lc-link-button") && it.parentElement.matches("p, li") && it.parentElement.textContent.trim() !== it.textContent.trim();
  // A check box or radio button is hit by its label.
  const target = (it) => (it.matches("[type=checkbox], [type=radio]") && (it.closest("label") ?? it.labels?.[0])) || it;
  return [...root.querySelectorAll("a[href], button, summary, select, textarea, input, [role=tab]")]
    // Lines of the log are text, and what folds them is as high as a line.
    .filter((it) => it.checkVisibility() && !it.closest("[role=log]") && !isInSentence(it))
    .map((it) => [it, target(it).getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
    .map(([it, box]) => `${it.outerHTML.slice(0, 120)} ${box.width.toFixed(1)}×${box.height.toFixed(1)}`);
});

const PLACES = {
  "an idle session": async (page, site) => {
    await told(page, site, {
      state: "idle", appId: "application_1_2", owner: "mara", conf: { "spark.hadoop.fs.s3a.secret.key": "hush" },
      appInfo: { driverLogUrl: "https://logs.example/7", sparkUiUrl: "https://rm.example/7" },
    });
    await press(page, "Copy name");
  },
  "a dead session": async (page, site) => {
    await create(page, site, unique("dies-while-starting"));
    await expect(why(page).getByRole("button").first()).toBeVisible();
  },
  "a session without a cause": (page, site) => told(page, site, { state: "dead" }, ["stdout: ", "ERROR x", "\nstderr: "]),
  "a session that nobody knows": async (page, site) => {
    await page.goto(`${site}#/sessions/999999`);
    await expect(page.getByText("Session not found")).toBeVisible();
  },
  "the list": async (page, site) => {
    await page.route("**/livy/sessions?*", (route) => route.fulfill({ json: { from: 0, total: 1, sessions: [{ id: 7, name: "told", state: "idle", kind: "spark" }] } }));
    await page.goto(site);
    await expect(page.getByRole("link", { name: "told" })).toBeVisible();
  },
  "somebody else's session with a heartbeat": async (page, site) => {
    await page.route("**/livy/sessions?*", (route) => route.fulfill({ json: { from: 0, total: 1, sessions: [{ id: 7, name: "told", state: "idle", kind: "spark", heartbeatTimeoutInSecond: 600, log: ["one"] }] } }));
    await page.goto(site);
    await page.getByRole("link", { name: "told" }).click();
    await expect(page.getByRole("region", { name: "View only" })).toBeVisible();
  },
};

for (const [place, open] of Object.entries(PLACES)) {
  test(`every target of ${place} is at least 24 px wide and high`, async ({ page, site }) => {
    await open(page, site);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await small(page), `${width} px`).toEqual([]);
    }
  });
}

test("a moment has its date from midnight on, and its year in another year", async ({ page, site }) => {
  await page.clock.install({ time: new Date(2026, 10, 29, 23, 59, 30) });
  await told(page, site, { state: "idle" });
  const first = page.locator(".lc-timeline time").first();
  const seen = page.locator("dt", { hasText: "First seen" }).locator("+ dd time");
  await expect(first).toHaveText(/^23:59:\d\d$/);
  // The end is tomorrow.
  await expect(page.locator(".lc-facts-more dd time").first()).toContainText("30 Nov");
  await page.clock.fastForward(60_000);
  await expect(first).toHaveText(/^29 Nov, 23:59:\d\d$/);
  await expect(seen).toHaveText(/^29 Nov, 23:59:\d\d$/);
  await page.clock.fastForward(365 * 86_400_000);
  await expect(first).toHaveText(/^29 Nov 2026, 23:59:\d\d$/);
});

test("an end is a bound where the session was idle before, and one's own is warned of it", async ({ page, site, trouble }) => {
  await page.clock.install();
  await told(page, site, { state: "idle" });
  const ends = page.locator(".lc-facts-more");
  await expect(ends).toContainText(/by (\d+ \w+, )?\d\d:\d\d at the latest \(1 h idle, Livy's default\)/);
  await expect(page.locator(".lc-state-line")).toContainText(/since \d\d:\d\d \(when this page first saw it\)/);
  const warning = page.getByRole("status").filter({ hasText: "Ends automatically" });
  // A part of the program that is on its way would be given up with the minutes.
  const editor = page.getByRole("textbox", { name: "Code", exact: true });
  await expect(editor).toBeVisible();
  await page.clock.fastForward(55 * 60_000);
  await expect(ends).toContainText(/at the latest/);
  await expect(warning).toHaveCount(0);
  // One's own.
  await page.unrouteAll();
  await page.goto(`${site}#/new`);
  await page.getByLabel("Name", { exact: true }).fill(unique("etl"));
  await unfold(page, "Lifetime");
  await page.getByLabel("Idle timeout").fill("30m");
  await press(page, "Create session");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(ends).toContainText(/about (\d+ \w+, )?\d\d:\d\d \(30 min idle\)/);
  await expect(warning).toHaveCount(0);
  await expect(editor).toBeVisible();
  await page.clock.fastForward(26 * 60_000);
  await expect(warning).toContainText(/between (\d+ \w+, )?\d\d:\d\d and (\d+ \w+, )?\d\d:\d\d\. Running a statement extends it; viewing doesn't\./);
  // A statement puts it off.
  const id = await session(page).getAttribute("data-session-id");
  const run = await page.request.post(`${site}livy/sessions/${id}/statements`, { headers: { "X-Requested-By": "x" }, data: { code: "sleep(20)" } });
  expect(run.status()).toBe(201);
  await page.clock.fastForward(11_000);
  await expect(session(page)).toHaveAttribute("data-session-state", "busy");
  await expect(warning).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test("the log comes before timeline and request, for the eye on a phone and for whoever reads in order", async ({ page, site }) => {
  await told(page, site, { state: "idle", driverMemory: "2g" }, ["stdout: ", "one", "\nstderr: ", "two"]);
  const order = () => inRoot(page, (root) => {
    const marks = { log: "[role=log]", timeline: ".lc-timeline", request: "dt.lc-mono", facts: ".lc-facts dl" };
    const all = Object.entries(marks).map(([name, selector]) => [name, root.querySelector(selector)]);
    const before = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
    const read = all.toSorted((a, b) => (before(a[1], b[1]) ? -1 : 1)).map((it) => it[0]);
    const seen = all.toSorted((a, b) => a[1].getBoundingClientRect().top - b[1].getBoundingClientRect().top).map((it) => it[0]);
    return { read, seen };
  });
  await page.setViewportSize({ width: 360, height: 780 });
  const expected = ["facts", "log", "timeline", "request"];
  expect(await order()).toEqual({ read: expected, seen: expected });
  await page.setViewportSize({ width: 1280, height: 900 });
  expect((await order()).read).toEqual(expected);
  const boxes = await inRoot(page, (root) => [".lc-facts dl", "[role=log]", ".lc-timeline"].map((it) => root.querySelector(it).getBoundingClientRect().x));
  expect(boxes[0]).toBeLessThan(boxes[1]);
  expect(boxes[2]).toBeLessThan(boxes[1]);
});

test("the age on the page has its moment on hover, and on focus for the eye too", async ({ page, site }) => {
  await told(page, site, { state: "idle" });
  await expect(fresh(page)).toHaveAttribute("title", /^Last answer at \d\d:\d\d:\d\d$/);
  await page.getByRole("link", { name: "New session" }).focus();
  await page.keyboard.press("Tab");
  await expect(fresh(page)).toBeFocused();
  const shown = () => fresh(page).evaluate((it) => getComputedStyle(it, "::after").content);
  expect(await shown()).toMatch(/Last answer at \d\d:\d\d:\d\d/);
});
