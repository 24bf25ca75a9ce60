// base-url="demo:": a pretend cluster inside the page, on a host without any Livy.
import { expect, field, fresh, press, session, test as base, unique } from "./console.mjs";

/** `still`: a host of nothing but files. What is behind /livy there would fail. */
const test = base.extend({
  still: async ({ host }, use) => {
    const { address } = await host("--livy", "http://127.0.0.1:1");
    await use(address);
  },
});

const note = (page) => page.getByText("Pretend cluster running inside this page.");
const row = (page, name) => page.locator("tr[data-session-id]").filter({ hasText: name });
const own = (page) => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("livy-console:own")));

/** Answers for the page with its element changed. */
const asElement = (page, site, attributes) => page.route(site, async (route) => {
  const response = await route.fetch();
  const html = (await response.text()).replace("<livy-console page", `<livy-console page ${attributes}`);
  await route.fulfill({ response, body: html });
});

/** What the page asks for that is no file of the bundle. */
function strangers(page, site) {
  const asked = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site) || url.slice(site.length).includes("/") || /livy(\/|$)/.test(url)) asked.push(url);
  });
  return asked;
}

async function remove(page) {
  await page.getByRole("button", { name: "Delete session", exact: true }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete session" }).click();
}

test("a host of files alone: sessions to look at, one is made, becomes idle with its log, and is deleted", async ({ page, context, still, trouble }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const asked = strangers(page, still);
  await asElement(page, still, 'base-url="demo:"');
  await page.goto(still);
  await expect(note(page)).toBeVisible();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  for (const [name, state] of [["yarn-reports", "idle"], ["churn-model", "idle"], ["killed-backfill", "killed"], ["dies-while-starting", "dead"]]) {
    await expect(row(page, name)).toContainText(state);
  }
  await page.getByRole("link", { name: "New session" }).click();
  await expect(note(page)).toBeVisible();
  await page.getByText("Copy as curl, Python, and others").click();
  await page.getByLabel("Copy as", { exact: true }).selectOption({ label: "curl" });
  await press(page, "Copy");
  await expect(page.getByText(/^Copied the /)).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("'https://pretend.invalid/livy/sessions'");
  const name = unique("etl");
  await page.getByLabel("pyspark", { exact: true }).check();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await press(page, "Create session");
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(session(page)).toHaveAttribute("data-session-state", "starting");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(page.getByText("Created Spark session.")).toBeVisible();
  await expect(note(page)).toBeInViewport();
  await remove(page);
  await expect(page.getByText("The session is deleted")).toBeVisible();
  await page.goto(`${still}#/nothing/here/at/all`);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await expect(note(page)).toBeVisible();
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(row(page, "yarn-reports")).toBeVisible();
  await expect(row(page, name)).toHaveCount(0);
  expect(await own(page)).toEqual([]);
  expect(asked).toEqual([]);
  expect(trouble).toEqual([]);
});

test("a lost answer is no request to anybody, and a reload resets the cluster but keeps the form", async ({ page, still, trouble }) => {
  const asked = strangers(page, still);
  await asElement(page, still, 'base-url="demo:"');
  await page.goto(`${still}#/new`);
  const name = unique("never-arrives");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Driver memory").fill("3g");
  await press(page, "Create session");
  await expect(page.locator("[data-create='unknown']")).toContainText(name);
  await page.reload();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
  await expect(page.getByLabel("Driver memory")).toHaveValue("3");
  // Nobody looks for a session of a cluster that is gone.
  await expect(page.locator("[data-create]")).toHaveCount(0);

  const made = unique("etl");
  await page.getByLabel("Name", { exact: true }).fill(made);
  await press(page, "Create session");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await page.reload();
  await expect(note(page)).toBeVisible();
  await expect(page.getByText("Created Spark session.")).toHaveCount(0);
  await expect(session(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(row(page, "yarn-reports")).toBeVisible();
  await expect(row(page, made)).toHaveCount(0);
  expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => /:(intent|sent|watched|own)@/.test(key)))).toEqual([]);
  expect(asked).toEqual([]);
  expect(trouble).toEqual([]);
});

test("only the element can choose it: a file and the former attribute are refused in words", async ({ page, still }) => {
  const asked = strangers(page, still);
  await page.route("**/config.json", (route) => route.fulfill({ json: { baseUrl: "demo:" } }));
  await page.goto(still);
  await expect(page.getByRole("alert")).toContainText("baseUrl in config.json");
  await expect(page.getByRole("alert")).toContainText("Enter a path such as /livy");
  await page.unroute("**/config.json");
  await page.route(still, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("<livy-console page", '<livy-console page data-base-url="demo:"') });
  });
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("data-base-url");
  await expect(page.getByRole("alert")).toContainText("“demo:” cannot be used.");
  await expect(note(page)).toHaveCount(0);
  expect(asked).toEqual([]);
});

test("whoever has a cluster fetches nothing of it, and sees no note", async ({ page, site }) => {
  const asked = [];
  page.on("request", (it) => asked.push(it.url()));
  await page.goto(`${site}#/new`);
  await expect(field(page, "driverMemory")).toBeVisible();
  await expect(note(page)).toHaveCount(0);
  expect(asked.filter((it) => it.includes("-demo-"))).toEqual([]);
});

test("two on one page, one without its bar: each has a cluster of its own and says so", async ({ page, still, trouble }) => {
  const asked = strangers(page, still);
  await page.route(`${still}portal.html`, (route) => route.fulfill({
    contentType: "text/html",
    body: `<!doctype html><html lang="en"><title>Portal</title><script type="module" src="./livy-console.js"></script><main>
      <h1>Portal</h1><livy-console id="a" base-url="demo:"></livy-console><livy-console id="b" base-url="demo:" no-bar route="/new"></livy-console></main>`,
  }));
  await page.goto(`${still}portal.html`);
  const [a, b] = ["#a", "#b"].map((it) => page.locator(it));
  for (const it of [a, b]) await expect(note(it)).toBeVisible();
  await expect(b.getByRole("link", { name: "New session" })).toHaveCount(0);
  const name = unique("etl");
  await b.getByLabel("Name", { exact: true }).fill(name);
  await press(b, "Create session");
  await expect(b.locator("[data-session-id]").first()).toHaveAttribute("data-session-state", "idle");
  await b.evaluate((it) => it.navigate("/"));
  await expect(row(b, name)).toBeVisible();
  await a.evaluate((it) => it.refresh());
  await expect(row(a, "yarn-reports")).toBeVisible();
  await expect(row(a, name)).toHaveCount(0);
  expect(asked.filter((it) => !it.endsWith("/portal.html"))).toEqual([]);
  expect(trouble).toEqual([]);
});
