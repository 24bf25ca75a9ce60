// What fills the form and what is taken out of it: links, copies, presets, another session's values.
import { readFile } from "node:fs/promises";
import { create, expect, field, posts, press, session, test } from "./console.mjs";
import { conf, open, shown } from "./form.mjs";

test("copies: five formats, secrets only when asked, and what a format cannot carry", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, site);
  await press(page, "Edit or paste");
  await page.getByLabel("Request as text").fill('{"kind":"pyspark","ttl":"2h","conf":{"spark.hadoop.fs.s3a.secret.key":"hush"}}');
  await press(page, "Done");
  await page.getByText("Copy as curl, Python, and others").click();
  const copy = async (label) => {
    await page.getByLabel("Copy as", { exact: true }).selectOption({ label });
    await press(page, "Copy");
    await expect(page.getByText(/^Copied the /)).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copy("curl")).toMatch(/^curl -X POST 'http:\/\/[^']+\/livy\/sessions' [^]*X-Requested-By: livy-console/);
  expect(await copy("Python (requests)")).not.toContain("hush");
  await page.getByLabel("with secrets").check();
  expect(await copy("Python (requests)")).toContain("hush");
  await page.getByLabel("with secrets").uncheck();
  expect(await copy("pylivy")).not.toContain("ttl");
  await expect(page.getByText("Left out: ttl.")).toBeVisible();
  expect(await copy("sparkmagic")).toMatch(/^%%configure -f\n/);
  await expect(page.getByText("PySpark kernel")).toBeVisible();
  expect(JSON.parse(await copy("JSON"))).toMatchObject({ kind: "pyspark", ttl: "2h" });
});

test("a link fills the form and says so; the link of a form has neither secrets nor the proxy user", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, site);
  await page.getByLabel("Proxy user").fill("alice");
  await page.getByLabel("Queue").fill("etl");
  await press(page, "Add setting");
  await conf(page, 1).key.fill("spark.ssl.keyPassword");
  await conf(page, 1).value.fill("hush");
  await press(page, "Copy link to this form");
  await expect(page.getByText("Copied the link.")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).not.toMatch(/alice|hush/);

  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByText("Filled in from a link. Check it before you create.")).toBeVisible();
  await expect(other.getByLabel("Queue")).toHaveValue("etl");
  await expect(other.getByLabel("Proxy user")).toHaveValue("");
});

test("presets of one's own: kept, used after a reload, exported, removed, imported", async ({ page, site }) => {
  await open(page, site);
  await page.getByLabel("Queue").fill("etl");
  await page.getByText("Presets", { exact: true }).click();
  const sent = posts(page);
  await page.getByLabel("Save this form as").fill("Nightly");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Nightly", exact: true })).toBeVisible();
  expect(sent).toEqual([]);
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Export mine")]);
  const text = await readFile(await file.path(), "utf8");
  expect(JSON.stringify(JSON.parse(text))).toContain("Nightly");

  await press(page, "Clear the form");
  await page.reload();
  await page.getByText("Presets", { exact: true }).click();
  await press(page, "Nightly");
  await expect(page.getByLabel("Queue")).toHaveValue("etl");
  await press(page, "Remove Nightly");
  await expect(page.getByRole("button", { name: "Nightly", exact: true })).toHaveCount(0);
  await field(page, "presets-file").setInputFiles({ name: "p.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await expect(page.getByRole("button", { name: "Nightly", exact: true })).toBeVisible();
  await field(page, "presets-file").setInputFiles({ name: "p.json", mimeType: "application/json", buffer: Buffer.from("[{}]") });
  await expect(page.getByText("This file holds no presets")).toBeVisible();
  // What a new one replaces can be had back, and what is removed too.
  await page.getByLabel("Queue").fill("adhoc");
  await page.getByLabel("Save this form as").fill("Nightly");
  await press(page, "Save");
  await expect(page.getByText("Saved “Nightly” in this browser. It replaced the preset with this name.", { exact: true })).toBeVisible();
  await press(page, "Undo preset change");
  await press(page, "Nightly");
  await expect(page.getByLabel("Queue")).toHaveValue("etl");
  await press(page, "Remove Nightly");
  await expect(page.getByLabel("Save this form as")).toBeFocused();
  await press(page, "Undo preset change");
  await page.reload();
  await page.getByText("Presets", { exact: true }).click();
  await expect(page.getByRole("button", { name: "Nightly", exact: true })).toHaveCount(1);
});

test("two tabs keep their presets side by side, and a full storage is told", async ({ page, context, site }) => {
  const keep = async (tab, name) => {
    await tab.getByLabel("Save this form as").fill(name);
    await tab.keyboard.press("Enter");
  };
  const preset = (tab, name) => tab.getByRole("button", { name, exact: true });
  await open(page, site);
  await page.getByText("Presets", { exact: true }).click();
  const other = await context.newPage();
  await open(other, site);
  await other.getByText("Presets", { exact: true }).click();
  await keep(page, "Mine");
  await expect(preset(other, "Mine")).toBeVisible();
  await keep(other, "Other");
  await expect(preset(page, "Other")).toBeVisible();
  await expect(preset(page, "Mine")).toBeVisible();
  await page.evaluate(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; });
  await keep(page, "Third");
  await expect(page.getByText("until this page is closed")).toContainText("no storage left");
});

test("a link fills an empty form, is told after a reload too, and what stood there comes back", async ({ page, site }) => {
  const linked = page.getByText("Filled in from a link. Check it before you create.");
  await open(page, site);
  await page.getByLabel("Queue").fill("etl");
  await page.goto(`${site}#/new?kind=sql&driverMemory=2g`);
  await expect(linked).toBeVisible();
  expect(await shown(page)).toMatchObject({ kind: "sql", driverMemory: "2g" });
  await expect(page.getByLabel("Queue")).toHaveValue("");
  await page.reload();
  await expect(page.getByLabel("Driver memory")).toHaveValue("2");
  await expect(linked).toBeVisible();
  await page.goto(`${site}#/new?kind=sql&driverMemory=4g`);
  await press(page, "Undo");
  await expect(page.getByLabel("Driver memory")).toHaveValue("2");
  await press(page, "Clear the form");
  await expect(linked).toHaveCount(0);
});

test("create again with a session's values, changes marked", async ({ page, site }) => {
  await page.goto(`${site}#/new`);
  await page.getByLabel("pyspark", { exact: true }).check();
  await page.getByLabel("Queue").fill("etl");
  await page.getByLabel("Executor memory", { exact: true }).fill("2g");
  await press(page, "Create session");
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  await page.getByRole("button", { name: "Create again with these values" }).click();
  await expect(page.getByText(/Copied from session \d+/)).toBeVisible();
  await expect(page.getByLabel("pyspark", { exact: true })).toBeChecked();
  await expect(page.getByLabel("Queue")).toHaveValue("etl");
  await expect(page.locator(".lc-tag")).toHaveCount(0);
  await page.getByLabel("Queue").fill("adhoc");
  await expect(page.getByText("changed, was etl")).toBeVisible();
  // The mark takes nothing of the control's room.
  expect((await page.getByLabel("Queue").boundingBox()).width).toBeGreaterThan(150);
  await press(page, "Add setting");
  await conf(page, 1).key.fill("spark.a");
  await expect(page.getByText("changed: spark.a", { exact: true })).toBeVisible();
});
