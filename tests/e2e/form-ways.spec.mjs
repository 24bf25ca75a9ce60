// The ways to a request and from it: what the bar says while it is sent, what comes back from a session, what an empty form offers.
import { create, expect, field, posts, press, session, test, unfold, unique } from "./console.mjs";

const shown = async (page) => JSON.parse(await page.locator("[data-request-preview]").textContent());
const button = (page) => page.getByRole("button", { name: "Create session", exact: true });

/** Holds every call that matches until it is let go. */
async function hold(page, url, method) {
  let go;
  const held = new Promise((resolve) => { go = resolve; });
  await page.route(url, async (route) => {
    if (route.request().method() === method) await held;
    await route.continue();
  });
  return go;
}

test("the bar tells how far a create has come, and the button is busy", async ({ page, site, trouble }) => {
  await page.goto(`${site}#/new`);
  const name = unique("etl");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  const [asked, sent] = [await hold(page, `**/livy/sessions/${name}`, "GET"), await hold(page, "**/livy/sessions", "POST")];
  const made = posts(page);
  await button(page).click();
  await expect(page.getByText(/^Checking the name, \d+ s$/)).toBeVisible();
  await expect(button(page)).toHaveAttribute("aria-busy", "true");
  await expect(page.getByText("Ready", { exact: true })).toHaveCount(0);
  asked();
  await expect(page.getByText(/^Sent, Livy is starting the driver, [1-9] s$/)).toBeVisible();
  await expect(page.getByText("This is exactly what was sent.")).toBeVisible();
  // A press meanwhile sends nothing, and says why.
  await button(page).click();
  await expect(page.getByRole("status").filter({ hasText: "Already sent. Wait for the server's answer." })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveText("");
  sent();
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  expect(made.length).toBe(1);
});

test("a lost answer is looked for, and the bar says so until it is known", async ({ page, site }) => {
  // The server has to deny it several times over half a minute.
  test.setTimeout(120_000);
  await page.goto(`${site}#/new`);
  await page.getByLabel("Name", { exact: true }).fill(unique("never-arrives"));
  const made = posts(page);
  await button(page).click();
  await expect(page.getByText(/^No answer, looking for the session, \d+ s$/)).toBeVisible();
  await expect(button(page)).toHaveAttribute("aria-busy", "true");
  await button(page).click();
  await expect(page.getByRole("status").filter({ hasText: "Wait: it isn't known yet" })).toBeVisible();
  // After 31 to 50 s: each look waits up to a quarter less than twice as long as the one before.
  await expect(page.getByText("Probably not created")).toBeVisible({ timeout: 75_000 });
  await expect(page.locator("[data-create]")).toContainText("this server refuses a second session with the same name");
  await expect(button(page)).not.toHaveAttribute("aria-busy", "true");
  await expect(page.getByText("Wait: it isn't known yet")).toHaveCount(0);
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  expect(made.length).toBe(1);
});

test("what became a session while no form was there is gone from it, and comes back", async ({ page, site }) => {
  const name = unique("answer-lost");
  const made = posts(page);
  await page.goto(`${site}#/new`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Queue").fill("nightly");
  // What looks for it has no answer before the page is loaded again.
  await page.route(`**/sessions/${name}`, (route) => (made.length > 0 ? undefined : route.continue()));
  const looked = page.waitForRequest((request) => made.length > 0 && request.url().endsWith(`/sessions/${name}`));
  await button(page).click();
  await looked;
  await page.goto(`${site}#/`);
  await page.reload();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await expect(page.locator('[data-create="found"]')).toBeVisible();
  // Nobody has opened the form since.
  await page.reload();
  await page.getByRole("link", { name: "New session" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
  await expect(page.getByLabel("Queue")).toHaveValue("");
  await press(page, "Start from your last session");
  await expect(page.getByLabel("Queue")).toHaveValue("nightly");
  expect(made.length).toBe(1);
});

test("a server at its limit asks to wait and send the same", async ({ page, site }) => {
  for (const [answer, remedy] of [
    [{ status: 400, json: { msg: "Rejected, too many sessions are being created!" } }, "Wait until other sessions"],
    [{ status: 429, headers: { "Retry-After": "30" }, json: { msg: "slow down" } }, "Wait 30 s"],
  ]) {
    await page.route("**/livy/sessions", (route) => (route.request().method() === "POST" ? route.fulfill(answer) : route.continue()), { times: 20 });
    await page.goto(`${site}#/new`);
    await page.getByLabel("Queue").fill("etl");
    await button(page).click();
    const refused = page.locator("[data-create='refused']");
    await expect(refused).toContainText("The server is at its limit");
    await expect(refused).toContainText(remedy);
    await expect(page.getByLabel("Queue")).toHaveValue("etl");
    await expect(page.getByText("Ready", { exact: true })).toBeVisible();
    await page.unroute("**/livy/sessions");
    await page.reload();
  }
});

test("create again leads to the field that matters, with a value that may work, also when the form has to come first", async ({ page, site, trouble }) => {
  const made = await page.request.post(`${site}livy/sessions`, {
    headers: { "X-Requested-By": "tests" }, data: { kind: "spark", name: unique("etl"), driverMemory: "256m" },
  });
  const { id } = await made.json();
  // The form's part of the program is late.
  await page.route("**/*-form-*.wasm", async (route) => {
    await new Promise((resolve) => { setTimeout(resolve, 1500); });
    await route.continue();
  });
  await page.goto(`${site}#/sessions/${id}`);
  const why = page.getByRole("region", { name: "Why it ended" });
  await why.getByRole("button", { name: "Create again and change Driver memory" }).click();
  const memory = field(page, "driverMemory");
  await expect(memory).toBeFocused();
  await expect(memory).toBeInViewport();
  // Nothing is changed silently.
  await expect(memory).toHaveValue("256");
  await expect(page.getByText("The session ended with 256m. 1g instead of 256m may work.")).toBeVisible();
  await press(page, "Use 1g");
  await expect(memory).toHaveValue("1");
  await expect(memory).toBeFocused();
  await expect(page.getByText("changed, was 256m")).toBeVisible();
  await expect(page.getByText("may work")).toHaveCount(0);
  expect(await shown(page)).toMatchObject({ driverMemory: "1g" });
});

test("an empty form is short; a list is a button until it is used, and what is rarely set is folded", async ({ page, site, trouble }) => {
  await page.goto(`${site}#/new`);
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  const tops = await Promise.all(["jar", "Python file", "file", "archive"].map(async (noun) => {
    return (await page.getByRole("button", { name: `Add ${noun}`, exact: true }).boundingBox()).y;
  }));
  expect(new Set(tops).size).toBe(1);
  expect((await page.getByRole("form").boundingBox()).height).toBeLessThan(1000);
  // In the document all the same.
  await expect(field(page, "idleTimeout")).toHaveCount(1);
  await expect(field(page, "idleTimeout")).toBeHidden();
  await press(page, "Add archive");
  await expect(page.getByLabel("Archives 1", { exact: true })).toBeFocused();
  await expect(page.getByText("Unpacked in the working directory")).toBeVisible();
  await press(page, "Add jar");
  // An empty row stays until it is removed.
  await page.reload();
  await expect(page.getByLabel("Jars 1", { exact: true })).toBeVisible();
  await press(page, "Remove Jars 1");
  await expect(page.getByRole("button", { name: "Add jar", exact: true })).toBeFocused();
});

test("what is set, wrong or looked for in a fold opens it", async ({ page, site }) => {
  await page.goto(`${site}#/new?idleTimeout=30m`);
  await expect(field(page, "idleTimeout")).toBeVisible();
  await unfold(page, "Lifetime");
  await expect(field(page, "idleTimeout")).toBeHidden();
  // Folded, it still says what is set.
  await expect(page.getByText("Idle timeout 30m", { exact: true })).toBeVisible();
  await page.reload();
  await expect(field(page, "idleTimeout")).toBeVisible();
  await field(page, "idleTimeout").fill("soon");
  await unfold(page, "Lifetime");
  await button(page).click();
  await page.getByRole("alert").getByRole("link", { name: "Idle timeout" }).click();
  await expect(field(page, "idleTimeout")).toBeFocused();
  await expect(field(page, "idleTimeout")).toBeVisible();
});

test("the example can be sent as it is", async ({ page, site }) => {
  await page.goto(`${site}#/new`);
  await press(page, "Fill in the example");
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  expect(await shown(page)).toMatchObject({ kind: "pyspark", driverMemory: "2g", numExecutors: 2 });
  await button(page).click();
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
});

test("an empty form can be started from the last session, without its name and its secrets", async ({ page, site, context, trouble }) => {
  await page.route("**/livy/sessions?*", (route) => route.fulfill({ json: { from: 0, total: 0, sessions: [] } }));
  await page.goto(`${site}#/new`);
  const start = page.getByRole("button", { name: "Start from your last session", exact: true });
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  await expect(start).toHaveCount(0);
  await page.getByLabel("pyspark", { exact: true }).check();
  await page.getByLabel("Queue").fill("etl");
  await press(page, "Add setting");
  await field(page, "conf.key").fill("spark.ssl.keyPassword");
  await field(page, "conf.value").fill("hush");
  await button(page).click();
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  await page.reload();
  expect(await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))).not.toContain("hush");
  await page.getByRole("link", { name: "New session", exact: true }).click();
  await start.click();
  await expect(page.getByLabel("Queue")).toHaveValue("etl");
  await expect(page.getByLabel("pyspark", { exact: true })).toBeChecked();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(page.getByText("Copied from your last session.")).toBeVisible();
  await expect(start).toHaveCount(0);
  // Another tab of this browser knows it from the server's list, by what the server tells.
  await page.unroute("**/livy/sessions?*");
  const other = await context.newPage();
  await other.goto(`${site}#/new`);
  await other.getByRole("button", { name: "Start from your last session", exact: true }).click();
  await expect(other.getByText(/^Copied from session \d+\./)).toBeVisible();
  await expect(other.getByLabel("Queue")).toHaveValue("etl");
});

test("a name that is in use is asked for only until it is changed", async ({ page, site }) => {
  const name = unique("never-idle");
  await create(page, site, name);
  await expect(session(page)).toBeVisible();
  await page.goto(`${site}#/new`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await button(page).click();
  const refused = page.locator("[data-create='refused']");
  await refused.getByRole("link", { name: "Choose another name" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await page.getByLabel("Name", { exact: true }).fill(unique("other"));
  await expect(refused.getByRole("link", { name: "Choose another name" })).toHaveCount(0);
});

test("the heads of the configuration stand over their columns", async ({ page, site }) => {
  await page.goto(`${site}#/new`);
  await press(page, "Add setting");
  for (const key of ["spark.a", "spark.ssl.keyPassword"]) {
    await field(page, "conf.key").fill(key);
    for (const width of [1280, 1000, 720, 500]) {
      await page.setViewportSize({ width, height: 900 });
      for (const [head, name] of [["Key", "conf.key"], ["Value", "conf.value"]]) {
        const left = async (it) => (await it.boundingBox()).x;
        const off = await left(page.getByText(head, { exact: true })) - await left(field(page, name));
        expect(Math.abs(off), `${head} at ${width} with ${key}`).toBeLessThan(2);
      }
    }
  }
});
