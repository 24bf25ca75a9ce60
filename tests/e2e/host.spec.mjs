// What the host of an element does with it, and what the console does not take from its host: clusters, calls before it is there, the focus.
import { expect, fresh, press, unique } from "./console.mjs";
import { hosting, listen, made, test as base } from "./portal.mjs";

/** `open`: a page of nobody's in particular, whose console is made with properties. */
const test = base.extend({
  open: async ({ page, portal }, use) => {
    await use(async (make, given) => {
      const folder = await hosting("/livy-console/", "", '<h2 id="livy-console">Livy console</h2><input aria-label="Portal"><div></div>');
      const told = await listen(page);
      await page.goto(await portal({ folder }));
      await page.evaluate(make, given);
      return told;
    });
  },
});

const it = (page) => page.locator("livy-console");
const of = (page, name) => it(page).evaluate((element, name) => element[name], name);
const CLUSTERS = { clusters: [{ key: "prod", cluster: "Production", baseUrl: "/livy-prod" }, { key: "lab", cluster: "Laboratory", baseUrl: "/livy-test" }] };

/** With a list of clusters, and an address of its own that none of them may take for theirs. */
function withClusters(config) {
  const element = document.createElement("livy-console");
  Object.assign(element, { id: "it", baseUrl: "/livy-prod", config });
  document.body.append(element);
}

test("each cluster of a list is asked at its own address, and a route is one of the cluster that is looked at", async ({ page, open, clusters, trouble }) => {
  const [inProd, inLab] = [unique("prod"), unique("lab")];
  await made(clusters["/livy-prod"], inProd);
  const id = await made(clusters["/livy-test"], inLab);
  const told = await open(withClusters, CLUSTERS);
  await expect(page.getByRole("link", { name: inProd })).toBeVisible();
  await it(page).evaluate((element) => { element.cluster = "lab"; });
  await expect(page.getByRole("link", { name: inLab })).toBeVisible();
  await expect(page.getByText(inProd)).toHaveCount(0);
  await it(page).evaluate((element, id) => { element.route = `/sessions/${id}`; }, id);
  await expect(it(page).locator("h1")).toContainText(inLab);
  expect([await of(page, "cluster"), await of(page, "route")]).toEqual(["lab", `/sessions/${id}`]);
  // Taken away and put back, it is where it was.
  await it(page).evaluate((element) => {
    element.remove();
    return new Promise((done) => { setTimeout(() => { document.body.append(element); done(); }, 50); });
  });
  await expect(it(page).locator("h1")).toContainText(inLab);
  await it(page).evaluate((element) => { element.cluster = null; });
  await expect(page.getByRole("link", { name: inProd })).toBeVisible();
  expect(await of(page, "cluster")).toBe("prod");
  // None of it is news to who did it.
  expect(await told("it", "livy-navigate")).toEqual([]);
  // What is written in the page under the element's name stays.
  await expect(page.getByRole("heading", { name: "Livy console" })).toBeVisible();
  expect(trouble).toEqual([]);
});

test("a create that ends on a cluster that was left takes nobody away from another one", async ({ page, open, clusters, trouble }) => {
  const [name, inLab] = [unique("slow"), unique("lab")];
  await made(clusters["/livy-test"], inLab);
  let release;
  await page.route("**/livy-prod/sessions", async (route) => {
    if (route.request().method() === "POST") await new Promise((done) => { release = done; });
    await route.continue();
  });
  const told = await open(withClusters, CLUSTERS);
  await it(page).evaluate((element) => { element.route = "/new"; });
  await page.getByLabel("Name", { exact: true }).fill(name);
  await press(page, "Create session");
  await expect.poll(() => typeof release).toBe("function");
  await it(page).evaluate((element) => { element.cluster = "lab"; });
  await expect(page.getByRole("link", { name: inLab })).toBeVisible();
  release();
  await expect.poll(async () => (await told("it", "livy-created")).length).toBe(1);
  await page.waitForTimeout(300);
  await expect(page.getByRole("link", { name: inLab })).toBeVisible();
  expect(await of(page, "cluster")).toBe("lab");
  await it(page).evaluate((element) => { element.cluster = "prod"; });
  await expect(it(page).locator("h1")).toContainText(name);
  expect(trouble).toEqual([]);
});

test("the focus stays in the host's page when the console shows another one", async ({ page, open, trouble }) => {
  let release;
  await page.route("**/livy-prod/sessions", async (route) => {
    if (route.request().method() === "POST") await new Promise((done) => { release = done; });
    await route.continue();
  });
  await open(() => {
    const element = document.createElement("livy-console");
    Object.assign(element, { baseUrl: "/livy-prod", route: "/new" });
    document.body.append(element);
  });
  const name = unique("focus");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await press(page, "Create session");
  await expect.poll(() => typeof release).toBe("function");
  await page.getByLabel("Portal").fill("half a wo");
  release();
  await expect(it(page).locator("h1")).toContainText(name);
  await page.keyboard.type("rd");
  await expect(page.getByLabel("Portal")).toHaveValue("half a word");
  expect(trouble).toEqual([]);
});

test("every prefill is answered: before the element is on the page, two at once, and where it is taken away", async ({ page, open, trouble }) => {
  await open(() => {
    const element = document.createElement("livy-console");
    element.baseUrl = "/livy-prod";
    window.answers = [];
    const fill = (request) => element.prefill(request).then((unused) => window.answers.push(unused));
    fill({ kind: "sql", colour: "red" });
    fill({ kind: "pyspark", queue: "adhoc", shape: "round" });
    document.body.append(element);
    const gone = document.createElement("livy-console");
    gone.baseUrl = "/livy-test";
    document.body.append(gone);
    gone.prefill({ kind: "spark" }).then((unused) => window.answers.push(unused));
    gone.remove();
  });
  await expect(page.locator("[name=queue]")).toHaveValue("adhoc");
  await expect.poll(() => page.evaluate(() => window.answers.length)).toBe(3);
  // The last one counts: of the first nothing was used.
  expect(await page.evaluate(() => window.answers)).toEqual(expect.arrayContaining([["kind", "colour"], ["shape"], ["kind"]]));
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  expect(trouble).toEqual([]);
});

test("an equal configuration changes nothing, another one opens the console anew", async ({ page, open, trouble }) => {
  const told = await open(withClusters, CLUSTERS);
  await expect.poll(async () => (await told("it", "livy-ready")).length).toBe(1);
  await it(page).evaluate((element) => { element.config = structuredClone(element.config); });
  await page.waitForTimeout(500);
  expect(await told("it", "livy-ready")).toHaveLength(1);
  await it(page).evaluate((element) => { element.config = { ...element.config, product: "Spark desk" }; });
  await expect.poll(async () => (await told("it", "livy-ready")).length).toBe(2);
  await expect(page.getByText("Spark desk")).toBeVisible();
  expect(trouble).toEqual([]);
});
