// The recipes for signing in of docs/embedding.md, each against a small server that demands what the real one does.
import { createServer, request } from "node:http";
import { field, fresh, press, unique } from "./console.mjs";
import { expect, hosting, listen, test as base } from "./portal.mjs";

/**
 * `guarded`: a gateway in front of a pretend cluster, which answers a call by itself where `guard` gives `{ status, headers, body }`.
 * It remembers what came. `open`: a page whose console is made with properties, a path of its own leading to that gateway.
 */
const test = base.extend({
  guarded: async ({ clusters }, use) => {
    const servers = [];
    await use(async (guard) => {
      const seen = [];
      const server = createServer((incoming, response) => {
        seen.push({ method: incoming.method, path: incoming.url, headers: incoming.headers });
        const refusal = guard(incoming);
        if (refusal) return response.writeHead(refusal.status, refusal.headers ?? {}).end(refusal.body ?? "");
        const call = request(clusters["/livy"] + incoming.url, { method: incoming.method, headers: { ...incoming.headers, connection: "close" } }, (answer) => {
          response.writeHead(answer.statusCode, answer.headers);
          answer.pipe(response);
        });
        incoming.pipe(call);
      });
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      servers.push(server);
      return { address: `http://127.0.0.1:${server.address().port}`, seen };
    });
    for (const server of servers) { server.close(); server.closeAllConnections(); }
  },
  open: async ({ page, portal }, use) => {
    await use(async (path, gateway, make) => {
      const folder = await hosting("/livy-console/", "", "<div></div>");
      const told = await listen(page);
      await page.goto(await portal({ folder, clusters: { [path]: gateway.address } }));
      await page.evaluate(make, path);
      return told;
    });
  },
});

const it = (page) => page.locator("livy-console");
const basic = (user, password) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

test("HDInsight: Basic from the page, no password of the browser's, a wrong one is told and mended", async ({ page, guarded, open, trouble }) => {
  const right = basic("admin", "right");
  const gateway = await guarded(({ headers, method }) => {
    if (headers.authorization !== right) return { status: 401, headers: { "www-authenticate": "Basic realm=\"cluster\"" } };
    if (method !== "GET" && !headers["x-requested-by"]) return { status: 400, body: "Missing Required Header for CSRF protection." };
    return undefined;
  });
  const told = await open("/hdinsight/livy", gateway, (baseUrl) => {
    window.reasons = [];
    window.password = "wrong";
    const element = document.createElement("livy-console");
    Object.assign(element, {
      id: "it",
      baseUrl,
      authorization: async ({ reason, cluster }) => {
        window.reasons.push([reason, cluster]);
        return `Basic ${btoa(`admin:${window.password}`)}`;
      },
    });
    document.querySelector("div").replaceWith(element);
  });
  await expect.poll(async () => (await told("it", "livy-trouble")).map((one) => [one.kind, one.over])).toContainEqual(["sign-in-needed", false]);
  await page.evaluate(() => { window.password = "right"; document.querySelector("livy-console").refresh(); });
  await expect(fresh(it(page))).toHaveAttribute("data-fresh", "live");
  await it(page).evaluate((one) => { one.route = "/new"; });
  const name = unique("hdi");
  await it(page).getByLabel("Name", { exact: true }).fill(name);
  await press(it(page), "Create session");
  await expect(it(page).locator("[data-session-state='idle']")).toBeVisible();
  expect((await page.evaluate(() => window.reasons))[0]).toEqual(["first", null]);
  expect(gateway.seen.filter((one) => one.method === "POST")).toHaveLength(1);
  expect(gateway.seen.every((one) => one.headers.authorization && !one.headers.cookie)).toBe(true);
  expect(await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, window.told]))).not.toMatch(/Basic|right/);
  expect(trouble).toEqual([]);
});

