// A portal to test: its own server with the console's bundle below /livy-console/, and two pretend clusters.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { POLICY, portal } from "../../examples/serve.mjs";
import { dist, expect, serve, test as base } from "./console.mjs";

export { POLICY };
/** A folder of the examples. */
export const example = (name) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)).replace(/\/$/, "");

/**
 * `clusters`: the addresses of two pretend clusters of this worker. `portal`: starts a portal with options of `examples/serve.mjs`, which
 * ends with the test; by default it is the plain one.
 */
export const test = base.extend({
  clusters: [async ({}, use) => {
    const servers = await Promise.all([serve("--livy", "fake"), serve("--livy", "fake")]);
    const [prod, test] = servers.map((it) => `${it.address}livy`);
    await use({ "/livy-prod": prod, "/livy-test": test, "/livy": prod });
    await Promise.all(servers.map((it) => it.end()));
  }, { scope: "worker" }],
  portal: async ({ clusters }, use) => {
    const servers = [];
    await use(async (options = {}) => {
      servers.push(await portal({ folder: example("portal"), bundle: dist, clusters, ...options }));
      return servers.at(-1).address;
    });
    await Promise.all(servers.map((it) => it.end()));
  },
});
export { expect };

/** A session of a cluster, made without any page. */
export async function made(cluster, name, request = {}) {
  const answer = await fetch(`${cluster}/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-requested-by": "test" },
    body: JSON.stringify({ kind: "pyspark", name, ...request }),
  });
  expect(answer.status).toBe(201);
  return (await answer.json()).id;
}

/** What an element on the page has told, as `[type, detail]`. Begins to listen before any script of the page. */
export async function listen(page) {
  await page.addInitScript(() => {
    window.told = [];
    for (const name of ["ready", "navigate", "create", "created", "create-failed", "state", "deleted", "kept-alive", "trouble", "stopped"]) {
      document.addEventListener(`livy-${name}`, (event) => window.told.push([event.target.id, event.type, event.detail]), true);
    }
  });
  return async (id, type) => (await page.evaluate(() => window.told)).filter((it) => it[0] === id && it[1] === type).map((it) => it[2]);
}

/** Runs a program of the examples' packages in one of them; an error has what it said. */
export async function run(name, program, ...args) {
  const tool = `${example("node_modules")}/.bin/${program}`;
  await promisify(execFile)(tool, args, { cwd: example(name) }).catch((error) => {
    throw new Error(error.code === "ENOENT" ? "The examples' packages are missing. Run npm ci in examples." : `${program}: ${error.stdout}${error.stderr}`);
  });
}

/** A new folder among the results, which the next run clears. */
async function space(name) {
  const { outputDir } = base.info();
  await mkdir(outputDir, { recursive: true });
  return mkdtemp(join(outputDir, `${name}-`));
}

/** Builds an example with Vite; answers with the folder of what was built. */
export async function built(name) {
  const folder = await space(name);
  await run(name, "vite", "build", "--outDir", folder, "--logLevel", "error", "--emptyOutDir");
  return folder;
}

/** A page with one console whose files are at an address, as a folder. `head` goes before the script, `element` is in the place of the console. */
export async function hosting(address, head = "", element = "") {
  const folder = await space("page");
  const console = element || `<livy-console id="it" base-url="/livy"><p>The console is not here. <a href="/help">Help</a></p></livy-console>`;
  await writeFile(join(folder, "index.html"), `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portal</title>${head}
<script type="module" crossorigin src="${address}livy-console.js"></script></head><body><main><h1>Portal</h1>
${console}</main></body></html>`);
  return folder;
}
