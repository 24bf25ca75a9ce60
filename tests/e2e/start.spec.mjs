// Where and how the bundle is hosted, and what a person reads when it cannot start or ends by an error of its own.
import { cp, readFile, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { armPanic, create, dist, expect, fresh, posts, press, session, test, unique } from "./console.mjs";

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

test("under a path of its own and the strict policy, without one violation", async ({ page, host, trouble }) => {
  const { address } = await host("--livy", "fake", "--prefix", "/portal/tools/livy/");
  const response = await page.goto(address);
  expect(response.headers()["content-security-policy"]).toBe(POLICY);
  await expect(page.getByRole("heading", { name: "No sessions yet" })).toBeVisible();
  await create(page, address, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await press(page, "Delete session");
  await page.getByRole("dialog").getByRole("button", { name: "Keep session" }).click();
  // The address without the slash at its end leads here too.
  await page.goto(address.slice(0, -1));
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  expect(trouble).toEqual([]);
});

test("the wrong type for the program: it runs, and the operator is told", async ({ page, host }) => {
  const { address } = await host("--livy", "fake", "--mime-wasm", "text/plain");
  await page.goto(address);
  await expect(page.getByRole("status").filter({ hasText: "application/wasm" })).toContainText("text/plain");
  await expect(page.getByRole("heading", { name: "Sessions", exact: true })).toBeVisible();
  // Its parts come as bytes, whatever their type is said to be.
  await create(page, address, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
});

test("a policy that forbids WebAssembly is named", async ({ page, host }) => {
  const { address } = await host("--livy", "fake", "--csp", POLICY.replace(" 'wasm-unsafe-eval'", ""));
  await page.goto(address);
  await expect(page.getByRole("alert")).toContainText("wasm-unsafe-eval");
});

for (const [what, ending] of [["the program", ".wasm"], ["its script", ".js"]]) {
  test(`${what} is gone after a new version was deployed`, async ({ page, host }, { outputDir }) => {
    const dir = `${outputDir}/bundle`;
    await cp(dist, dir, { recursive: true });
    const gone = (await readdir(dir)).filter((it) => it.startsWith("livy-console-") && it.includes(ending));
    await Promise.all(gone.map((it) => rm(`${dir}/${it}`)));
    const { address } = await host("--livy", "fake", "--dir", dir);
    await page.goto(address);
    await expect(page.getByRole("alert")).toContainText("The console could not start");
    await expect(page.getByRole("alert")).toContainText("404");
    await expect(page.getByRole("alert")).toContainText("A new version was probably installed");
    // The new version is there in full: the button leads to it.
    await cp(dist, dir, { recursive: true });
    await press(page, "Reload the page");
    await expect(page.getByRole("heading", { name: "No sessions yet" })).toBeVisible();
  });
}

test("a program that was cut short", async ({ page, host }, { outputDir }) => {
  const dir = `${outputDir}/bundle`;
  await cp(dist, dir, { recursive: true });
  const files = await readdir(dir);
  const program = (await readFile(`${dir}/index.html`, "utf8")).match(/[\w-]+\.wasm/)[0];
  await truncate(`${dir}/${program}`, 100_000);
  await Promise.all(files.filter((it) => /wasm\.(br|gz)$/.test(it)).map((it) => rm(`${dir}/${it}`)));
  const { address } = await host("--livy", "fake", "--dir", dir);
  await page.goto(address);
  await expect(page.getByRole("alert")).toContainText("could not compile the program");
});

test("a page's part that is gone: words, what a link fills in is kept, and the rest of the console goes on", async ({ page, host }, { outputDir }) => {
  const dir = `${outputDir}/bundle`;
  await cp(dist, dir, { recursive: true });
  const { address } = await host("--livy", "fake", "--dir", dir);
  const name = unique("etl");
  for (const it of await readdir(dir)) if (/-(form|session|shared)-/.test(it)) await rm(`${dir}/${it}`);
  await page.goto(`${address}#/new?name=${name}`);
  const alert = page.getByRole("alert").filter({ hasText: "This page could not be loaded" });
  await expect(alert).toContainText("Your sessions keep running");
  await press(page, "Try again");
  await expect(page.getByRole("main")).toBeFocused();
  await expect(alert).toBeVisible();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(page.getByRole("heading", { name: "No sessions yet" })).toBeVisible();
  await expect(alert).toHaveCount(0);
  await page.getByRole("navigation").getByRole("link", { name: "New session" }).click();
  await cp(dist, dir, { recursive: true });
  await press(page, "Try again");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
  await press(page, "Create session");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
});

test("the part that understands a configuration is gone: nothing starts without the host's rules", async ({ page, host }, { outputDir }) => {
  const dir = `${outputDir}/bundle`;
  await cp(dist, dir, { recursive: true });
  await writeFile(`${dir}/config.json`, JSON.stringify({ cluster: "east" }));
  const { address } = await host("--livy", "fake", "--dir", dir);
  await page.route("**/*-config-*.wasm", (route) => route.abort());
  await page.goto(address);
  await expect(page.getByRole("alert")).toContainText("the part of the console that reads it did not");
  await page.unroute("**/*-config-*.wasm");
  await page.reload();
  await expect(page.getByText("east")).toBeVisible();
});

test("a host that answers index.html for every file it does not have", async ({ page, site }) => {
  await page.route("**/*.wasm", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>index</title>" }));
  await page.goto(site);
  await expect(page.getByRole("alert")).toContainText("The server sent an HTML page");
});

test("a page whose own module is gone still reads as a sentence", async ({ page, site }) => {
  await page.route("**/livy-console.js", (route) => route.fulfill({ status: 404 }));
  await page.goto(site);
  await expect(page.getByText("If this stays, the server may not have the console's script files")).toBeVisible();
});

test("the first load asks for six files, each once", async ({ page, host, trouble }) => {
  const { address } = await host("--livy", "fake");
  const asked = [];
  let isAnswered = false;
  page.on("request", (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol === "http:" && !isAnswered && !pathname.startsWith("/livy/")) asked.push(pathname.replace(/[0-9a-f]{12,}/, "HASH"));
  });
  // With the answer there is a list to draw. Then the words for what may fail are fetched, which nobody waits for.
  page.on("response", (response) => { isAnswered ||= response.url().includes("/livy/sessions"); });
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "No sessions yet" })).toBeVisible();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  const files = ["/", "/config.json", "/livy-console-HASH.css", "/livy-console-HASH.js", "/livy-console-HASH.wasm", "/livy-console.js"];
  expect(asked.toSorted()).toEqual(files);
  expect(trouble.splice(0)).toEqual([]);
});

