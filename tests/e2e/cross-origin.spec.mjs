// The console's files on another origin than the page, and pages that allow less than the console needs.
import AxeBuilder from "@axe-core/playwright";
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { dist, fresh, unique } from "./console.mjs";
import { expect, hosting, listen, made, test } from "./portal.mjs";

const policy = (address, { script = "'wasm-unsafe-eval'", worker = new URL(address).origin } = {}) => {
  const { origin } = new URL(address);
  return { "content-security-policy": `default-src 'none'; script-src 'self' ${origin} ${script}; connect-src 'self' ${origin}; worker-src ${worker}; base-uri 'none'` };
};

const element = (page) => page.locator("livy-console");
const integrity = async (name) => `sha384-${createHash("sha384").update(await readFile(join(dist, name))).digest("base64")}`;

test("with CORS the whole console comes from another origin, its parts too", async ({ page, host, portal, clusters, trouble }) => {
  const { address } = await host("--cors");
  const id = await made(clusters["/livy"], unique("far"));
  await page.goto(await portal({ folder: await hosting(address), headers: policy(address) }));
  await expect(fresh(element(page))).toHaveAttribute("data-fresh", "live");
  await element(page).evaluate((it) => { it.route = "/new"; });
  await element(page).getByLabel("Driver memory").fill("2g");
  await element(page).evaluate((it, id) => { it.route = `/sessions/${id}`; }, id);
  await expect(element(page).getByRole("log")).toBeVisible();
  // A worker of another origin is refused by every browser: the page asks the expression itself.
  await element(page).getByRole("searchbox", { name: "Search the log" }).fill("[A-Z]\\w+");
  await element(page).getByLabel("regular expression").check();
  await expect(element(page).getByRole("search").getByRole("status")).toContainText("match");
  await expect(page).toHaveTitle("Portal");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map((it) => it.html)])).toEqual([]);
  expect(trouble).toEqual([]);
});

test("without CORS the words between the tags stay, and the page goes on", async ({ page, host, portal }) => {
  const { address } = await host();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  await page.goto(await portal({ folder: await hosting(address), headers: policy(address) }));
  await expect(page.getByText("The console is not here.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Help" })).toBeVisible();
  expect(await page.evaluate(() => [typeof customElements.get("livy-console"), document.title])).toEqual(["undefined", "Portal"]);
  expect(wrong).toEqual([]);
});

test("with CORS on the script alone the element names what other origins may not load", async ({ page, host, portal }) => {
  const { address } = await host();
  const told = await listen(page);
  await page.route(`${address}livy-console.js`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), "access-control-allow-origin": "*" } });
  });
  await page.goto(await portal({ folder: await hosting(address), headers: policy(address) }));
  await expect(element(page).getByRole("alert")).toContainText("pages of other origins");
  await expect(element(page).getByRole("alert")).toContainText(new URL(address).origin);
  await expect(element(page).getByRole("button", { name: "Try again" })).toBeVisible();
  expect(await told("it", "livy-stopped")).toEqual([{ cluster: null, where: "load", reason: expect.stringContaining("livy-console-") }]);
});

test("a wrong type of the program is noted, one of the script leaves the words", async ({ page, host, portal }) => {
  const { address } = await host("--cors", "--mime-wasm", "application/octet-stream");
  const options = { folder: await hosting(address), headers: policy(address) };
  await page.goto(await portal(options));
  await expect(element(page).locator(".lc-note")).toContainText("application/octet-stream");
  await expect(fresh(element(page))).toHaveAttribute("data-fresh", "live");
  await page.route(`${address}livy-console.js`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), "content-type": "text/plain" } });
  });
  await page.reload();
  await expect(page.getByText("The console is not here.")).toBeVisible();
});

