// A portal that somebody else wrote, with two consoles: what it is told, what it may set, and what is left alone.
import AxeBuilder from "@axe-core/playwright";
import { expect, field, fresh, press, session, unfold, unique } from "./console.mjs";
import { POLICY, listen, made, test } from "./portal.mjs";

const both = (page) => ["prod", "test"].map((id) => page.locator(`livy-console#${id}`));
const live = async (...consoles) => {
  for (const it of consoles) await expect(fresh(it)).toHaveAttribute("data-fresh", "live");
};

test("two consoles of two clusters: each tells what happens in it, and the page's own things stay", async ({ page, portal, clusters, trouble }) => {
  const told = await listen(page);
  const name = unique("etl");
  await made(clusters["/livy-test"], `${name}-other`);
  await page.goto(`${await portal()}#/both`);
  const [prod, other] = both(page);
  await live(prod, other);
  await expect(other.getByRole("link", { name: `${name}-other` })).toBeVisible();
  await expect(prod.getByText(`${name}-other`)).toHaveCount(0);
  expect(await told("prod", "livy-ready")).toEqual([{ cluster: null, version: expect.any(String), route: "/" }]);

  await prod.evaluate((it) => { it.noBar = false; });
  await prod.getByRole("link", { name: "New session" }).click();
  await prod.getByLabel("pyspark", { exact: true }).check();
  await prod.getByLabel("Name", { exact: true }).fill(name);
  await press(prod, "Create session");
  await expect(prod.locator("[data-session-state='idle']")).toBeVisible();
  const [{ id }] = await told("prod", "livy-created");
  expect(await told("prod", "livy-create")).toEqual([{ cluster: null, name, kind: "pyspark" }]);
  expect(await told("prod", "livy-created")).toEqual([{ cluster: null, name, kind: "pyspark", id: expect.any(String) }]);
  expect((await told("prod", "livy-navigate")).map(({ title, ...it }) => it)).toEqual([
    { cluster: null, route: "/new", by: "person" },
    { cluster: null, route: `/sessions/${id}`, by: "console" },
  ]);
  expect((await told("prod", "livy-navigate")).map((it) => it.title).join()).toContain(name);
  await expect.poll(async () => (await told("prod", "livy-state")).filter((it) => it.id === id).at(-1)).toMatchObject({ name, state: "idle", gone: false });
  expect(await prod.evaluate((it) => it.session)).toEqual({ id, name, state: "idle" });
  expect(await prod.evaluate((it) => it.route)).toBe(`/sessions/${id}`);
  // The other one knows nothing of it.
  expect(await told("test", "livy-created")).toEqual([]);
  expect(await other.evaluate((it) => [it.route, it.session])).toEqual(["/", null]);

  await press(prod, "Delete session");
  await press(prod.getByRole("dialog"), "Delete session");
  await expect.poll(() => told("prod", "livy-deleted")).toEqual([{ cluster: null, id, name }]);
  await expect(page).toHaveTitle("Both clusters · Data portal");
  await expect(page).toHaveURL(/#\/both$/);
  expect(await page.evaluate(() => [scrollY, document.querySelectorAll("main").length, history.length])).toEqual([0, 1, 2]);
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.locator("#events li").filter({ hasText: "livy-created" })).toHaveCount(1);
  expect(JSON.stringify(await page.evaluate(() => window.told))).not.toContain("conf");
  expect(trouble).toEqual([]);
});

test("the address is the portal's: it follows the console, and back leads through both", async ({ page, portal, clusters, trouble }) => {
  const name = unique("nightly");
  const id = await made(clusters["/livy-prod"], name);
  await page.goto(`${await portal()}#/spark/sessions/${id}`);
  const [prod] = both(page);
  await expect(session(prod)).toHaveCount(0);
  await expect(prod.locator(`[data-session-id="${id}"]`)).toBeVisible();
  const link = prod.getByRole("link", { name: "Sessions", exact: true });
  // Without a bar the way to the list is the portal's.
  await expect(link).toBeHidden();
  await page.goBack().catch(() => null);
  await page.goto(`${await portal()}#/spark`);
  await prod.getByRole("link", { name }).click();
  await expect(page).toHaveURL(new RegExp(`#/spark/sessions/${id}$`));
  // A middle click opens the portal's own address of the place.
  await page.evaluate(() => { document.querySelector("livy-console").route = "/"; });
  await expect(prod.getByRole("link", { name })).toHaveAttribute("href", new RegExp(`/#/spark/sessions/${id}$`));
  expect(trouble).toEqual([]);
});

