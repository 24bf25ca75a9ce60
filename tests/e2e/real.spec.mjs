// The straight line, on a real Livy with a real Spark behind it: LIVY_REAL=http://127.0.0.1:8998.
import { create, expect, fresh, posts, press, session, test, unique } from "./console.mjs";

const livy = process.env.LIVY_REAL;
const made = [];

// A journey that fails on its way leaves no driver behind.
test.afterAll(async ({ request }) => {
  for (const name of made) await request.delete(`${livy}/sessions/${name}`, { headers: { "X-Requested-By": "journeys" } });
});

test("create, watch until idle, delete", async ({ page, host, trouble }) => {
  const { address } = await host("--livy", livy);
  const sent = posts(page);
  const name = unique("journey");
  made.push(name);
  await create(page, address, name);
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  await expect(page.locator("[data-create]")).toHaveAttribute("data-create", "created");
  await expect(session(page)).toHaveAttribute("data-session-state", "starting");
  await expect(page).toHaveTitle(new RegExp(`^starting · ${name}`));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle", { timeout: 90_000 });
  await expect(page).toHaveTitle(new RegExp(`^idle · ${name}`));
  await expect(page.getByRole("log")).toContainText("Created Spark session.");
  const numbers = await page.locator("[data-log-line]").evaluateAll((all) => all.map((it) => it.dataset.logLine));
  expect(numbers).toEqual(numbers.map((_, at) => String(at)));
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(page.getByText("Livy 0.9.0")).toBeVisible();
  await press(page, "Delete session");
  await page.getByRole("dialog").getByRole("button", { name: "Delete session" }).click();
  await expect(page.getByText("The session is deleted")).toBeVisible({ timeout: 60_000 });
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  const id = await session(page).getAttribute("data-session-id");
  expect((await page.request.get(`${livy}/sessions/${id}`)).status()).toBe(404);
  expect(sent.length).toBe(1);
  expect(trouble).toEqual([]);
});

test("a pasted command with the later fields: taken by the real server, echoed, and created again", async ({ page, host, trouble }) => {
  const { address } = await host("--livy", livy);
  const name = unique("pasted");
  made.push(name);
  const body = {
    kind: "pyspark", name, proxyUser: "alice", queue: "etl", driverMemory: "1g", driverCores: 1, executorMemory: "600m", executorCores: 1,
    numExecutors: 1, heartbeatTimeoutInSecond: 600, ttl: "2h", idleTimeout: "30m", conf: { "spark.sql.shuffle.partitions": "7", "spark.ui.enabled": "false" },
  };
  await page.goto(`${address}#/new`);
  await press(page, "Edit or paste");
  await page.getByLabel("Request as text").fill(`curl -X POST http://elsewhere:8998/sessions -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`);
  await expect(page.locator("#lc-request-said")).toContainText("Read as a curl command");
  await press(page, "Create session");
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle", { timeout: 90_000 });
  const id = await session(page).getAttribute("data-session-id");
  const told = await (await page.request.get(`${livy}/sessions/${id}`)).json();
  expect(told).toMatchObject({ name, queue: "etl", ttl: "2h", idleTimeout: "30m", heartbeatTimeoutInSecond: 600, conf: body.conf });
  await press(page, "Create again with these values");
  await expect(page.getByText(`Copied from session ${id}`)).toBeVisible();
  const again = JSON.parse(await page.locator("[data-request-preview]").textContent());
  // A name is for one session, and without impersonation the server forgets the proxy user.
  expect({ ...again, name, proxyUser: "alice" }).toEqual(body);
  expect(trouble).toEqual([]);
});

test("a taken name is told while it is typed", async ({ page, host }) => {
  const { address } = await host("--livy", livy);
  const name = unique("taken");
  made.push(name);
  await create(page, address, name);
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  await page.goto(`${address}#/new`);
  const sent = posts(page);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await expect(page.getByText("has this name.")).toBeVisible();
  expect(sent).toEqual([]);
});

test("a refusal in the real server's words", async ({ page, host }) => {
  const { address } = await host("--livy", livy);
  await page.goto(`${address}#/new`);
  await press(page, "Add jar");
  await page.getByLabel("Jars 1", { exact: true }).fill("/lib/a.jar");
  await press(page, "Create session");
  const fate = page.locator("[data-create='refused']");
  await expect(fate).toContainText("400");
  await expect(fate).toContainText("Local path /lib/a.jar cannot be added to user sessions.");
  await expect(fate).toContainText("Field: Jars 1");
  await expect(page.getByLabel("Jars 1", { exact: true })).toHaveValue("/lib/a.jar");
});
