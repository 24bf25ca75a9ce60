// Watching a session: its state, its end, who keeps it alive, its addresses and what the server says of it.
import { create, expect, field, fresh, inRoot, press, session, test, unfold, unique } from "./console.mjs";

test("a session that dies says so and keeps its last lines", async ({ page, site }) => {
  await create(page, site, unique("dies-while-starting"));
  await expect(session(page)).toHaveAttribute("data-session-state", "dead");
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  await expect(page.getByRole("log")).toContainText("java.lang.ClassNotFoundException");
  await expect(page).toHaveTitle(/^dead · /);
});

test("why it died: the cause, its line in the log, and a request that does better", async ({ page, site, trouble }) => {
  await create(page, site, unique("dies-while-starting"));
  const why = page.getByRole("region", { name: "Why it ended" });
  await expect(why).toContainText("A class is missing");
  await why.getByRole("button", { name: /java.lang.ClassNotFoundException: com.example/ }).click();
  const line = page.locator("[data-pointed]");
  await expect(line).toContainText("java.lang.ClassNotFoundException: com.example.etl.Bootstrap");
  await expect(line).toBeInViewport();
  await why.getByRole("button", { name: "Create again and change Jars" }).click();
  await expect(page).toHaveURL(/#\/new$/);
  await expect(page.getByText(/Copied from session \d+/)).toBeVisible();
  expect(trouble).toEqual([]);
});

test("the log is searched: count, steps, only matches, next error, by the keyboard", async ({ page, site, trouble }) => {
  await create(page, site, unique("dies-while-starting"));
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  const log = page.getByRole("log");
  const all = await log.locator("[data-log-line]").count();
  const wanted = (await log.locator("[data-log-line]").allTextContents()).filter((it) => it.toLowerCase().includes("executor")).length;
  await log.focus();
  await page.keyboard.press("Control+f");
  const search = page.getByRole("searchbox", { name: "Search the log" });
  await expect(search).toBeFocused();
  await page.keyboard.type("EXECUTOR");
  const bar = page.getByRole("search");
  await expect(bar.getByRole("status")).toHaveText(`${wanted} matches`);
  // The first step is from where the reader is: at the end, which is followed.
  await page.keyboard.press("Enter");
  await expect(bar.getByRole("status")).toHaveText(new RegExp(`^\\d+ of ${wanted}$`));
  await expect(page.locator("[data-pointed]")).toContainText(/executor/i);
  const at = Number((await bar.getByRole("status").textContent()).split(" ")[0]);
  await page.keyboard.press("Shift+Enter");
  await expect(bar.getByRole("status")).toHaveText(`${at > 1 ? at - 1 : wanted} of ${wanted}`);
  await page.keyboard.press("Enter");
  await expect(bar.getByRole("status")).toHaveText(`${at} of ${wanted}`);
  await page.getByLabel("match case").check();
  await expect(bar.getByRole("status")).toHaveText("No matches");
  await page.getByLabel("match case").uncheck();
  await page.getByLabel("only matches").check();
  await expect.poll(() => log.locator("[data-log-line]").count()).toBeLessThan(all);
  await page.getByLabel("only matches").uncheck();
  await search.press("Escape");
  await expect(search).toHaveValue("");
  await press(page, "Next error");
  await expect(page.locator("[data-pointed]")).toHaveAttribute("data-level", "error");
  expect(await log.locator("[data-log-line]").count()).toBe(all);
  expect(trouble).toEqual([]);
});

test("somebody else's heartbeat is only looked at, until a person keeps it", async ({ page, site, trouble }) => {
  const made = await page.request.post(`${site}livy/sessions`, {
    headers: { "X-Requested-By": "others" }, data: { kind: "spark", name: unique("etl"), heartbeatTimeoutInSecond: 600 },
  });
  const { id, name } = await made.json();
  const touched = [];
  page.on("request", (it) => new RegExp(`/livy/sessions/${id}\\b`).test(it.url()) && touched.push(it.url()));
  await page.goto(site);
  await page.getByRole("link", { name }).click();
  const looking = page.getByRole("region", { name: "View only" });
  await expect(looking).toBeVisible();
  await expect(session(page)).toHaveAttribute("data-session-state", "idle", { timeout: 30_000 });
  await expect(looking.locator("pre")).not.toBeEmpty();
  await expect(page.locator(".lc-facts-more")).toContainText("This page is view only.");
  expect(touched).toEqual([]);
  await press(page, "Keep alive from here");
  await expect(looking).toHaveCount(0);
  await expect(page.getByRole("log")).toContainText("Created Spark session.");
  expect(touched.length).toBeGreaterThan(0);
  expect(trouble).toEqual([]);
});

/** Lets the page notify; what is returned gives the notifications so far, as title and body. */
async function notified(page, context) {
  await context.grantPermissions(["notifications"]);
  await page.addInitScript(() => {
    window.told = [];
    window.Notification = class extends window.Notification {
      constructor(title, options) {
        super(title, options);
        window.told.push({ title, body: options.body });
      }
    };
  });
  return () => page.evaluate(() => window.told);
}

test("a notification when it is ready, only if asked for", async ({ page, site, context }) => {
  const told = await notified(page, context);
  const [quiet, loud] = [unique("etl"), unique("etl")];
  await create(page, site, quiet);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  expect(await told()).toEqual([]);
  await create(page, site, loud);
  await expect(session(page)).toHaveAttribute("data-session-state", "starting");
  await press(page, "Notify me when it's ready or ends");
  await expect(page.getByRole("button", { name: "Stop notifications" })).toBeVisible();
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect.poll(async () => (await told()).map((it) => `${it.title}: ${it.body}`)).toEqual([`${loud}: The session is idle.`]);
});

test("a notification when the server no longer has it", async ({ page, site, context }) => {
  const told = await notified(page, context);
  await create(page, site, unique("forgotten"));
  await press(page, "Notify me when it's ready or ends");
  await expect(page.getByText("The server has forgotten this session")).toBeVisible({ timeout: 35_000 });
  await expect.poll(async () => (await told()).at(-1)?.body).toBe("The server no longer has the session.");
  await expect(page.getByRole("listitem").filter({ hasText: "the server no longer has it" })).toBeVisible();
});

test("a poll without news changes nothing but the mark of age", async ({ page, site }) => {
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  const polls = [];
  await page.waitForResponse((it) => /\/sessions\/\d+$/.test(it.url()));
  await page.waitForResponse((it) => /\/log\?/.test(it.url()));
  page.on("response", (it) => /\/sessions\/\d+/.test(it.url()) && polls.push(it.url()));
  await inRoot(page, (root) => {
    window.changes = [];
    new MutationObserver((records) => {
      for (const it of records) {
        const element = it.target.nodeType === Node.TEXT_NODE ? it.target.parentElement : it.target;
        if (!element?.closest("[data-fresh]")) window.changes.push(`${it.type} ${element?.outerHTML.slice(0, 120)}`);
      }
    }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await expect.poll(() => polls.length, { timeout: 25_000 }).toBeGreaterThan(1);
  await expect(fresh(page)).toHaveText(/Updated [12] s ago/);
  expect(await page.evaluate(() => window.changes)).toEqual([]);
});

test("a session with a heartbeat lives on while another page is open, and the list says so", async ({ page, site, context }) => {
  const name = unique("etl");
  await page.goto(`${site}#/new`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await unfold(page, "Lifetime");
  await page.getByLabel("Heartbeat timeout, seconds").fill("6");
  await press(page, "Create session");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  const own = new URL(page.url()).hash.replace("#", "");
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(page.getByText("Closing this tab will end")).toContainText(name);
  await page.waitForResponse((it) => it.url().endsWith(own));
  // What another tab of this browser creates is this browser's own as well, and neither tab forgets the other's.
  const other = await context.newPage();
  await create(other, site, unique("etl"));
  await expect(session(other)).toBeVisible();
  const remembered = () => page.evaluate(() => {
    const key = Object.keys(localStorage).find((it) => it.startsWith("livy-console:own@"));
    return JSON.parse(localStorage.getItem(key)).map((it) => it[1]);
  });
  expect(await remembered()).toContain(name);
  await create(page, site, unique("etl"));
  await expect(session(page)).toBeVisible();
  expect((await remembered()).length).toBeGreaterThanOrEqual(3);
});

test("times in UTC on demand", async ({ page, site }) => {
  await create(page, site, unique("etl"));
  const facts = page.locator(".lc-facts");
  await expect(facts.locator("time").first()).not.toContainText("UTC");
  await press(page, "Times in UTC");
  await expect(facts.locator("time").first()).toContainText("UTC");
  await expect(page.getByRole("button", { name: "Times in UTC" })).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await expect(facts.locator("time").first()).toContainText("UTC");
});

test("the timeline and what will end the session by itself", async ({ page, site }) => {
  await page.goto(`${site}#/new`);
  await page.getByLabel("Name", { exact: true }).fill(unique("etl"));
  await unfold(page, "Lifetime");
  await page.getByLabel("Idle timeout").fill("30m");
  await page.getByLabel("Heartbeat timeout, seconds").fill("600");
  await press(page, "Create session");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  const facts = page.locator(".lc-facts-more");
  await expect(facts.getByRole("listitem").filter({ hasText: /starting, \d+ s/ })).toBeVisible();
  await expect(facts.getByRole("listitem").filter({ hasText: /idle$/ })).toBeVisible();
  // The day comes before the time where the half hour ends after midnight.
  await expect(facts).toContainText(/about (\d+ \w+, )?\d\d:\d\d \(30 min idle\)/);
  await expect(facts).toContainText("Closing it ends the session");
  await expect(page.getByRole("region", { name: "Why it ended" })).toHaveCount(0);
});

test("sections are tabs, colours and progress are what a terminal would leave", async ({ page, site }) => {
  await create(page, site, unique("yarn"));
  await page.getByRole("tab", { name: /^diagnostics/ }).click();
  await expect(page.locator("[data-log-section='diagnostics']")).toContainText("waiting for AM container");
  await expect(page.getByRole("link", { name: "Spark UI" })).toHaveAttribute("href", /^http:\/\/rm\.cluster\.example/);
  await expect(page.getByText(/^application_\d+_\d+/)).toBeVisible();
  await create(page, site, unique("colourful"));
  await expect(page.getByRole("log").getByText("stage 0: done", { exact: true })).toBeVisible();
});

test("delete asks, names the session, and keeps what was seen", async ({ page, site, trouble }) => {
  const name = unique("etl");
  await create(page, site, name);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await press(page, "Delete session");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(name);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await press(page, "Delete session");
  await dialog.getByRole("button", { name: "Delete session" }).click();
  await expect(page.getByText("The session is deleted")).toBeVisible();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  await expect(page.getByRole("log")).toContainText("Created Spark session.");
  await expect(page.getByRole("button", { name: "Delete session" })).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test("links to a session: by id, by name, and to none", async ({ page, site, trouble }) => {
  const name = unique("größe etl");
  await create(page, site, name);
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  const id = await session(page).getAttribute("data-session-id");
  await page.goto("about:blank");
  await page.goto(`${site}#/sessions/${encodeURIComponent(name)}`);
  await expect(page).toHaveURL(new RegExp(`#/sessions/${id}$`));
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await page.goto(`${site}#/sessions/999999`);
  await expect(page.getByText("Session not found")).toBeVisible();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  await page.goto(`${site}#/new?kind=sparkr&driverMemory=2g&foo=1`);
  await expect(page.getByLabel("sparkr")).toBeChecked();
  await expect(page.getByLabel("Driver memory")).toHaveValue("2");
  await expect(field(page, "driverMemory.unit")).toHaveValue("g");
  await expect(page.getByText("Filled in from a link. Check it before you create.")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "foo" })).toBeVisible();
  expect(trouble).toEqual([]);
});

test("a malformed address says so and asks nothing about a session", async ({ page, site }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  for (const hash of ["#/sessions/%", "#/sessions/..%2f..%2fx", "#/sessions/%2e%2e", "#/nowhere"]) {
    await page.goto("about:blank");
    await page.goto(site + hash);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  }
  expect(asked.filter((it) => it.startsWith("/livy/") && !["/livy/sessions", "/livy/version"].includes(it))).toEqual([]);
});

test("answers that are not Livy's say what they look like", async ({ page, site }) => {
  await page.route("**/livy/sessions?*", (route) => route.fulfill({ contentType: "text/html", body: "<title>Portal sign-in</title>" }));
  await page.goto(site);
  await expect(page.getByRole("alert")).toContainText("A web page came instead of Livy's answer");
  await expect(page.getByRole("alert")).toContainText("Portal sign-in");
  await expect(fresh(page)).toContainText("the answer is not from Livy");
  await page.unrouteAll();
  await page.route("**/livy/sessions?*", (route) => route.fulfill({ status: 403, json: { msg: "no rights here" } }));
  await press(page, "Try again now");
  await expect(page.getByRole("alert")).toContainText("You do not have permission to see this");
  await expect(page.getByRole("alert")).toContainText("no rights here");
  await page.unrouteAll();
  await page.route("**/livy/sessions?*", (route) => route.fulfill({ status: 404, contentType: "text/html", body: "nothing" }));
  await press(page, "Try again now");
  await expect(page.getByRole("alert")).toContainText("Livy is not at this address (404)");
});

test("what the server says is text, and only web addresses are links", async ({ page, site, trouble }) => {
  const name = "<img src=x onerror=alert(1)><b>bold</b>";
  const it = { id: 0, name, state: "<i>odd</i>", kind: "spark", appInfo: { sparkUiUrl: "javascript:alert(1)", driverLogUrl: "https://logs.example/0" } };
  await page.route("**/livy/sessions?*", (route) => route.fulfill({ json: { from: 0, total: 1, sessions: [it] } }));
  await page.route("**/livy/sessions/0", (route) => route.fulfill({ json: it }));
  await page.route("**/livy/sessions/0/log?*", (route) => route.fulfill({ json: { id: 0, from: 0, total: 3, log: ["stdout: ", "<b>line</b>", "\nstderr: "] } }));
  await page.goto(site);
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(session(page)).toHaveAttribute("data-session-state", it.state);
  await expect(page.getByRole("link", { name: "Driver log" })).toHaveAttribute("href", "https://logs.example/0");
  await expect(page.getByText("javascript:alert(1)")).toBeVisible();
  await expect(page.locator("a[href^='javascript']")).toHaveCount(0);
  await page.getByRole("tab", { name: /^stdout/ }).click();
  await expect(page.locator("[data-log-line='0']")).toHaveText("<b>line</b>");
  await expect(page.locator("main :is(img, b, i)")).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test("a clock that is set back stops nothing", async ({ page, site }) => {
  await page.addInitScript(() => {
    const read = Date.now.bind(Date);
    window.setBack = 0;
    Date.now = () => read() - window.setBack;
  });
  let reads = 0;
  page.on("request", (request) => { reads += /\/sessions\/\d+$/.test(request.url()) ? 1 : 0; });
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle", { timeout: 30_000 });
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  // Between two reads, while nothing is on its way.
  await expect(fresh(page)).toContainText(/Updated [2-7] s ago/);
  const before = reads;
  await page.evaluate(() => { window.setBack = 3_600_000; });
  await expect.poll(() => reads, { timeout: 20_000 }).toBeGreaterThan(before);
});