test("keys: typing in a console is not a shortcut of the page, and Escape closes what is open here alone", async ({ page, portal, clusters, trouble }) => {
  const id = await made(clusters["/livy-prod"], unique("keys"));
  await page.goto(await portal());
  const [prod] = both(page);
  await live(prod);
  const help = page.locator("#help");
  await prod.evaluate((it) => { it.route = "/new"; });
  const name = prod.getByLabel("Name", { exact: true });
  await name.pressSequentially("sn?-ns");
  await expect(name).toHaveValue("sn?-ns");
  await expect(name).toBeFocused();
  await expect(help).toBeHidden();
  await expect(page).not.toHaveURL(/notes/);

  await prod.evaluate((it, id) => { it.route = `/sessions/${id}`; }, id);
  await press(prod, "Delete session");
  await expect(prod.getByRole("dialog")).toBeVisible();
  await help.evaluate((it) => { it.hidden = false; });
  await page.keyboard.press("Escape");
  await expect(prod.getByRole("dialog")).toBeHidden();
  await expect(help).toBeVisible();
  // With nothing open the key is the page's, and so are all keys that are not typed.
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/#\/notes$/);
  await expect(prod).toBeHidden();
  expect(trouble).toEqual([]);
});

test("a wish is filled in and not sent; what the form cannot use is answered", async ({ page, portal, trouble }) => {
  await page.goto(await portal());
  const [prod] = both(page);
  const sent = [];
  page.on("request", (it) => it.method() === "POST" && sent.push(it.url()));
  const unused = await prod.evaluate((it) => it.prefill({ kind: "pyspark", driverMemory: "2g", conf: { "spark.task.cpus": "2" }, nonsense: 1 }));
  expect(unused).toEqual(["nonsense"]);
  await expect(prod.getByLabel("pyspark", { exact: true })).toBeChecked();
  await expect(prod.locator("[data-request-preview]")).toContainText('"spark.task.cpus": "2"');
  expect(JSON.parse(await prod.locator("[data-request-preview]").textContent())).toMatchObject({ kind: "pyspark", driverMemory: "2g" });
  expect(sent).toEqual([]);
  expect(trouble).toEqual([]);
});

test("the look: light or dark as the page is or as it says, the box, the bar, the tokens", async ({ page, portal, trouble }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`${await portal()}#/both`);
  const [prod, other] = both(page);
  await live(prod, other);
  const ground = (it) => it.locator(".lc").first().evaluate((it) => getComputedStyle(it).backgroundColor);
  const light = "rgb(251, 251, 252)";
  const dark = "rgb(16, 18, 22)";
  // The portal is light, whatever the system says.
  expect(await ground(prod)).toBe(light);
  await page.locator("#dark").check();
  await expect.poll(() => ground(prod)).toBe(dark);
  await other.evaluate((it) => { it.theme = "light"; });
  expect([await ground(prod), await ground(other)]).toEqual([dark, light]);
  await other.evaluate((it) => { it.theme = null; });
  expect(await ground(other)).toBe(dark);

  await expect(prod.getByRole("navigation")).toBeHidden();
  await expect(other.getByRole("navigation")).toBeVisible();
  await prod.evaluate((it) => { it.noBar = false; });
  await expect(prod.getByRole("navigation")).toBeVisible();
  // Nothing grows out of the box that the page gave, and its own style does not get in.
  expect((await prod.boundingBox()).height).toBe(640);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const button = other.getByRole("button", { name: "Create session" });
  await other.evaluate((it) => { it.route = "/new"; });
  expect(await button.evaluate((it) => [getComputedStyle(it).textTransform, getComputedStyle(it).letterSpacing])).toEqual(["none", "normal"]);
  expect(await button.evaluate((it) => getComputedStyle(it).backgroundColor)).toBe("rgb(192, 169, 255)");
  expect(trouble).toEqual([]);
});

test("a log wraps its lines where its box becomes narrow, though the window stays as it is", async ({ page, portal, clusters, trouble }) => {
  const id = await made(clusters["/livy-prod"], unique("box"));
  await page.goto(`${await portal()}#/spark/sessions/${id}`);
  const [prod] = both(page);
  const wrap = prod.getByLabel("Wrap lines");
  const width = (value) => prod.evaluate((it, value) => { it.style.width = value; }, value);
  await expect(wrap).not.toBeChecked();
  await width("360px");
  await expect(wrap).toBeChecked();
  await width("");
  await expect(wrap).not.toBeChecked();
  expect(trouble).toEqual([]);
});

test("the property says where the element is, whoever put it there", async ({ page, portal, trouble }) => {
  await page.goto(await portal());
  const [prod] = both(page);
  await live(prod);
  await prod.evaluate((it) => { it.route = "/new?name=nightly"; });
  await expect(prod.getByLabel("Name", { exact: true })).toHaveValue("nightly");
  // The form has taken what the route said: there is no more of it.
  await expect.poll(() => prod.evaluate((it) => it.route)).toBe("/new");
  await prod.evaluate((it) => { it.route = "/"; });
  await live(prod);
  await prod.getByRole("searchbox", { name: "Search sessions" }).fill("etl");
  await expect.poll(() => prod.evaluate((it) => it.route)).toBe("/?q=etl");
  expect(trouble).toEqual([]);
});

