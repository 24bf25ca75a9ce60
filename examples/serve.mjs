// A small web server for the examples: a portal's files, the console's bundle below /livy-console/, and clusters behind paths of the
// same origin. `node examples/serve.mjs portal` serves one on this machine; docs/embedding.md says what to start before.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, request } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml" };

/** What a portal has to allow, and nothing else: its own files, WebAssembly, and calls to its own origin. */
export const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Sends a file of a folder; false where there is none. */
async function send(folder, path, response, headers) {
  const file = join(folder, normalize(decodeURIComponent(path)).replace(/^\/+/, "") || "index.html");
  const found = file.startsWith(folder) && await stat(file).catch(() => null);
  if (!found?.isFile()) return false;
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": "no-cache", ...headers });
  createReadStream(file).pipe(response);
  return true;
}

/** Passes a call on to a cluster, once. */
function pass(upstream, incoming, response) {
  const headers = { ...incoming.headers, host: upstream.host };
  const call = request(upstream, { method: incoming.method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  call.on("error", () => response.writeHead(502).end("The cluster does not answer."));
  response.on("close", () => call.destroy());
  incoming.pipe(call);
}

/**
 * Starts a portal on this machine. `folder` has its files and `bundle` the console's; `clusters` are addresses by their paths here, such as
 * `{ "/livy": "http://127.0.0.1:8998" }`; `headers` go on every file. Answers with the address, and a way to end it.
 */
export async function portal({ folder, bundle, clusters = {}, headers = { "content-security-policy": POLICY }, port = 0 }) {
  const server = createServer(async (incoming, response) => {
    const { pathname, search } = new URL(incoming.url, "http://portal");
    const [path, cluster] = Object.entries(clusters).find(([it]) => pathname.startsWith(`${it}/`)) ?? [];
    if (cluster) return pass(new URL(cluster + incoming.url.slice(path.length)), incoming, response);
    const inBundle = bundle && pathname.startsWith("/livy-console/");
    const sent = inBundle
      ? await send(bundle, pathname.slice("/livy-console".length), response, headers)
      : await send(folder, pathname, response, headers);
    if (!sent) response.writeHead(404, headers).end(`Nothing is at ${pathname}${search}.`);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const end = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return { address: `http://127.0.0.1:${server.address().port}/`, end };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const [name = "portal", livy = "http://127.0.0.1:8998", other = livy] = process.argv.slice(2);
  const folder = join(here, name, name === "portal" ? "" : "dist");
  const clusters = { "/livy-prod": livy, "/livy-test": other, "/livy": livy };
  const { address } = await portal({ folder, bundle: join(here, "../dist"), clusters, port: 8090 });
  console.log(`The portal is at ${address}`);
}
