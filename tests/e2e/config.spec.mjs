// config.json: what the host of the page sets, and what the page says where it is wrong.
import { readFile } from "node:fs/promises";
import { expect, field, posts, press, test } from "./console.mjs";

const configured = (page, config) => page.route("**/config.json", (route) => route.fulfill(typeof config === "string"
  ? { contentType: "application/json", body: config } : { json: config }));
const shown = async (page) => JSON.parse(await page.locator("[data-request-preview]").textContent());

test("the example of the bundle: cluster, defaults, presets, policy", async ({ page, site, trouble }) => {
  await configured(page, await readFile(new URL("../../src/config.example.json", import.meta.url), "utf8"));
  await page.goto(`${site}#/new`);
  await expect(page.getByRole("banner")).toContainText("Analytics");
  expect(await shown(page)).toMatchObject({ kind: "pyspark", queue: "adhoc", conf: { "spark.eventLog.enabled": "true" } });
  await expect(page.getByLabel("spark", { exact: true })).toBeDisabled();
  await expect(page.locator("#lc-queues option")).toHaveCount(2);

  await page.getByText("Presets", { exact: true }).click();
  await press(page, "ETL");
  expect(await shown(page)).toMatchObject({ kind: "pyspark", queue: "etl", numExecutors: 20 });

  const sent = posts(page);
  await page.getByLabel("Executor memory", { exact: true }).fill("20g");
  await page.getByLabel("Queue").fill("mine");
  await press(page, "Create session");
  await expect(page.getByRole("alert")).toContainText("Analytics allows at most 16g.");
  await expect(page.getByRole("alert")).toContainText("Analytics allows only adhoc and etl.");
  expect(sent).toEqual([]);
  await page.getByLabel("Executor memory", { exact: true }).fill("16g");
  await page.getByLabel("Queue").fill("etl");
  await page.getByLabel("Executors", { exact: true }).fill("60");
  await expect(page.locator("#lc-numExecutors-below")).toContainText("512 GiB");
});

test("a cluster manager that the host names: its estimate, and what does nothing there", async ({ page, site }) => {
  await configured(page, { clusterManager: "kubernetes" });
  await page.goto(`${site}#/new?kind=pyspark&executorMemory=8g`);
  const resources = page.getByRole("region", { name: "Resources" });
  await expect(resources.getByRole("columnheader", { name: "Pods" })).toBeVisible();
  // 40 % of 8 GiB on top.
  await expect(resources.getByRole("row", { name: /^Each executor/ })).toContainText("11.2 GiB");
  await resources.getByText("How this is calculated (Kubernetes, cluster mode)").click();
  await expect(resources).toContainText("This site's configuration says that sessions run on Kubernetes.");
  const below = page.locator("#lc-queue-below");
  await expect(below).toContainText("For YARN only.");
  await page.getByLabel("Queue").fill("etl");
  await page.getByLabel("Queue").blur();
  await expect(below).toContainText("Only YARN has queues; it does nothing on Kubernetes.");
  await expect(page.getByLabel("Queue")).not.toHaveAttribute("aria-invalid", "true");
});

test("a second row with a locked key is a mistake that can be mended; a kind that is no longer allowed gives way", async ({ page, site }) => {
  await page.goto(`${site}#/new`);
  await expect(page.getByLabel("spark", { exact: true })).toBeChecked();
  await configured(page, { policy: { kinds: ["sql"], locked: { conf: { "spark.ui.enabled": "false" } } } });
  await page.reload();
  await expect(page.getByLabel("sql", { exact: true })).toBeChecked();
  await press(page, "Add setting");
  const key = page.getByLabel("Spark configuration 2 key");
  await key.fill("spark.ui.enabled");
  await page.getByLabel("Spark configuration 2 value").fill("true");
  await expect(page.locator("#lc-conf-1-below")).toContainText("already above");
  expect((await shown(page)).conf).toEqual({ "spark.ui.enabled": "false" });
  await press(page, "Remove Spark configuration 2");
  await expect(key).toHaveCount(0);
});

test("locked values cannot be changed, in the form or as text", async ({ page, site }) => {
  await configured(page, { policy: { locked: { queue: "etl", driverMemory: "2g", jars: ["hdfs:///a.jar"] } } });
  await page.goto(`${site}#/new`);
  const queue = page.getByLabel("Queue");
  await expect(queue).toHaveValue("etl");
  await expect(queue).toHaveJSProperty("readOnly", true);
  await expect(field(page, "driverMemory.unit")).toBeDisabled();
  await expect(page.getByRole("button", { name: "Add jar" })).toBeDisabled();
  await expect(page.locator("#lc-queue-below")).toContainText("Set by this site's configuration.");
  await press(page, "Edit or paste");
  await page.getByLabel("Request as text").fill('{"kind":"sql","queue":"mine"}');
  await expect.poll(() => shown(page)).toMatchObject({ kind: "sql", queue: "etl", driverMemory: "2g", jars: ["hdfs:///a.jar"] });
  // A link cannot either, and the page says what it left out of it.
  await page.goto(`${site}#/new?queue=mine&kind=spark&driverMemory=2g`);
  await expect(page.getByText("Filled in from a link. Check it before you create.")).toBeVisible();
  await expect(queue).toHaveValue("etl");
  await expect(page.getByRole("status").filter({ hasText: "queue" })).not.toContainText("driverMemory");
});

