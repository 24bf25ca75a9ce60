// What colleagues paste that was not written for Livy: Spark's own commands, files and programs, and tools' configurations.
import { expect, posts, press, test } from "./console.mjs";

const shown = async (page) => JSON.parse(await page.locator("[data-request-preview]").textContent());
const said = (page) => page.locator("#lc-request-said");

for (const [what, text, read, notes] of [
  [
    "a spark-submit command",
    "spark-submit --master yarn --queue etl --driver-memory 2g \\\n  --conf spark.sql.shuffle.partitions=400 job.py --password=hush",
    "a spark-submit command",
    ["--master", "the application"],
  ],
  [
    "spark-defaults.conf",
    "# defaults\nspark.master                  yarn\nspark.yarn.queue              etl\nspark.driver.memory           2g\nspark.sql.shuffle.partitions  400",
    "a Spark properties file",
    ["spark.master"],
  ],
  [
    "a builder",
    'spark = (SparkSession.builder.master("yarn").config("spark.yarn.queue", "etl")\n  .config("spark.driver.memory", "2g").config("spark.sql.shuffle.partitions", 400).getOrCreate())',
    "the Spark settings of a program",
    ["master"],
  ],
  [
    "wget",
    `wget -qO- --header=Content-Type:application/json --post-data '{"queue":"etl","driverMemory":"2g","conf":{"spark.sql.shuffle.partitions":"400"}}' http://x/sessions`,
    "a wget command",
    [],
  ],
  [
    "sparkmagic's configuration",
    '{"kernel_python_credentials":{"password":"hush"},"session_configs":{"queue":"etl","driverMemory":"2g","conf":{"spark.sql.shuffle.partitions":"400"}}}',
    "a sparkmagic configuration",
    ["Only session_configs"],
  ],
]) {
  test(`${what} fills the form, and what a session cannot take is named`, async ({ page, site, trouble }) => {
    await page.goto(`${site}#/new`);
    const sent = posts(page);
    await press(page, "Edit or paste");
    await page.getByLabel("Request as text").fill(text);
    await expect(said(page)).toContainText(`Read as ${read}`);
    for (const note of notes) await expect(said(page)).toContainText(note);
    await expect(said(page)).not.toContainText("hush");
    await expect(page.getByLabel("Queue")).toHaveValue("etl");
    expect(await shown(page)).toMatchObject({ queue: "etl", driverMemory: "2g", conf: { "spark.sql.shuffle.partitions": "400" } });
    expect(sent).toEqual([]);
  });
}

test("an object without a field of a session leaves the form as it is; the box names what it reads", async ({ page, site, trouble }) => {
  await page.goto(`${site}#/new`);
  await page.getByLabel("Queue").fill("etl");
  await press(page, "Edit or paste");
  const editor = page.getByLabel("Request as text");
  await editor.fill("");
  for (const kind of ["curl", "wget", "spark-submit", "spark-defaults.conf", "SparkSession"]) await expect(said(page)).toContainText(kind);
  for (const text of ["{}", '{"title":"x"}', "curl -d '{\"user\":\"x\"}' http://x/login"]) {
    await editor.fill(text);
    await expect(said(page)).toContainText("No field of a session");
    await expect(page.getByLabel("Queue")).toHaveValue("etl");
  }
  await editor.fill("hello");
  await expect(said(page)).toContainText("Can't read this. Paste JSON");
});

test("what reads other tools' texts is fetched when it is wanted, and nothing typed is lost where it does not come", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const asked = [];
  page.on("request", (it) => it.url().includes("-paste-") && asked.push(it.url()));
  await page.route("**/*-paste-*.wasm", (route) => route.abort());
  await page.goto(`${site}#/new`);
  await expect(page.locator("[data-request-preview]")).toContainText("kind");
  expect(asked).toEqual([]);
  await press(page, "Edit or paste");
  const editor = page.getByLabel("Request as text");
  await editor.fill("curl -d '{\"queue\":\"etl\"}' http://x/sessions");
  await expect(said(page)).toContainText("Couldn't load what reads this text");
  await expect(editor).toHaveValue(/^curl/);
  // It stays while the form changes and the box is closed.
  await page.getByLabel("Driver cores", { exact: true }).fill("2");
  await press(page, "Done");
  await press(page, "Edit or paste");
  await expect(editor).toHaveValue(/^curl/);
  // Copies as JSON need nothing; another format says why it is not there.
  await page.getByText("Copy as curl, Python, and others").click();
  await press(page, "Copy");
  await expect(page.getByText("Copied the request.")).toBeVisible();
  await page.getByLabel("Copy as", { exact: true }).selectOption({ label: "curl" });
  await expect(page.getByText("Couldn't load this format.")).toBeVisible();
  // It comes late: the text is read and the copy is made then.
  await page.unroute("**/*-paste-*.wasm");
  await page.route("**/*-paste-*.wasm", async (route) => {
    await new Promise((go) => setTimeout(go, 700));
    await route.continue();
  });
  await press(page, "Copy");
  await expect(said(page)).toHaveText("Loading…");
  await expect(page.getByLabel("Queue")).toHaveValue("etl");
  await expect(page.getByText("Copied the request.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^curl -X POST/);
});
