// The request form beyond its first fields: units, rows, configuration, texts both ways, the estimate.
import { expect, field, inRoot, posts, press, session, test, unfold } from "./console.mjs";
import { conf, open, shown } from "./form.mjs";

/** Pastes a text as the clipboard would. */
const paste = (control, text) => control.evaluate((node, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  node.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}, text);

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

test("a number needs its unit, and a typed unit moves into the picker", async ({ page, site, trouble }) => {
  await open(page, site);
  const memory = page.getByLabel("Driver memory");
  const unit = field(page, "driverMemory.unit");
  await expect(unit).toHaveValue("");
  await memory.fill("2");
  await expect(page.locator("#lc-driverMemory-below")).toContainText("unit");
  expect(await shown(page)).not.toHaveProperty("driverMemory");
  await unit.selectOption({ label: "GiB" });
  await expect.poll(() => shown(page)).toMatchObject({ driverMemory: "2g" });
  await memory.fill("512m");
  await memory.blur();
  await expect(memory).toHaveValue("512");
  await expect(unit.locator("option:checked")).toHaveText("MiB");
  expect(await shown(page)).toMatchObject({ driverMemory: "512m" });
  // As people write it.
  for (const [typed, sent] of [["4 GB", "4g"], ["4GB", "4g"], ["4 GiB", "4g"], ["4gib", "4g"], ["4 g", "4g"]]) {
    await memory.fill("");
    await unit.selectOption("");
    await memory.pressSequentially(typed);
    expect(await shown(page)).toMatchObject({ driverMemory: sent });
    await memory.blur();
    await expect(memory).toHaveValue("4");
    await expect(unit.locator("option:checked")).toHaveText("GiB");
    await expect(memory).not.toHaveAttribute("aria-invalid", "true");
  }
  // A fraction is offered in whole numbers.
  await memory.fill("1.5g");
  await press(page, "Use 1536m");
  await expect(memory).toHaveValue("1536");
  await expect(memory).toBeFocused();
  await expect(page.getByRole("button", { name: /^Use / })).toHaveCount(0);
  await memory.fill("512m");
  await unfold(page, "Lifetime");
  // Typed letter by letter over a chosen unit that begins like it.
  const idleUnit = field(page, "idleTimeout.unit");
  await idleUnit.selectOption({ label: "minutes" });
  await page.getByLabel("Idle timeout", { exact: true }).pressSequentially("45min");
  await page.getByLabel("Idle timeout", { exact: true }).blur();
  await expect(page.getByLabel("Idle timeout", { exact: true })).toHaveValue("45");
  expect(await shown(page)).toMatchObject({ idleTimeout: "45min" });
  await page.getByLabel("Idle timeout", { exact: true }).fill("");
  await idleUnit.selectOption("");

  const ttl = page.getByLabel("Time to live");
  await ttl.fill("90 min");
  await ttl.blur();
  await expect(ttl).toHaveValue("90");
  await expect(field(page, "ttl.unit")).toHaveValue("m");

  const idle = page.getByLabel("Idle timeout", { exact: true });
  await idle.fill("30");
  await expect(page.locator("#lc-idleTimeout-below")).toContainText("milliseconds");
  await field(page, "idleTimeout.unit").selectOption({ label: "minutes" });
  await expect.poll(() => shown(page)).toMatchObject({ idleTimeout: "30m" });
});

