// What the page says of a failure, from evidence only, and what "Copy diagnostics" hands on.
import { createServer } from "node:http";
import { create, expect, fresh, press, session, test, unique } from "./console.mjs";

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const alert = (page) => page.getByRole("alert");
const configured = (page, config) => page.route("**/config.json", (route) => route.fulfill({ json: config }));

/** A server of the test's own; resolves to its origin. */
async function listening(answer) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, end: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
}

test("offline: it is said, with what is safe, and the page comes back by itself", async ({ page, context, site }) => {
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "starting");
  await context.setOffline(true);
  await expect(alert(page)).toContainText("This device is offline");
  await expect(alert(page)).toContainText("Your sessions keep running");
  await expect(fresh(page)).toContainText("this device is offline");
  await context.setOffline(false);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(alert(page)).toHaveCount(0);
});

test("online again with a server that stays silent: the words change", async ({ page, context, host }) => {
  const { address, end } = await host("--livy", "fake");
  await page.goto(address);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await context.setOffline(true);
  await page.getByRole("link", { name: "New session" }).click();
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(alert(page)).toContainText("This device is offline");
  await end();
  await context.setOffline(false);
  await expect(alert(page)).toContainText("No connection to /livy");
  await expect(alert(page)).not.toContainText("offline");
});

test("a base URL that the page's policy forbids: the directive and what it lacks are told", async ({ page, host }) => {
  const cluster = await host("--livy", "fake");
  const { address } = await host("--livy", "fake");
  const base = `http://127.0.0.1:${cluster.port}/livy`;
  await configured(page, { baseUrl: base });
  await page.goto(address);
  await expect(alert(page)).toContainText("This site's security policy blocks");
  await expect(alert(page)).toContainText(`connect-src does not include http://127.0.0.1:${cluster.port}`);
  await expect(alert(page)).toContainText("from one origin");
  await expect(fresh(page)).toContainText("blocked by the browser");
  // What is stopped afterwards and is not ours, as an extension's, changes nothing.
  await page.evaluate(() => fetch("https://telemetry.test/").catch(() => {}));
  await press(page, "Try again now");
  await expect(alert(page)).toContainText("This site's security policy blocks");
});

for (const [what, report] of [["allows it", ""], ["only reports it", POLICY]]) {
  test(`another origin without CORS, where the policy ${what}: network or CORS, and how to tell them apart`, async ({ page, host }) => {
    const cluster = await host("--livy", "fake");
    const origin = `http://127.0.0.1:${cluster.port}`;
    const { address } = await host("--livy", "fake", "--csp", POLICY.replace("connect-src", `connect-src ${origin}`));
    if (report) {
      await page.route(address, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy-report-only": report } });
      });
    }
    await configured(page, { baseUrl: `${origin}/livy` });
    await page.goto(address);
    await expect(alert(page)).toContainText(`No answer from ${origin}/livy: network or CORS`);
    await expect(alert(page)).toContainText("The browser does not say which");
    await expect(alert(page)).toContainText(`Open ${origin}/livy/sessions in a new tab`);
    await expect(alert(page)).toContainText("Livy does not support CORS");
    await expect(fresh(page)).toContainText("no answer from the server");
  });
}

test("a redirect to another address that the policy stops: most likely the sign-in has ended", async ({ page, host }) => {
  const gateway = await listening((request, response) => {
    response.writeHead(302, { Location: "http://localhost:9/sign-in" }).end();
  });
  const { address } = await host("--livy", gateway.origin);
  await page.goto(address);
  await expect(alert(page)).toContainText("The server redirects to another address");
  await expect(alert(page)).toContainText("reload this page and sign in");
  await gateway.end();
});

test("a redirect to another origin, without a policy: the sign-in, not a server that is down", async ({ page, host }) => {
  const gateway = await listening((request, response) => {
    response.writeHead(302, { Location: "http://localhost:9/sign-in" }).end();
  });
  const { address } = await host("--livy", gateway.origin, "--csp", "");
  await page.goto(address);
  await expect(alert(page)).toContainText("The server redirects to another address");
  await expect(alert(page)).toContainText("reload this page and sign in");
  await expect(alert(page)).not.toContainText("has stopped");
  await gateway.end();
});