test("Fabric: a bearer that ends is asked for once, reads go on, a create is sent once and again by the person", async ({ page, guarded, open, trouble }) => {
  let valid = "Bearer 1";
  let refusesPosts = false;
  const gateway = await guarded(({ headers, method }) => {
    if (headers.authorization !== valid || (refusesPosts && method === "POST")) return { status: 401, body: "TokenExpired" };
    return undefined;
  });
  await open("/fabric/livyapi/versions/2023-12-01", gateway, (baseUrl) => {
    window.reasons = [];
    window.token = "Bearer 1";
    const element = document.createElement("livy-console");
    Object.assign(element, {
      id: "it",
      baseUrl,
      authorization: async ({ reason }) => {
        window.reasons.push(reason);
        await new Promise((resolve) => { setTimeout(resolve, 200); });
        return window.token;
      },
    });
    document.querySelector("div").replaceWith(element);
  });
  await expect(fresh(it(page))).toHaveAttribute("data-fresh", "live");
  expect(await page.evaluate(() => window.reasons)).toEqual(["first"]);
  valid = "Bearer 2";
  await page.evaluate(() => { window.token = "Bearer 2"; document.querySelector("livy-console").refresh(); });
  await expect.poll(() => gateway.seen.at(-1).headers.authorization).toBe("Bearer 2");
  await expect(fresh(it(page))).toHaveAttribute("data-fresh", "live");
  expect(await page.evaluate(() => window.reasons)).toEqual(["first", "refused"]);

  refusesPosts = true;
  await it(page).evaluate((one) => { one.route = "/new"; });
  const name = unique("fabric");
  await it(page).getByLabel("Name", { exact: true }).fill(name);
  await it(page).getByLabel("Driver memory").fill("2g");
  await press(it(page), "Create session");
  await expect(it(page).locator("[data-create='refused']")).toBeVisible();
  const posts = () => gateway.seen.filter((one) => one.method === "POST").length;
  expect(posts()).toBe(1);
  await expect(field(it(page), "name")).toHaveValue(name);
  refusesPosts = false;
  await press(it(page), "Create session");
  await expect(it(page).locator("[data-session-state='idle']")).toBeVisible();
  expect(posts()).toBe(2);
  expect((await page.evaluate(() => window.reasons)).filter((one) => one === "sending")).toHaveLength(2);
  expect(trouble).toEqual([]);
});

test("Knox: the header of the configuration is on every call", async ({ page, guarded, open, trouble }) => {
  const gateway = await guarded(({ headers }) => (headers["x-xsrf-header"] ? undefined : { status: 400, body: "Missing Required Header for XSRF." }));
  await open("/gateway/default/livy", gateway, (baseUrl) => {
    const element = document.createElement("livy-console");
    Object.assign(element, { id: "it", baseUrl, config: { header: { name: "X-XSRF-Header", value: "valid" } } });
    document.querySelector("div").replaceWith(element);
  });
  await expect(fresh(it(page))).toHaveAttribute("data-fresh", "live");
  await it(page).evaluate((one) => { one.route = "/new"; });
  await it(page).getByLabel("Name", { exact: true }).fill(unique("knox"));
  await press(it(page), "Create session");
  await expect(it(page).locator("[data-session-state='idle']")).toBeVisible();
  expect(gateway.seen.every((one) => one.headers["x-xsrf-header"] === "valid" && one.headers["x-requested-by"])).toBe(true);
  expect(trouble).toEqual([]);
});

test("a page that fails to sign in is named, and nothing is sent without its value", async ({ page, guarded, open }) => {
  const gateway = await guarded(() => undefined);
  await open("/guarded/livy", gateway, (baseUrl) => {
    window.fails = false;
    const element = document.createElement("livy-console");
    Object.assign(element, {
      id: "it",
      baseUrl,
      authorization: async () => {
        if (window.fails) throw new Error("the person closed the dialog");
        return "Bearer 1";
      },
    });
    document.querySelector("div").replaceWith(element);
  });
  await expect(fresh(it(page))).toHaveAttribute("data-fresh", "live");
  await page.evaluate(() => { window.fails = true; });
  await it(page).evaluate((one) => { one.route = "/new"; });
  const name = unique("unsigned");
  await it(page).getByLabel("Name", { exact: true }).fill(name);
  await press(it(page), "Create session");
  const fate = it(page).locator("[data-create='refused']");
  await expect(fate).toContainText("has not signed in");
  await expect(fate).toContainText("no session was created");
  expect(gateway.seen.filter((one) => one.method === "POST")).toEqual([]);
  await page.evaluate(() => { window.fails = false; });
  await press(it(page), "Create session");
  await expect(it(page).locator("[data-session-state='idle']")).toBeVisible();
  expect(gateway.seen.filter((one) => one.method === "POST").map((one) => one.headers.authorization)).toEqual(["Bearer 1"]);
});
