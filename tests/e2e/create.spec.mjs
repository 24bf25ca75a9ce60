// From the form to a session, or to why there is none, by role and label, on the built bundle against the pretend cluster.
import { readFile } from "node:fs/promises";
import { create, expect, field, fresh, posts, press, session, test, unfold, unique } from "./console.mjs";
import { open, shown } from "./form.mjs";

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

test("the server's version: what it does not know is marked and left out", async ({ page, site }) => {
  await page.route("**/livy/version", (route) => route.fulfill({ json: { version: "0.7.1-incubating" } }));
  await open(page, site);
  await unfold(page, "Lifetime");
  await page.getByLabel("Idle timeout", { exact: true }).fill("2h");
  await expect(page.locator("#lc-idleTimeout-below")).toContainText("0.9");
  await expect(page.locator("#lc-idleTimeout-below")).toContainText("this server runs Livy 0.7");
  expect(await shown(page)).not.toHaveProperty("idleTimeout");
});

test("an unknown version: sent with a warning, and a refusal of the field offers to take it out", async ({ page, site }) => {
  await page.route("**/livy/version", (route) => route.fulfill({ status: 404, body: "" }));
  await page.route("**/livy/sessions", (route) => {
    if (route.request().method() !== "POST") return route.continue();
    const told = 'Unrecognized field "idleTimeout" (class org.apache.livy.server.interactive.CreateInteractiveRequest), not marked as ignorable';
    return route.fulfill({ status: 400, json: told });
  });
  await open(page, site);
  await unfold(page, "Lifetime");
  await page.getByLabel("Idle timeout", { exact: true }).fill("2h");
  await expect(page.locator("#lc-idleTimeout-below")).toContainText("0.9");
  expect(await shown(page)).toMatchObject({ idleTimeout: "2h" });
  await press(page, "Create session");
  await expect(page.locator("[data-create='refused']")).toContainText("Unrecognized field");
  await expect(page.locator("[data-create='refused']")).toContainText("Field: Idle timeout");
  await press(page, "Remove Idle timeout");
  // What is no longer so is no longer said.
  await expect(page.getByText("Field: Idle timeout")).toHaveCount(0);
  await expect(page.getByLabel("Idle timeout", { exact: true })).toHaveValue("");
  expect(await shown(page)).not.toHaveProperty("idleTimeout");
});

test("a taken name is told while typing, before anything is sent", async ({ page, site }) => {
  const name = unique("never-idle");
  await create(page, site, name);
  await expect(session(page)).toBeVisible();
  await page.goto(`${site}#/new`);
  const sent = posts(page);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await expect(page.getByText("has this name.")).toBeVisible();
  // At its control, and where the form says whether it can be sent.
  await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/has this name\./);
  await expect(page.getByText(/^Name already used by another session/)).toBeVisible();
  await expect(page.getByText("Ready", { exact: true })).toHaveCount(0);
  expect(sent).toEqual([]);
});

test("a success clears the form, all 17 fields reach the server", async ({ page, site, trouble }) => {
  await open(page, site);
  const sent = posts(page);
  const body = {
    kind: "pyspark", name: unique("full"), proxyUser: "alice", queue: "etl", driverMemory: "2g", driverCores: 2, executorMemory: "4g",
    executorCores: 2, numExecutors: 3, jars: ["hdfs:///a.jar"], pyFiles: ["hdfs:///a.py"], files: ["hdfs:///a.txt"], archives: ["hdfs:///a.zip"],
    heartbeatTimeoutInSecond: 600, ttl: "8h", idleTimeout: "1h", conf: { "spark.sql.shuffle.partitions": "50" },
  };
  await press(page, "Edit or paste");
  await page.getByLabel("Request as text").fill(JSON.stringify(body));
  await press(page, "Create session");
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  expect(JSON.parse(sent[0].postData())).toEqual(body);
  await page.goto(`${site}#/new`);
  await expect(page.getByLabel("Queue")).toHaveValue("");
});
