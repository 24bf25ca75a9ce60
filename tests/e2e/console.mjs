// A console to test: its server, and the few things every journey does with the page.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test as base, expect } from "@playwright/test";

const root = fileURLToPath(new URL("../../", import.meta.url));
const xtask = process.env.XTASK ?? `${root}target/debug/xtask`;
/** The bundle under test. */
export const dist = process.env.DIST ?? `${root}dist`;

/** Serves the bundle with the given flags; resolves to its address and a way to end it, after which nobody listens there. */
export async function serve(...flags) {
  const child = spawn(xtask, ["serve", "--dir", dist, "--port", "0", ...flags], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const address = await new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
      const found = said.match(/The console is at (\S+)/);
      if (found) resolve(found[1]);
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  const end = () => {
    child.kill("SIGINT");
    return ended;
  };
  return { address, port: new URL(address).port, end };
}

/**
 * `site`: the console's address with a pretend cluster of this worker's own behind it. `host`: starts a server with flags of its
 * own, which ends with the test. `trouble`: what the page must not say.
 */
export const test = base.extend({
  site: [async ({}, use) => {
    const server = await serve("--livy", "fake");
    await use(server.address);
    await server.end();
  }, { scope: "worker" }],
  host: async ({}, use) => {
    const servers = [];
    await use(async (...flags) => {
      servers.push(await serve(...flags));
      return servers.at(-1);
    });
    await Promise.all(servers.map((it) => it.end()));
  },
  trouble: async ({ page }, use) => {
    const said = [];
    page.on("pageerror", (error) => said.push(`error: ${error.message}`));
    page.on("console", (message) => {
      // A failed request is told by the browser itself; the journeys cause some on purpose.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) said.push(message.text());
    });
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
    await use(said);
    expect(said).toEqual([]);
  },
});
export { expect };

let count = 0;
/** A name that nobody has used, that tells the story to the pretend cluster. */
export const unique = (story) => `${story}-${process.pid}-${Date.now() % 1e6}-${count++}`;

export const field = (page, name) => page.locator(`[name="${name}"]`);
export const fresh = (page) => page.locator("[data-fresh]");
export const session = (page) => page.locator("main [data-session-id]").first();
/** Opens a group of the form that is folded away. */
export const unfold = (page, title) => page.getByRole("heading", { name: title, exact: true }).click();
export const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** Runs code in the page. It gets the root that the console is drawn in, where the document itself finds nothing. */
export const inRoot = async (page, code) => (await page.evaluateHandle(() => document.querySelector("livy-console").shadowRoot)).evaluate(code);

/** Lets the page call `panic` with a reason, as the program does (src/web/browser/stop.rs). */
export const armPanic = (page) => page.route(/livy-console-[0-9a-f]+\.js$/, (route, request) => {
  const glue = `${request.url()}?itself`;
  return route.fulfill({
    contentType: "text/javascript",
    body: `import { begin as itself } from "${glue}"; export * from "${glue}"; export { default } from "${glue}";
      export function begin(stopped) { window.panic = stopped; itself(stopped); }`,
  });
});

/** Counts the POSTs that leave the page. */
export function posts(page) {
  const sent = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request));
  return sent;
}

/** Fills the form with a name and presses the button. */
export async function create(page, site, name) {
  await page.goto(`${site}#/new`);
  await page.getByLabel("pyspark", { exact: true }).check();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await press(page, "Create session");
}

/** A second pretend cluster on the page's own origin, behind `/livy2`. */
export async function second(context, site, host) {
  const { address } = await host("--livy", "fake");
  await context.route(`${site}livy2/**`, async (route) => {
    const url = route.request().url().replace(`${site}livy2`, `${address}livy`);
    try {
      await route.fulfill({ response: await route.fetch({ url }) });
    } catch {
      // The journey has ended, and that cluster with it.
    }
  });
}