test("the configuration: completed, pasted, secrets masked, what Livy refuses or replaces told", async ({ page, site, trouble }) => {
  await open(page, site);
  const asked = [];
  page.on("request", (it) => it.url().includes("spark-conf") && asked.push(it.url()));
  await press(page, "Add setting");
  expect(asked).toEqual([]);
  await conf(page, 1).key.pressSequentially("partitions shuffle");
  const offered = page.getByRole("listbox", { name: "Spark settings" });
  await expect(offered.getByRole("option", { name: "spark.sql.shuffle.partitions" })).toContainText("Default 200");
  expect(asked).toHaveLength(1);
  // Escape closes what is offered and nothing else; the arrows choose, and Enter takes without sending anything.
  await page.keyboard.press("Escape");
  await expect(offered).toHaveCount(0);
  const sent = posts(page);
  await conf(page, 1).key.fill("shuffle.partitions");
  await expect(offered.getByRole("option")).not.toHaveCount(0);
  await page.keyboard.press("ArrowDown");
  await expect(offered.getByRole("option", { selected: true })).toContainText("spark.sql.shuffle.partitions");
  await page.keyboard.press("Enter");
  await expect(conf(page, 1).key).toHaveValue("spark.sql.shuffle.partitions");
  await expect(conf(page, 1).value).toBeFocused();
  await expect(offered).toHaveCount(0);
  expect(sent).toEqual([]);
  await expect(page.locator("#lc-conf-0-below")).toContainText("Default 200");
  await conf(page, 1).value.fill("50");

  await press(page, "Add setting");
  await paste(conf(page, 2).key, "spark.submit.deployMode cluster\n--conf spark.master=local\nspark.hadoop.fs.s3a.secret.key = hush");
  await expect(conf(page, 4).value).toHaveAttribute("type", "password");
  await expect(page.locator("#lc-conf-1-below")).toContainText("Livy refuses");
  await expect(page.locator("#lc-conf-2-below")).toContainText("server's master");
  await press(page, "Remove Spark configuration 2");
  const request = await shown(page);
  expect(request.conf).toMatchObject({ "spark.sql.shuffle.partitions": "50", "spark.master": "local" });
  expect(request.conf["spark.hadoop.fs.s3a.secret.key"]).not.toContain("hush");
  await press(page, "Show secrets");
  expect((await shown(page)).conf["spark.hadoop.fs.s3a.secret.key"]).toBe("hush");

  // What is kept for a reload is without it.
  await page.reload();
  await expect(conf(page, 1).value).toHaveValue("50");
  expect(await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))).not.toContain("hush");
});

test("what is filled in is judged at once, and warnings are counted beside the button", async ({ page, site }) => {
  await page.goto(`${site}#/new?numExecutors=0&jars=lib/a.jar`);
  await expect(page.locator("#lc-numExecutors-below")).toContainText("dynamic allocation");
  await expect(page.getByLabel("Jars 1", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("Fix 1 problem first", { exact: true })).toBeVisible();
  await page.getByLabel("Jars 1", { exact: true }).fill("hdfs:///lib/a.jar");
  const warned = page.getByText("Ready, 1 warning", { exact: true });
  await expect(warned).toBeVisible();
  // What it is can be read there, and leads to its control.
  await warned.click();
  const said = page.getByRole("group").filter({ has: warned });
  await expect(said.getByRole("listitem")).toContainText("dynamic allocation");
  await said.getByRole("link", { name: "Executors" }).click();
  await expect(field(page, "numExecutors")).toBeFocused();
  await field(page, "numExecutors").fill("2");
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  await field(page, "numExecutors").fill("0");
  // So it is after a reload.
  await page.reload();
  await expect(page.locator("#lc-numExecutors-below")).toContainText("dynamic allocation");
});

test("Enter shows a warning first that nobody has seen yet", async ({ page, site }) => {
  await open(page, site);
  const sent = posts(page);
  await unfold(page, "Lifetime");
  const heartbeat = field(page, "heartbeatTimeoutInSecond");
  await heartbeat.pressSequentially("45");
  await page.keyboard.press("Enter");
  await expect(page.locator("#lc-heartbeatTimeoutInSecond-below")).toContainText("background tab", { timeout: 300 });
  await expect(heartbeat).toBeFocused();
  expect(sent).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  expect(sent.length).toBe(1);
});

test("what has the focus is not under the bar with the button", async ({ page, site }) => {
  for (const [viewport, opens] of [[{ width: 1280, height: 700 }, true], [{ width: 360, height: 740 }, false]]) {
    await page.setViewportSize(viewport);
    await page.goto(`${site}#/new?numExecutors=0&archives=hdfs:///a.zip&name=a/b`);
    const warned = page.getByText("Ready, 3 warnings");
    await expect(warned).toBeVisible();
    if (opens) await warned.click();
    await page.getByRole("radio", { checked: true }).focus();
    for (;;) {
      await page.keyboard.press("Tab");
      const [name, below] = await inRoot(page, (root) => {
        const [it, bar] = [root.activeElement, root.querySelector(".lc-actions")];
        return [it.textContent, bar.contains(it) ? 0 : it.getBoundingClientRect().bottom - bar.getBoundingClientRect().top];
      });
      expect(below, name).toBeLessThanOrEqual(0);
      if (name === "Create session") break;
    }
  }
});

test("rows change their places by the keyboard, and many lines become many rows", async ({ page, site }) => {
  await open(page, site);
  await press(page, "Add file");
  await paste(page.getByLabel("Files 1", { exact: true }), "hdfs:///a\nhdfs:///b\nhdfs:///c");
  await expect(page.getByLabel("Files 3", { exact: true })).toBeFocused();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page.getByLabel("Files 2", { exact: true })).toBeFocused();
  expect((await shown(page)).files).toEqual(["hdfs:///a", "hdfs:///c", "hdfs:///b"]);
  await press(page, "Move Files 2 up");
  expect((await shown(page)).files).toEqual(["hdfs:///c", "hdfs:///a", "hdfs:///b"]);
  // The list of a command line.
  await press(page, "Add jar");
  await paste(page.getByLabel("Jars 1", { exact: true }), "--jars hdfs:///a.jar,hdfs:///b.jar");
  await expect(page.getByLabel("Jars 2", { exact: true })).toHaveValue("hdfs:///b.jar");
});