test("a base URL with a password: it is told, and the password is not", async ({ page, site }) => {
  await configured(page, { baseUrl: `${new URL(site).origin.replace("://", "://bob:hunter2@")}/livy` });
  await page.goto(site);
  await expect(alert(page)).toContainText("The base URL contains a user name or password");
  await expect(page.locator("body")).not.toContainText("hunter2");
});

test("an https page with an http base: mixed content", async ({ page, site }) => {
  // No certificate is needed: the page is handed out by the test, file by file.
  await page.route("https://portal.test/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    const response = await route.fetch({ url: new URL(pathname.slice(1), site).href });
    const headers = { ...response.headers(), "content-security-policy": POLICY.replace("connect-src", "connect-src http://livy.test:8998") };
    await route.fulfill(pathname === "/config.json" ? { json: { baseUrl: "http://livy.test:8998" } } : { response, headers });
  });
  await page.goto("https://portal.test/");
  await expect(alert(page)).toContainText("The browser blocks an http address on an https page");
  await expect(alert(page)).toContainText("speaks https in front of Livy");
});

for (const [whose, answer, part] of [
  ["nginx", { status: 404, contentType: "text/html", body: "<html><head><title>404 Not Found</title></head><body><hr><center>nginx</center></body></html>" }, "A proxy or web server answers at /livy, not Livy"],
  ["Traefik", { status: 404, contentType: "text/plain; charset=utf-8", body: "404 page not found\n" }, "A proxy or web server answers at /livy, not Livy"],
  ["Kong", { status: 404, json: { message: "no Route matched with those values" } }, "A proxy or web server answers at /livy, not Livy"],
  ["nobody's", { status: 404, body: "" }, "Check this page's base URL"],
]) {
  test(`a 404 of ${whose}: a wrong prefix, and no session is called forgotten`, async ({ page, site }) => {
    await create(page, site, unique("etl"));
    await expect(session(page)).toHaveAttribute("data-session-state", "starting");
    await page.route("**/livy/**", (route) => route.fulfill(answer));
    await expect(alert(page).first()).toContainText("Livy is not at this address (404)");
    await expect(alert(page).first()).toContainText(part);
    await expect(page.getByText("The server has forgotten this session")).toHaveCount(0);
    await expect(fresh(page)).toHaveAttribute("data-fresh", "stale");
    await page.unrouteAll();
    await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  });
}

test("a proxy that hands its prefix on: it is Livy's own 404, and the remedy is the proxy's", async ({ page, host }) => {
  const cluster = await host("--livy", "fake");
  const { address } = await host("--livy", `${cluster.address}livy/livy`);
  await page.goto(address);
  await expect(alert(page)).toContainText("Livy is not at this address (404)");
  await expect(alert(page)).toContainText("the proxy passes on its prefix");
  await expect(alert(page)).toContainText("handle_path");
});

for (const [what, answer, title, part] of [
  ["a sign-in page", { contentType: "text/html", body: "<title>Portal</title><form><input type=\"password\"></form>" }, "A sign-in page came instead of Livy's answer", "then try again"],
  ["the host's own index.html", { contentType: "text/html", body: "<!doctype html><div id=\"livy-console\"></div>" }, "This console's own page came", "no rule forwards /livy to Livy"],
  ["401", { status: 401 }, "Sign in again", "Sign in to the portal"],
  ["403", { status: 403, json: { msg: "no rights" } }, "You do not have permission to see this", "Ask your administrator"],
  ["500", { status: 500, json: "java.lang.IllegalStateException: bad" }, "Livy refused to show this (500)", "its server log says why"],
  ["503 of a gateway", { status: 503, contentType: "text/html", body: "<title>503</title>" }, "The gateway cannot reach Livy (503)", "the Livy server behind it does not"],
]) {
  test(`${what} is told with its remedy`, async ({ page, site }) => {
    await page.route("**/livy/sessions?*", (route) => route.fulfill(answer));
    await page.goto(site);
    await expect(alert(page)).toContainText(title);
    await expect(alert(page)).toContainText(part);
  });
}

