// Accessibility by axe and narrow screens, light and dark; with SHOTS=folder also the pictures for people to look at.
import AxeBuilder from "@axe-core/playwright";
import { armPanic, create, expect, fresh, press, session, test, unique } from "./console.mjs";

const screens = {
  "sessions": async (page, site) => {
    for (const story of ["etl-nightly", "dies-while-starting", "yarn", "never-idle"]) {
      await create(page, site, unique(story));
      await expect(page).toHaveURL(/#\/sessions\/\d+$/);
    }
    await expect(session(page)).toHaveAttribute("data-session-state", "starting");
    await page.goto(`${site}#/`);
    await expect(page.getByRole("row").nth(4)).toBeVisible();
    await expect(page.getByRole("row", { name: "dies-while-starting" }).last()).toHaveAttribute("data-session-state", "dead");
  },
  "sessions-none": async (page, site) => {
    await page.route("**/livy/sessions?*", (route) => route.fulfill({ json: { from: 0, total: 0, sessions: [] } }));
    await page.goto(site);
    await expect(page.getByRole("heading", { name: "No sessions yet" })).toBeVisible();
  },
  "new": async (page, site) => {
    await page.goto(`${site}#/new`);
    await expect(page.getByText("Ready", { exact: true })).toBeVisible();
  },
  "new-wrong": async (page, site) => {
    await page.goto(`${site}#/new`);
    for (const [label, text] of [["Name", "123"], ["Driver memory", "1.5g"], ["Driver cores", "0"],
      ["Executor memory", "512"], ["Executor cores", "two"], ["Executors", "-1"]]) {
      await page.getByRole("textbox", { name: label, exact: true }).fill(text);
    }
    const lists = ["Jars", "Python files", "Files", "Archives"];
    for (const noun of ["jar", "Python file", "file", "archive"]) await press(page, `Add ${noun}`);
    for (const label of lists) {
      await page.getByLabel(`${label} 1`, { exact: true }).fill("lib/a relative path that is rather long and has no place to break/helper.jar");
    }
    await press(page, "Create session");
    await expect(page.getByRole("alert")).toContainText("10 problems need attention");
  },
  "new-filled": async (page, site) => {
    await page.goto(`${site}#/new`);
    await press(page, "Edit or paste");
    await page.getByLabel("Request as text").fill(JSON.stringify({
      kind: "pyspark", name: "nightly-etl", queue: "etl", driverMemory: "2g", driverCores: 2, executorMemory: "4g", executorCores: 2,
      numExecutors: 10, jars: ["hdfs:///lib/udf.jar", "s3a://shared/lib/geo-1.2.jar"], pyFiles: ["hdfs:///lib/helpers.zip"], ttl: "8h",
      idleTimeout: "1h", heartbeatTimeoutInSecond: 600, nosuch: { a: 1 },
      conf: { "spark.sql.shuffle.partitions": "400", "spark.hadoop.fs.s3a.secret.key": "hush", "spark.master": "local" },
    }));
    await page.getByText("Presets", { exact: true }).click();
    await page.getByText("Copy as curl, Python, and others").click();
    await expect(page.getByText("Not sent: Livy doesn't accept these fields.")).toBeVisible();
  },
  "misconfigured": async (page, site) => {
    await page.route("**/config.json", (route) => route.fulfill({ json: { policy: { ranges: { driverMemory: { max: "much" } } } } }));
    await page.goto(site);
    await expect(page.getByRole("alert")).toContainText("policy.ranges.driverMemory.max");
  },
  "new-refused": async (page, site) => {
    await page.goto(`${site}#/new`);
    await press(page, "Add jar");
    await page.getByLabel("Jars 1", { exact: true }).fill("/lib/a.jar");
    await press(page, "Create session");
    await expect(page.locator("[data-create='refused']")).toBeVisible();
  },
  "session": async (page, site) => {
    await create(page, site, unique("yarn"));
    await expect(session(page)).toHaveAttribute("data-session-state", "idle");
    await expect(page.getByRole("log")).toContainText("Created Spark session.");
  },
  "session-delete": async (page, site) => {
    await create(page, site, unique("never-idle"));
    await press(page, "Delete session");
    await expect(page.getByRole("dialog")).toBeVisible();
  },
  "session-dead": async (page, site) => {
    await create(page, site, unique("dies-while-starting"));
    await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  },
  "session-missing": async (page, site) => {
    await page.goto(`${site}#/sessions/999999`);
    await expect(page.getByText("Session not found")).toBeVisible();
  },
  "session-server-down": async (page, site) => {
    await create(page, site, unique("never-idle"));
    await expect(page.locator("[data-log-line]").first()).toBeVisible();
    await page.route("**/livy/**", (route) => route.abort());
    await expect(page.getByRole("alert")).toContainText("No connection to /livy");
  },
  "server-down": async (page, site) => {
    await page.route("**/livy/**", (route) => route.abort());
    await page.goto(site);
    await expect(page.getByRole("alert")).toBeVisible();
  },
  "no-page": async (page, site) => {
    await page.goto(`${site}#/sessions/%`);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  },
  "stopped": async (page, site) => {
    await armPanic(page);
    await page.goto(`${site}#/new`);
    await expect(page.getByText("Ready", { exact: true })).toBeVisible();
    await page.evaluate(() => window.panic("index out of bounds"));
    await expect(page.getByRole("alert").first()).toContainText("The console stopped");
  },
  "part-failed": async (page, site) => {
    await page.route("**/*-form-*.wasm", (route) => route.fulfill({ status: 404 }));
    await page.goto(`${site}#/new`);
    await expect(page.getByRole("alert")).toContainText("This page could not be loaded");
  },
  "start-failed": async (page, site) => {
    await page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
    await page.goto(site);
    await expect(page.getByRole("alert")).toBeVisible();
  },
};

const variants = [
  ["wide", 1280, 900, "light"],
  ["wide-dark", 1280, 900, "dark"],
  ["narrow", 360, 780, "light"],
  ["narrow-dark", 360, 780, "dark"],
  ["narrowest", 320, 640, "light"],
];

// Five looks, each with axe, on a machine that may be busy.
test.setTimeout(120_000);

for (const [name, open] of Object.entries(screens)) {
  test(`${name}: axe objects to nothing, nothing scrolls sideways, wide and narrow, light and dark`, async ({ page, site }) => {
    await open(page, site);
    for (const [variant, width, height, colorScheme] of variants) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      if (process.env.SHOTS) {
        await page.evaluate(() => scrollTo(0, 0));
        await page.screenshot({ path: `${process.env.SHOTS}/${name}-${variant}.png`, fullPage: width < 1280 });
      }
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect.soft(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target).join(" ")}`), variant).toEqual([]);
      const content = await page.evaluate(() => document.documentElement.scrollWidth);
      expect.soft(content, variant).toBeLessThanOrEqual(width);
    }
  });
}