for (const [what, text, read] of [
  ["JSON", '{"kind":"sql","driverCores":2,"tags":{"a":1}}', "JSON"],
  ["curl", "curl -X POST http://x:8998/sessions -H 'Content-Type: application/json' -d '{\"kind\": \"sql\", \"driverCores\": 2, \"tags\": {\"a\": 1}}'", "a curl command"],
  ["sparkmagic", '%%configure -f\n{"driverCores": 2, "tags": {"a": 1}}', "a sparkmagic cell"],
  ["requests", "requests.post(url, json={'kind': 'sql', 'driverCores': 2, 'tags': {'a': 1}})", "a Python snippet with requests"],
]) {
  test(`${what} fills the form; what Livy does not know is kept aside`, async ({ page, site, trouble }) => {
    await open(page, site);
    await press(page, "Edit or paste");
    const editor = page.getByLabel("Request as text");
    await expect(editor).toBeFocused();
    await editor.fill(text);
    await expect(page.locator("#lc-request-said")).toContainText(`Read as ${read}. The form is filled in.`);
    await expect(page.getByLabel("Driver cores", { exact: true })).toHaveValue("2");
    if (what !== "sparkmagic") await expect(page.getByLabel("sql", { exact: true })).toBeChecked();
    await expect(page.getByText("Not sent: Livy doesn't accept these fields.")).toBeVisible();
    expect(await shown(page)).not.toHaveProperty("tags");
    // Nothing of a text that is none reaches the form.
    await editor.fill("curl -d @body.json http://x/sessions");
    await expect(page.locator("#lc-request-said")).toContainText("the file body.json");
    await expect(page.getByLabel("Driver cores", { exact: true })).toHaveValue("2");
  });
}

test("the text of the request holds all of the form, follows it, and gives everything back", async ({ page, site }) => {
  await open(page, site);
  await press(page, "Edit or paste");
  const editor = page.getByLabel("Request as text");
  await editor.fill('{"kind":"pyspark","ttl":"5","tags":{"a":1},"conf":{"spark.ssl.keyPassword":"hush","spark.a":"1"}}');
  await press(page, "Done");
  await press(page, "Edit or paste");
  // What is wrong, and what has no place in the form, is in it; a secret is not.
  await expect(editor).toHaveValue(/"ttl": "5"[^]*"tags"/);
  await expect(editor).not.toHaveValue(/hush|"name"/);
  // Somebody fills in a field meanwhile.
  await page.getByLabel("Queue").fill("etl");
  await expect(editor).toHaveValue(/"queue": "etl"/);
  // A secret is behind its mask as long as its key is what it was when the text was opened.
  const text = await editor.inputValue();
  await editor.fill(text.replace("keyPassword", "keyPasswor"));
  await editor.fill(text.replace('"etl"', '"adhoc"'));
  await expect(page.getByLabel("Queue")).toHaveValue("adhoc");
  await expect(conf(page, 1).value).toHaveValue("hush");
  await expect(page.getByText("Not sent: Livy doesn't accept these fields.")).toBeVisible();
  await press(page, "Undo");
  await expect(page.getByLabel("Queue")).toHaveValue("etl");
  await expect(editor).toHaveValue(/"queue": "etl"/);
});