test("a page that a redirect led to is a sign-in page, whatever it says", async ({ page, host }) => {
  const gateway = await listening((request, response) => {
    if (request.url.startsWith("/welcome")) response.writeHead(200, { "Content-Type": "text/html" }).end("<title>One moment</title>");
    else response.writeHead(302, { Location: "/livy/welcome" }).end();
  });
  const { address } = await host("--livy", gateway.origin);
  await page.goto(address);
  await expect(alert(page)).toContainText("A sign-in page came instead of Livy's answer");
  await expect(alert(page)).toContainText("One moment");
  await gateway.end();
});

test("a server that is too slow", async ({ page, site }) => {
  await page.clock.install();
  await page.route("**/livy/**", () => {});
  await page.goto(site);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "waiting");
  await page.clock.runFor("00:17");
  await expect(alert(page)).toContainText("The server took too long to answer");
  await expect(alert(page)).toContainText("ask your administrator");
});

/** Fills the form with what must not be told, and has it refused in words that repeat it. */
async function refused(page, site) {
  await page.route("**/livy/sessions", (route) => route.fulfill({
    status: 400,
    json: "User 'alice' not allowed: bobby asked for spark.x tops3cret, password=hunter2 at hdfs://carol:hunter3@nn/x and more " + "x".repeat(900),
  }));
  await page.context().addCookies([{ name: "hadoop.auth", value: "c00kie", url: site }]);
  await page.goto(`${site}?ticket=t1cket#/new`);
  await page.getByLabel("Proxy user").fill("bobby");
  await press(page, "Add setting");
  await page.getByLabel("Spark configuration 1 key").fill("spark.x");
  await page.getByLabel("Spark configuration 1 value").fill("tops3cret");
  await press(page, "Create session");
  await expect(alert(page).first()).toContainText("Livy refused the request (400)");
}

/** The facts of a copied text, by their names. */
const facts = (text) => Object.fromEntries(text.split("\n").map((it) => it.split(/: (.*)/).slice(0, 2)));

test("Copy diagnostics: the facts, and no secret", async ({ page, context, site, trouble }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await refused(page, site);
  await press(page, "Copy diagnostics");
  await expect(page.getByRole("status").filter({ hasText: /^Copied$/ })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const secret of ["tops3cret", "hunter", "carol", "bobby", "c00kie", "t1cket", "hadoop.auth", "xxxxxxxxxx".repeat(40)]) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/[?#]/);
  const told = facts(text);
  expect(told).toMatchObject({
    diagnosis: "refused", call: "POST /sessions", status: "400", "base URL": "/livy", page: site, "browser online": "yes", "page visible": "yes", Livy: "0.9.0",
  });
  expect(told["server's words"]).toMatch(/^User 'alice' not allowed: •+ asked for spark\.x •+, password=•+$/);
  expect(told.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(told.console).toMatch(/^\d+\.\d+\.\d+$/);
  expect(told.browser).toBe(await page.evaluate(() => navigator.userAgent));
  expect(trouble).toEqual([]);
});

for (const [why, deny] of [
  ["refuses", () => { navigator.clipboard.writeText = () => Promise.reject(new DOMException("denied", "NotAllowedError")); }],
  ["has no clipboard", () => { Object.defineProperty(navigator, "clipboard", { value: undefined }); }],
]) {
  test(`a browser that ${why}: the text is there to be copied by hand`, async ({ page, site }) => {
    await page.addInitScript(deny);
    await page.route("**/livy/sessions?*", (route) => route.abort());
    await page.goto(site);
    await press(page, "Copy diagnostics");
    const text = page.getByLabel("Diagnostics", { exact: true });
    await expect(text).toHaveValue(/^livy-console diagnostics\ndiagnosis: no-answer\n/);
    await expect(text).toHaveJSProperty("readOnly", true);
    await expect(page.getByRole("status").filter({ hasText: "copy it yourself" })).toBeVisible();
    await text.focus();
    expect(await text.evaluate((it) => it.selectionEnd - it.selectionStart)).toBe((await text.inputValue()).length);
    // What was copied stays while the page goes on asking in vain.
    await press(page, "Try again now");
    await expect(text).toBeVisible();
  });
}