test("a form that nobody has touched is the host's of today", async ({ page, site }) => {
  await configured(page, { defaults: { driverMemory: "2g" } });
  await page.goto(`${site}#/new`);
  await expect(page.getByLabel("Driver memory")).toHaveValue("2");
  await configured(page, { defaults: { driverMemory: "3g" } });
  await page.reload();
  await expect(page.getByLabel("Driver memory")).toHaveValue("3");
  await page.getByLabel("Queue").fill("etl");
  await configured(page, { defaults: { driverMemory: "4g" } });
  await page.reload();
  await expect(page.getByLabel("Driver memory")).toHaveValue("3");
});

for (const [what, config, place, words] of [
  ["a misspelt setting", { polcy: {} }, "polcy", "Unknown setting."],
  ["a wrong value deep inside", { policy: { ranges: { driverMemory: { max: "much" } } } }, "policy.ranges.driverMemory.max", "Enter the value as in the field"],
  ["a default that the form refuses", { defaults: { driverMemory: "2" } }, "defaults.driverMemory", "unit"],
  ["no JSON", "{", "config.json", "Not valid JSON"],
]) {
  test(`${what} stops the page with the field's name`, async ({ page, site }) => {
    await configured(page, config);
    const asked = [];
    page.on("request", (it) => it.url().includes("/livy/") && asked.push(it.url()));
    await page.goto(site);
    await expect(page.getByRole("alert")).toContainText(place);
    await expect(page.getByRole("alert")).toContainText(words);
    expect(asked).toEqual([]);
  });
}

test("without the file the defaults hold; one that the host cannot give is no silent default", async ({ page, site }) => {
  await page.goto(`${site}#/new`);
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  await page.route("**/config.json", (route) => route.fulfill({ status: 503, body: "" }));
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("503");
});

for (const [what, answer, words] of [
  ["401", { status: 401, body: "" }, "asks for a sign-in"],
  ["403 with a page", { status: 403, contentType: "text/html", body: "<html><title>Forbidden</title></html>" }, "answered 403"],
  ["a sign-in page", { contentType: "text/html", body: "<!doctype html><title>Sign in</title><form><input type=\"password\"></form>" }, "web page instead"],
]) {
  test(`${what} instead of the file is no silent default`, async ({ page, site }) => {
    await page.route("**/config.json", (route) => route.fulfill(answer));
    await page.goto(site);
    await expect(page.getByRole("alert")).toContainText(words);
  });
}

test("a host that answers every path with the console's own page has no such file", async ({ page, site }) => {
  await page.route("**/config.json", async (route) => route.fulfill({ response: await route.fetch({ url: site }) }));
  await page.goto(`${site}#/new`);
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
});

test("a key that is locked is locked in its field", async ({ page, site }) => {
  await configured(page, { policy: { locked: { conf: { "spark.yarn.queue": "etl" } } } });
  await page.goto(`${site}#/new`);
  await expect(page.getByLabel("Queue")).toHaveValue("etl");
  await expect(page.getByLabel("Queue")).toHaveJSProperty("readOnly", true);
  await expect(page.locator("#lc-queue-below")).toContainText("Set by this site's configuration (spark.yarn.queue).");
  expect(await shown(page)).toMatchObject({ queue: "etl" });
});

for (const [what, element, config, cluster] of [
  ["its attribute", '<livy-console page base-url="/a" data-base-url="/c">', { baseUrl: "/b" }, "/a"],
  ["the configuration", '<livy-console page data-base-url="/c">', { baseUrl: "/b" }, "/b"],
  ["the element of an earlier version", '<div id="livy-console" data-base-url="/c">', undefined, "/c"],
  ["nothing", "<livy-console page>", undefined, "/livy"],
]) {
  test(`the element asks the cluster that it is told by ${what}`, async ({ page, site }) => {
    if (config) await configured(page, config);
    await page.route(site, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/<livy-console [^>]*>/, element).replace("</livy-console>", element.startsWith("<div") ? "</div>" : "</livy-console>");
      await route.fulfill({ response, body });
    });
    const asked = page.waitForRequest((it) => it.url().endsWith("/sessions") || it.url().includes("/sessions?"));
    await page.goto(site);
    expect(new URL((await asked).url()).pathname).toBe(`${cluster}/sessions`);
  });
}