test("moving keeps everything, hiding keeps everything, removing ends it, adding begins anew", async ({ page, portal, trouble }) => {
  const told = await listen(page);
  await page.goto(`${await portal()}#/both`);
  const [prod, other] = both(page);
  await live(prod, other);
  await prod.evaluate((it) => { it.route = "/new"; });
  await prod.getByLabel("Name", { exact: true }).fill("half-typed");
  await page.evaluate(() => { document.getElementById("clusters").prepend(document.getElementById("test").parentElement); });
  await page.evaluate(() => { document.getElementById("clusters").prepend(document.getElementById("prod").parentElement); });
  await page.evaluate(() => { document.body.append(document.getElementById("prod")); });
  await expect(prod.getByLabel("Name", { exact: true })).toHaveValue("half-typed");
  expect(await told("prod", "livy-ready")).toHaveLength(1);

  const asked = [];
  page.on("request", (it) => it.url().includes("/livy-prod/") && asked.push(it.url()));
  await page.evaluate(() => { window.taken = document.getElementById("prod"); window.taken.remove(); });
  await live(other);
  await page.waitForTimeout(6000);
  expect(asked).toEqual([]);
  await page.evaluate(() => { document.querySelector("section").append(window.taken); });
  await live(prod);
  // The tab keeps what was typed.
  await expect(prod.getByLabel("Name", { exact: true })).toHaveValue("half-typed");
  expect(await told("prod", "livy-ready")).toHaveLength(2);
  // A third one of a cluster that is shown already. It fetches nothing of the program.
  const fetched = [];
  page.on("request", (it) => it.url().includes("/livy-console/") && fetched.push(it.url()));
  await page.evaluate(() => {
    const more = document.createElement("livy-console");
    Object.assign(more, { id: "more", baseUrl: "/livy-test", route: "/new" });
    document.querySelector("section").append(more);
  });
  const more = page.locator("livy-console#more");
  await live(more);
  await expect(more.getByRole("button", { name: "Create session" })).toBeVisible();
  await live(other);
  expect(fetched).toEqual([]);
  expect(trouble).toEqual([]);
});

test("who removes the element is told before which sessions end with it", async ({ page, portal, trouble }) => {
  const told = await listen(page);
  const name = unique("kept");
  await page.goto(await portal());
  const [prod] = both(page);
  await prod.evaluate((it) => { it.route = "/new"; });
  await prod.getByLabel("Name", { exact: true }).fill(name);
  await unfold(prod, "Lifetime");
  await field(prod, "heartbeatTimeoutInSecond").fill("60");
  await press(prod, "Create session");
  await expect(prod.locator("[data-session-state='idle']")).toBeVisible();
  await expect.poll(async () => (await told("prod", "livy-kept-alive")).at(-1)?.sessions).toEqual([{ id: expect.any(String), name }]);
  expect(await prod.evaluate((it) => it.keptAlive)).toEqual([{ id: expect.any(String), name }]);
  await expect(page.locator("#kept")).toContainText(name);
  expect(trouble).toEqual([]);
});

const nested = ({ target }) => !/lc-main|lc-nav/.test(target.flat().at(-1));

test("axe finds nothing on the portal with both consoles", async ({ page, portal, clusters, trouble }) => {
  await made(clusters["/livy-prod"], unique("axe"));
  await page.goto(`${await portal()}#/both`);
  const [prod, other] = both(page);
  await live(prod, other);
  for (const route of ["/", "/new"]) {
    await prod.evaluate((it, route) => { it.route = route; }, route);
    await expect(prod.locator("[part~=main] h1, [part~=main] h2").first()).toBeVisible();
    const { violations: all } = await new AxeBuilder({ page }).analyze();
    // Inside of the regions of two consoles, which have names of their own, there are regions of the same name.
    const violations = all.map(({ id, nodes }) => ({ id, nodes: nodes.filter((it) => id !== "landmark-unique" || !nested(it)) })).filter((it) => it.nodes.length);
    expect(violations.map(({ id, nodes }) => [id, nodes.map((it) => it.target)])).toEqual([]);
  }
  expect(trouble).toEqual([]);
});

test("a page with Trusted Types: the console's one policy is enough, and without it the element says so", async ({ page, portal, clusters, trouble }) => {
  const id = await made(clusters["/livy-prod"], unique("trusted"));
  const policy = (names) => ({ "content-security-policy": `${POLICY}; require-trusted-types-for 'script'; trusted-types ${names}` });
  await page.goto(`${await portal({ headers: policy("livy-console") })}#/both`);
  const [prod, other] = both(page);
  await live(prod, other);
  for (const route of ["/new", `/sessions/${id}`]) {
    await prod.evaluate((it, route) => { it.route = route; }, route);
    await expect(prod.getByText(route === "/new" ? "Create session" : "Download log")).toBeVisible();
  }
  // With the worker.
  const worker = page.waitForEvent("worker");
  await prod.getByRole("searchbox", { name: "Search the log" }).fill("[A-Z]\\w+");
  await prod.getByLabel("regular expression").check();
  await worker;
  await expect(prod.getByRole("search").getByRole("status")).toContainText(/\d/);
  expect(trouble.splice(0)).toEqual([]);

  await page.goto(await portal({ headers: policy("'none'") }));
  await expect(prod.getByRole("alert")).toContainText("trusted-types");
  await expect(page.getByRole("heading", { name: "Spark" })).toBeVisible();
  trouble.splice(0);
});