/** Lets the program trap from within, as `unreachable` does, as soon as the page sets `traps`. */
async function armTrap(page, traps) {
  await page.addInitScript((armed) => {
    window.traps = armed;
    const instantiate = WebAssembly.instantiate.bind(WebAssembly);
    const trapping = async (source, imports) => {
      const { instance, module } = await instantiate(source, imports);
      const guarded = (call) => (...all) => {
        if (window.traps) throw new WebAssembly.RuntimeError("unreachable");
        return call(...all);
      };
      const exports = Object.entries(instance.exports).map(([name, it]) => [name, typeof it === "function" ? guarded(it) : it]);
      return { instance: { exports: Object.fromEntries(exports) }, module };
    };
    WebAssembly.instantiate = trapping;
    WebAssembly.instantiateStreaming = async (response, imports) => trapping(await (await response).arrayBuffer(), imports);
  }, traps);
}

test("a trap stops the console in words: nothing acts any more, nothing typed is lost", async ({ page, site }) => {
  await armTrap(page, false);
  const sent = posts(page);
  await page.goto(`${site}#/new`);
  await page.getByLabel("Driver memory").fill("3g");
  // At once: a clock of the console may ring before a press of the mouse.
  await page.getByRole("button", { name: "Create session" }).evaluate((it) => {
    window.traps = true;
    it.click();
  });
  await expect(page.getByRole("alert").first()).toContainText("The console stopped");
  await expect(fresh(page)).toHaveAttribute("data-fresh", "stale");
  await expect(page.getByRole("alert").first()).toContainText("kept in this tab");
  await expect(page.getByRole("button", { name: "Create session" })).toBeDisabled();
  await press(page, "Reload the page");
  await expect(page.getByLabel("Driver memory")).toBeEnabled();
  await expect(page.getByLabel("Driver memory")).toHaveValue("3");
  expect(sent).toEqual([]);
});

test("a trap at the start", async ({ page, site }) => {
  await armTrap(page, true);
  await page.goto(site);
  await expect(page.getByRole("alert")).toContainText("stopped with an internal error while starting");
  await expect(page.getByRole("button", { name: "Reload the page" })).toBeVisible();
});

test("a panic ends in its own words", async ({ page, site }) => {
  await armPanic(page);
  await page.goto(site);
  await expect(page.getByRole("heading", { name: "Sessions", exact: true })).toBeVisible();
  await page.evaluate(() => window.panic("index out of bounds"));
  await expect(page.getByRole("alert").first()).toContainText("index out of bounds");
  await expect(page).toHaveTitle("stopped · Sessions · livy-console");
});