test("a policy without 'wasm-unsafe-eval', or without the origin, is named in the element alone", async ({ page, host, portal }) => {
  const { address } = await host("--cors");
  const told = await listen(page);
  const folder = await hosting(address);
  await page.goto(await portal({ folder, headers: policy(address, { script: "" }) }));
  await expect(element(page).getByRole("alert")).toContainText("'wasm-unsafe-eval'");
  expect(await told("it", "livy-stopped")).toEqual([{ cluster: null, where: "load", reason: expect.stringContaining("WebAssembly") }]);
  await expect(page).toHaveTitle("Portal");
  await expect(page.getByRole("main")).toHaveCount(1);

  const { origin } = new URL(address);
  const headers = { "content-security-policy": `default-src 'none'; script-src 'self' ${origin} 'wasm-unsafe-eval'; connect-src 'self'` };
  await page.goto(await portal({ folder, headers }));
  await expect(element(page).getByRole("alert")).toContainText("connect-src");
  await expect(element(page).getByRole("alert")).toContainText(origin);
});

test("an import map with the hashes of the scripts: the right ones run, a wrong one is named", async ({ page, host, portal, trouble }) => {
  const { address } = await host("--cors");
  // The glue is the one script that the element's own module names.
  const module = await readFile(join(dist, "livy-console.js"), "utf8");
  const glue = (await readdir(dist)).find((it) => /^livy-console-[0-9a-f]{16}\.js$/.test(it) && module.includes(it));
  const page_ = async (hashes) => {
    const map = JSON.stringify({ integrity: Object.fromEntries(Object.entries(hashes).map(([name, hash]) => [address + name, hash])) });
    const hash = `'sha256-${createHash("sha256").update(map).digest("base64")}'`;
    const folder = await hosting(address, `<script type="importmap">${map}</script>`);
    return portal({ folder, headers: policy(address, { script: `'wasm-unsafe-eval' ${hash}` }) });
  };
  const right = { "livy-console.js": await integrity("livy-console.js"), [glue]: await integrity(glue) };
  await page.goto(await page_(right));
  await expect(fresh(element(page))).toHaveAttribute("data-fresh", "live");
  expect(trouble.splice(0)).toEqual([]);

  await page.goto(await page_({ ...right, [glue]: await integrity("livy-console.js") }));
  await expect(element(page).getByRole("alert")).toContainText(glue);
  await page.goto(await page_({ ...right, "livy-console.js": await integrity(glue) }));
  await expect(page.getByText("The console is not here.")).toBeVisible();
  // The browser says why, and nothing else does.
  expect(trouble.splice(0).filter((it) => !/integrity|hash|could not be run/i.test(it))).toEqual([]);
});

test("where the page allows no worker, expressions are asked all the same", async ({ page, portal, clusters }) => {
  const id = await made(clusters["/livy"], unique("near"));
  const headers = { "content-security-policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'none'" };
  await page.goto(await portal({ folder: await hosting("/livy-console/"), headers }));
  await expect(fresh(element(page))).toHaveAttribute("data-fresh", "live");
  await element(page).evaluate((it, id) => { it.route = `/sessions/${id}`; }, id);
  await element(page).getByRole("searchbox", { name: "Search the log" }).fill("[A-Z]\\w+");
  await element(page).getByLabel("regular expression").check();
  await expect(element(page).getByRole("search").getByRole("status")).toContainText("match");
});

test("a second version on one page warns in the browser's console and leaves the first alone", async ({ page, portal, trouble }) => {
  const warned = [];
  page.on("console", (message) => message.type() === "warning" && warned.push(message.text()));
  await page.route("**/later/livy-console.js", async (route) => {
    const text = await readFile(join(dist, "livy-console.js"), "utf8");
    await route.fulfill({ contentType: "text/javascript", body: text.replace(/version:"[^"]*"/, 'version:"99.0.0"') });
  });
  const folder = await hosting("/livy-console/", "", '<livy-console id="it" base-url="/livy"></livy-console><script type="module" src="/later/livy-console.js"></script>');
  await page.goto(await portal({ folder }));
  await expect(fresh(element(page))).toHaveAttribute("data-fresh", "live");
  await expect.poll(() => warned.join()).toContain("99.0.0");
  expect(await page.evaluate(() => customElements.get("livy-console").version)).not.toBe("99.0.0");
  expect(trouble).toEqual([]);
});
