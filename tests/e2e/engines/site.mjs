// The bundle under test, with the one script more that the journeys find their elements by, and servers for it.
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { dist, serve } from "../console.mjs";

/** A copy of the bundle whose page names the script of the journeys before all others; `without` leaves out files. */
export async function watched(without) {
  const dir = await mkdtemp(join(tmpdir(), "console-bundle-"));
  await cp(dist, dir, { recursive: true, filter: (from) => !without?.test(from) });
  await build({
    entryPoints: [fileURLToPath(new URL("watch.js", import.meta.url))], outfile: join(dir, "journey-watch.js"), bundle: true, minify: true,
    format: "iife", target: "es2022", define: { "process.env": "{}" }, logLevel: "error",
  });
  // Compressed copies of the page would be served in its place.
  for (const name of await readdir(dir)) if (/^index\.html\../.test(name)) await rm(join(dir, name));
  const page = join(dir, "index.html");
  const html = await readFile(page, "utf8");
  const marked = html.replace("<head>", '<head><script src="journey-watch.js"></script>');
  if (marked === html) throw new Error(`No <head> in ${page}`);
  await writeFile(page, marked);
  return { dir, serve: (...flags) => serve("--dir", dir, ...flags), remove: () => rm(dir, { recursive: true, force: true }) };
}