test("the request beside the form is whole text: line by line as it changes, and when it is marked and copied", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, site);
  const preview = page.locator("[data-request-preview]");
  const whole = async (value) => {
    await expect.poll(() => shown(page)).toEqual({ kind: "spark", name: "by-hand", ...value });
    const text = await preview.textContent();
    expect(text).toBe(JSON.stringify(JSON.parse(text), null, 2));
    await preview.evaluate((it) => getSelection().selectAllChildren(it));
    await page.keyboard.press("Control+C");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  };
  await page.getByLabel("Name", { exact: true }).fill("by-hand");
  await press(page, "Add jar");
  await paste(page.getByLabel("Jars 1", { exact: true }), "s3a://b/1.jar\ns3a://b/2.jar\ns3a://b/3.jar");
  await whole({ jars: ["s3a://b/1.jar", "s3a://b/2.jar", "s3a://b/3.jar"] });
  await page.getByLabel("Jars 2", { exact: true }).fill("s3a://b/two.jar");
  await whole({ jars: ["s3a://b/1.jar", "s3a://b/two.jar", "s3a://b/3.jar"] });
  await press(page, "Remove Jars 1");
  await page.getByLabel("Queue").fill("etl");
  await whole({ jars: ["s3a://b/two.jar", "s3a://b/3.jar"], queue: "etl" });
  await press(page, "Remove Jars 1");
  await press(page, "Remove Jars 1");
  await whole({ queue: "etl" });
});

test("Enter in a row goes on to the next one and sends nothing; Tab leaves a key for its value", async ({ page, site }) => {
  await open(page, site);
  const sent = posts(page);
  await press(page, "Add jar");
  const jar = (row) => page.getByLabel(`Jars ${row}`, { exact: true });
  await page.keyboard.press("Enter");
  await expect(jar(1)).toBeFocused();
  await page.keyboard.type("hdfs:///a.jar");
  await page.keyboard.press("Enter");
  await expect(jar(2)).toBeFocused();
  await jar(1).focus();
  await page.keyboard.press("Enter");
  await expect(jar(2)).toBeFocused();

  await press(page, "Add setting");
  await conf(page, 1).key.pressSequentially("spark.executor");
  await expect(page.getByRole("listbox")).toBeVisible();
  // The list is longer than its room, and scrolls.
  await page.keyboard.press("Tab");
  await expect(conf(page, 1).value).toBeFocused();
  await conf(page, 1).key.fill("spark.sql.shuffle");
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await expect(conf(page, 1).value).toBeFocused();
  await page.keyboard.type("8");
  await page.keyboard.press("Enter");
  await expect(conf(page, 2).key).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(conf(page, 3).key).toHaveCount(0);
  expect(sent).toEqual([]);
  expect((await shown(page)).conf).toEqual({ "spark.sql.shuffle": "8" });
});

test("what is pasted over all of a row replaces it; a misspelt key of Spark is told", async ({ page, site }) => {
  await open(page, site);
  await press(page, "Add jar");
  const jar = page.getByLabel("Jars 1", { exact: true });
  await jar.fill("hdfs:///old.jar");
  await jar.selectText();
  await paste(jar, "hdfs:///1.jar\nhdfs:///2.jar");
  expect((await shown(page)).jars).toEqual(["hdfs:///1.jar", "hdfs:///2.jar"]);
  await press(page, "Add setting");
  await conf(page, 1).key.fill("spark.sql.shufle.partitions");
  await expect(page.locator("#lc-conf-0-below")).toContainText("Did you mean spark.sql.shuffle.partitions?");
  await conf(page, 1).key.fill("spark.sql.shuffle.partitions");
  await expect(page.locator("#lc-conf-0-below")).toContainText("Since Spark");
});

test("the keyboard keeps its place where a button goes with what it did", async ({ page, site }) => {
  await open(page, site);
  await page.getByLabel("Queue").fill("etl");
  await press(page, "Clear the form");
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Queue")).toHaveValue("etl");
  await expect(page.getByRole("button", { name: "Fill in the example" })).toBeFocused();
  // Where something else can be had back, Undo stays and keeps the focus.
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Undo", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Queue")).toHaveValue("etl");
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeFocused();
});

test("what it takes follows the fields by Spark's own rules", async ({ page, site }) => {
  await open(page, site);
  const row = (name) => page.getByRole("row", { name });
  await page.getByLabel("Executor memory", { exact: true }).fill("4g");
  await page.getByLabel("Executors", { exact: true }).fill("10");
  await page.getByLabel("Executor cores", { exact: true }).fill("4");
  // 4 GiB and 10 % (410 MiB) on top; the driver has 1 GiB and 384 MiB.
  await expect(row("Each executor")).toContainText("4.4 GiB");
  await expect(row("Total")).toContainText("11");
  await expect(row("Total")).toContainText("41");
  await press(page, "Add setting");
  await conf(page, 1).key.fill("spark.executor.memoryOverhead");
  await conf(page, 1).value.fill("2g");
  await expect(row("Each executor")).toContainText("6 GiB");
});
