// Several clusters by configuration: one page, a choice in its bar, a machine for each that goes on while another is looked at.
import { create, expect, field, fresh, posts, press, second, session, test, unique } from "./console.mjs";

const TWO = { clusters: [{ key: "prod", cluster: "Production" }, { key: "lab", cluster: "Laboratory", baseUrl: "/livy2" }] };

async function two(page, context, site, host, config = TWO) {
  await second(context, site, host);
  await page.route("**/config.json", (route) => route.fulfill({ json: config }));
}
const choice = (page) => page.getByLabel("Cluster", { exact: true });
const asked = (page, part) => {
  const all = [];
  page.on("request", (request) => request.url().includes(part) && all.push(request.url()));
  return all;
};

test("the choice in the bar changes the cluster, the address and the title, and keeps the focus", async ({ page, context, site, host, trouble }) => {
  await two(page, context, site, host, { ...TWO, product: "Sparky", help: "https://help.example/", terms: "terms.html" });
  const lab = asked(page, "/livy2/");
  await page.goto(site);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(choice(page).locator("option")).toHaveText(["Production", "Laboratory"]);
  await expect(page.getByRole("banner")).toContainText("Sparky");
  await expect(page.getByRole("link", { name: "Help" })).toHaveAttribute("href", "https://help.example/");
  await expect(page.getByRole("link", { name: "Terms" })).toHaveAttribute("href", "terms.html");
  expect(lab, "a cluster that nobody looked at is not asked").toEqual([]);
  await choice(page).selectOption("Laboratory");
  await expect(page).toHaveURL(/#\/@lab\/$/);
  await expect(choice(page)).toHaveValue("lab");
  await expect(choice(page)).toBeFocused();
  await expect.poll(() => lab.length).toBeGreaterThan(0);
  await page.getByRole("link", { name: "New session" }).click();
  await expect(page).toHaveURL(/#\/@lab\/new$/);
  await expect(page).toHaveTitle("New session · Sparky");
  await expect(page.getByText("POST /livy2/sessions")).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(choice(page)).toHaveValue("prod");
  expect(trouble).toEqual([]);
});

test("each cluster has its own form, its own sessions, and is found where it was left", async ({ page, context, site, host, trouble }) => {
  await two(page, context, site, host);
  const name = unique("etl");
  await create(page, site, name);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(page).toHaveURL(/#\/@prod\/sessions\/\d+$/);
  const there = page.url();
  await page.getByRole("link", { name: "New session" }).click();
  await field(page, "queue").fill("of-production");
  await choice(page).selectOption("Laboratory");
  await expect(page.getByRole("heading", { name: "Sessions", exact: true })).toBeVisible();
  await expect(page.getByText(name)).toHaveCount(0);
  await page.getByRole("link", { name: "New session" }).click();
  await expect(field(page, "queue")).toHaveValue("");
  await field(page, "queue").fill("of-the-laboratory");
  const sent = posts(page);
  await press(page, "Create session");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  expect(sent.map((it) => new URL(it.url()).pathname)).toEqual([expect.stringContaining("/livy2/sessions")]);
  await choice(page).selectOption("Production");
  await expect(page).toHaveURL(/#\/@prod\/new$/);
  await expect(field(page, "queue")).toHaveValue("of-production");
  await page.goto(there);
  await expect(page.getByRole("heading", { name })).toBeVisible();
  expect(trouble).toEqual([]);
});

test("a machine goes on while another cluster is looked at", async ({ page, context, site, host }) => {
  await two(page, context, site, host);
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  const id = page.url().split("/").at(-1);
  await choice(page).selectOption("Laboratory");
  await expect(page.getByRole("heading", { name: "Sessions", exact: true })).toBeVisible();
  const kept = asked(page, `/livy/sessions/${id}`);
  // As in a tab that is not seen, it is asked more seldom, and not at all only where nothing is to be known.
  await expect.poll(() => kept.length, { timeout: 90_000, intervals: [1_000] }).toBeGreaterThan(0);
});

test("a whole address opens its cluster, one without a key the first, one with a key of none says so", async ({ page, context, site, host, trouble }) => {
  await two(page, context, site, host);
  const any = asked(page, "/livy");
  await page.goto(`${site}#/@nowhere/sessions/3`);
  await expect(page.getByRole("heading", { name: "There is no cluster “nowhere”" })).toBeVisible();
  await page.waitForTimeout(300);
  expect(any.filter((it) => !it.includes("livy-console"))).toEqual([]);
  await page.getByRole("link", { name: "Laboratory" }).click();
  await expect(choice(page)).toHaveValue("lab");
  await page.goto(`${site}#/@lab/new?kind=sql`);
  await expect(page.getByLabel("sql", { exact: true })).toBeChecked();
  await expect(choice(page)).toHaveValue("lab");
  await page.goto(`${site}#/new?kind=sparkr`);
  await expect(choice(page)).toHaveValue("prod");
  await expect(page.getByLabel("sparkr", { exact: true })).toBeChecked();
  expect(trouble).toEqual([]);
});

test("an address with a key, where there is no list, says so and leads on", async ({ page, site }) => {
  await page.goto(`${site}#/@old/`);
  await expect(page.getByRole("heading", { name: "There is no cluster “old”" })).toBeVisible();
  await page.getByRole("link", { name: "Open the first cluster" }).click();
  await expect(page.getByRole("heading", { name: "Sessions", exact: true })).toBeVisible();
});

test("a script of the page chooses the cluster by the element's property", async ({ page, context, site, host, trouble }) => {
  await two(page, context, site, host);
  await page.goto(site);
  await expect(choice(page)).toHaveValue("prod");
  const cluster = () => page.evaluate(() => document.querySelector("livy-console").cluster);
  expect(await cluster()).toBe("prod");
  await page.evaluate(() => { document.querySelector("livy-console").cluster = "lab"; });
  await expect(choice(page)).toHaveValue("lab");
  expect(await cluster()).toBe("lab");
  await choice(page).selectOption("Production");
  await expect.poll(cluster).toBe("prod");
  expect(trouble).toEqual([]);
});
