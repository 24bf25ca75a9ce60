// What people do with the console, by role and label, on the built bundle against the pretend cluster.
import { readFile } from "node:fs/promises";
import { create, expect, field, fresh, posts, press, session, test, unfold, unique } from "./console.mjs";

test("from the form to an idle session with its log", async ({ page, site, trouble }) => {
  const sent = posts(page);
  const name = unique("etl");
  await page.goto(`${site}#/new`);
  await page.getByLabel("pyspark", { exact: true }).check();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Driver memory").fill("2g");
  await page.getByRole("textbox", { name: "Executors" }).fill("3");
  await page.getByRole("button", { name: "Add jar" }).click();
  await page.getByLabel("Jars 1", { exact: true }).fill("hdfs:///lib/a.jar");
  const preview = JSON.parse(await page.locator("[data-request-preview]").textContent());
  expect(preview).toEqual({ kind: "pyspark", name, driverMemory: "2g", numExecutors: 3, jars: ["hdfs:///lib/a.jar"] });
  await press(page, "Create session");
  await expect(page.locator("[data-create]")).toHaveAttribute("data-create", "created");
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  await expect(session(page)).toHaveAttribute("data-session-state", "starting");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(page).toHaveTitle(new RegExp(`idle · ${name}`));
  await expect(fresh(page)).toHaveCount(1);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  expect(sent.map((it) => JSON.parse(it.postData()))).toEqual([preview]);
  expect(sent[0].headers()["x-requested-by"]).toBeTruthy();
  // More lines than the server's ring of 200 keeps, numbered without a hole.
  const log = page.getByRole("log");
  await expect(log).toHaveAttribute("aria-live", "off");
  await expect.poll(() => log.locator("[data-log-line]").count()).toBeGreaterThan(300);
  const rows = await log.locator("[data-log-line]").evaluateAll((all) => all.map((it) => [it.dataset.logLine, it.dataset.logSection]));
  expect(rows.every(([line, section], at) => line === String(at) && section === "stderr")).toBe(true);
  await expect(log).toContainText("Created Spark session.");
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Download log")]);
  const text = await readFile(await download.path(), "utf8");
  expect(text.startsWith("==== stdout ====\n==== stderr ====\n")).toBe(true);
  expect(text.trimEnd().split("\n").length).toBe(rows.length + 2);
  // The form is empty again, and the list knows the session.
  await page.getByRole("link", { name: "New session" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(page.getByRole("row", { name })).toHaveAttribute("data-session-state", "idle");
  expect(trouble).toEqual([]);
});

test("wrong input: everything at once, beside its field, and nothing leaves", async ({ page, site, trouble }) => {
  const sent = posts(page);
  await page.goto(`${site}#/new`);
  await page.getByLabel("Name", { exact: true }).fill("123");
  await page.getByLabel("Driver memory").fill("512x");
  await page.getByLabel("Executor memory").fill("1024");
  await page.getByLabel("Driver cores").fill("0");
  await page.getByRole("button", { name: "Add file" }).click();
  await page.getByLabel("Files 1", { exact: true }).fill("conf/users.csv");
  await press(page, "Create session");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("5 problems need attention");
  await expect(alert).toBeFocused();
  for (const name of ["name", "driverMemory", "executorMemory", "driverCores", "files"]) {
    const control = field(page, name);
    await expect(control).toHaveAttribute("aria-invalid", "true");
    const message = page.locator(`#${await control.getAttribute("aria-describedby")}`);
    await expect(message).toBeVisible();
    expect((await message.innerText()).length).toBeGreaterThan(10);
  }
  await expect(page.getByText("Fix 5 problems first", { exact: true })).toBeVisible();
  expect(JSON.parse(await page.locator("[data-request-preview]").textContent())).toEqual({ kind: "spark" });
  await alert.getByRole("link", { name: "Files" }).click();
  await expect(page.getByLabel("Files 1", { exact: true })).toBeFocused();
  await expect(page).toHaveURL(/#\/new$/);
  expect(sent).toEqual([]);
  await page.getByLabel("Driver memory").fill("512m");
  await expect(field(page, "driverMemory")).not.toHaveAttribute("aria-invalid", "true");
  await expect(alert).toContainText("4 problems need attention");
  // Mended, it is sent as the preview shows it.
  const name = unique("mended");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Executor memory").fill("1024m");
  await page.getByLabel("Driver cores").fill("1");
  await press(page, "Remove Files 1");
  await expect(alert).toBeEmpty();
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  const mended = { kind: "spark", name, driverMemory: "512m", driverCores: 1, executorMemory: "1024m" };
  expect(JSON.parse(await page.locator("[data-request-preview]").textContent())).toEqual(mended);
  await press(page, "Create session");
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  expect(sent.map((it) => JSON.parse(it.postData()))).toEqual([mended]);
  expect(trouble).toEqual([]);
});

test("a warning speaks and does not keep the request back", async ({ page, site }) => {
  await page.goto(`${site}#/new`);
  await page.getByRole("textbox", { name: "Executors" }).fill("0");
  await page.getByRole("textbox", { name: "Executors" }).blur();
  await expect(page.getByText("works only with dynamic allocation")).toBeVisible();
  await expect(field(page, "numExecutors")).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("Ready, 1 warning", { exact: true })).toBeVisible();
});

test("lists are rows: pasted, removed, brought back by undo", async ({ page, site, trouble }) => {
  await page.goto(`${site}#/new`);
  await page.getByRole("button", { name: "Add jar" }).click();
  await page.getByLabel("Jars 1", { exact: true }).evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "hdfs:///a.jar\n  hdfs:///b.jar \r\n\nhdfs:///c.jar\n");
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(field(page, "jars")).toHaveCount(3);
  await press(page, "Remove Jars 2");
  await expect(field(page, "jars")).toHaveCount(2);
  await expect(page.getByLabel("Jars 2", { exact: true })).toHaveValue("hdfs:///c.jar");
  await expect(page.getByLabel("Jars 2", { exact: true })).toBeFocused();
  await press(page, "Fill in the example");
  await expect(page.getByLabel("Executor cores")).toHaveValue("2");
  await press(page, "Undo");
  await page.getByText("Presets", { exact: true }).click();
  await press(page, "HDInsight example");
  await expect(page.getByLabel("Jars 1", { exact: true })).toHaveValue(/<BlobStorageContainerName>/);
  await expect(page.getByLabel("Executor cores")).toHaveValue("10");
  await press(page, "Undo");
  await expect(page.getByLabel("Jars 2", { exact: true })).toHaveValue("hdfs:///c.jar");
  // Nothing typed is lost by a reload.
  await page.reload();
  await expect(page.getByLabel("Jars 2", { exact: true })).toHaveValue("hdfs:///c.jar");
  expect(trouble).toEqual([]);
});

test("a message that appears does not swallow the press that made it appear", async ({ page, site }) => {
  await page.goto(`${site}#/new`);
  await press(page, "Add jar");
  await page.getByLabel("Jars 1", { exact: true }).fill("lib/a.jar");
  await press(page, "Add Python file");
  await expect(page.getByLabel("Python files 1", { exact: true })).toBeFocused();
  await expect(field(page, "jars")).toHaveAttribute("aria-invalid", "true");
});

test("a refusal in the server's words keeps the draft", async ({ page, site }) => {
  const sent = posts(page);
  await page.goto(`${site}#/new`);
  await page.getByLabel("Driver memory").fill("3g");
  await page.getByRole("button", { name: "Add jar" }).click();
  await page.getByLabel("Jars 1", { exact: true }).fill("/lib/a.jar");
  await press(page, "Create session");
  const fate = page.locator("[data-create='refused']");
  await expect(fate).toContainText("400");
  await expect(fate).toContainText("Local path /lib/a.jar cannot be added to user sessions.");
  await expect(page.getByLabel("Driver memory")).toHaveValue("3");
  expect(sent.length).toBe(1);
});

test("a name in use is told before anything is sent", async ({ page, site }) => {
  const name = unique("twice");
  await create(page, site, name);
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  const sent = posts(page);
  await create(page, site, name);
  await expect(page.locator("[data-create='refused']")).toContainText("The name is in use");
  expect(sent).toEqual([]);
});

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

test("a notification when it is ready, only if asked for", async ({ page, site, context }) => {
  await context.grantPermissions(["notifications"]);
  await page.addInitScript(() => {
    window.told = [];
    window.Notification = class extends window.Notification {
      constructor(title, options) {
        super(title, options);
        window.told.push(`${title}: ${options.body}`);
      }
    };
  });
  const [quiet, loud] = [unique("etl"), unique("etl")];
  await create(page, site, quiet);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  expect(await page.evaluate(() => window.told)).toEqual([]);
  await create(page, site, loud);
  await expect(session(page)).toHaveAttribute("data-session-state", "starting");
  await press(page, "Notify me when it's ready or ends");
  await expect(page.getByRole("button", { name: "Stop notifications" })).toBeVisible();
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect.poll(() => page.evaluate(() => window.told)).toEqual([`${loud}: The session is idle.`]);
});

test("a notification when the server no longer has it", async ({ page, site, context }) => {
  await context.grantPermissions(["notifications"]);
  await page.addInitScript(() => {
    window.told = [];
    window.Notification = class extends window.Notification {
      constructor(title, options) {
        super(title, options);
        window.told.push(options.body);
      }
    };
  });
  await create(page, site, unique("forgotten"));
  await press(page, "Notify me when it's ready or ends");
  await expect(page.getByText("The server has forgotten this session")).toBeVisible({ timeout: 35_000 });
  await expect.poll(() => page.evaluate(() => window.told.at(-1))).toBe("The server no longer has the session.");
  await expect(page.getByRole("listitem").filter({ hasText: "the server no longer has it" })).toBeVisible();
});

test("a poll without news changes nothing but the mark of age", async ({ page, site }) => {
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  const polls = [];
  await page.waitForResponse((it) => /\/sessions\/\d+$/.test(it.url()));
  await page.waitForResponse((it) => /\/log\?/.test(it.url()));
  page.on("response", (it) => /\/sessions\/\d+/.test(it.url()) && polls.push(it.url()));
  await page.evaluate(() => {
    window.changes = [];
    new MutationObserver((records) => {
      for (const it of records) {
        const element = it.target.nodeType === Node.TEXT_NODE ? it.target.parentElement : it.target;
        if (!element?.closest("[data-fresh]")) window.changes.push(`${it.type} ${element?.outerHTML.slice(0, 120)}`);
      }
    }).observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
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

test("the keyboard alone creates a session", async ({ page, site }) => {
  await page.goto(`${site}#/new`);
  const name = unique("keys");
  await page.getByLabel("spark", { exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.locator("main")).toBeFocused();
});
