// How long it takes from an address to a form that can be typed into, on a line of 10 Mbit/s and 40 ms, without a cache: the console
// beside a hand-written page with the same fields, compressed the same way. Printed as a ratio: milliseconds alone say more about
// a machine.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { serve } from "../console.mjs";
import { launch } from "./browser.mjs";

const RUNS = 9;
/** Bytes a second, and milliseconds before a first byte. */
const LINE = { offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };

/** The console's form, by its own source: name, label, help. */
const FIELDS = 17;
const source = readFileSync(new URL("../../../src/form/field/definition.rs", import.meta.url), "utf8");
const told = (key) => [...source.matchAll(new RegExp(`^ +${key}: "([^"]*)"`, "gm"))].map((it) => it[1]);
const [names, labels, helps] = [told("name"), told("label"), told("help")];
// A page with fewer fields would flatter itself, not the console.
for (const found of [names, labels, helps]) {
  if (found.length !== FIELDS) throw new Error(`the hand-written page should have ${FIELDS} fields and has ${found.length}: has the source moved?`);
}

const css = readFileSync(new URL("../../../style/form.css", import.meta.url), "utf8")
  + readFileSync(new URL("../../../style/base.css", import.meta.url), "utf8")
  + readFileSync(new URL("../../../style/tokens.css", import.meta.url), "utf8");
const control = (name, at) => `<p><label for="${name}">${labels[at]}</label><input id="${name}" name="${name}"><small>${helps[at]}</small></p>`;
const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>New session</title><link rel="stylesheet" href="form.css">
<script type="module" src="form.js"></script><main><h1>New session</h1><form>${names.map(control).join("\n")}<button>Create session</button></form></main>`;
const js = `const form = document.querySelector("form");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  const answer = await fetch("/livy/sessions", { method: "POST", headers: { "Content-Type": "application/json", "X-Requested-By": "page" }, body: JSON.stringify(body) });
  location.hash = "#/sessions/" + (await answer.json()).id;
});
window.handWritten = true;`;

/** Serves the hand-written page. */
function byHand() {
  const files = { "/": ["text/html", html], "/form.css": ["text/css", css], "/form.js": ["text/javascript", js] };
  const server = createServer((request, response) => {
    const [type, text] = files[request.url] ?? ["text/plain", ""];
    response.writeHead(files[request.url] ? 200 : 404, { "Content-Type": type, "Content-Encoding": "br", "Cache-Control": "no-store" });
    response.end(brotliCompressSync(text));
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

/** Milliseconds until the form can be typed into, and the bytes that came over the line until then. */
async function usable(browser, address, is) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", LINE);
  let bytes = 0;
  line.on("Network.loadingFinished", (it) => { bytes += it.encodedDataLength; });
  await page.addInitScript(`const look = () => ${is} ? window.usableAt = performance.now() : requestAnimationFrame(look); look();`);
  await page.goto(address, { waitUntil: "commit" });
  const at = await page.waitForFunction(() => window.usableAt).then((it) => it.jsonValue());
  await context.close();
  return { at, bytes };
}

const median = (all) => all.sort((a, b) => a - b)[all.length >> 1];
const server = await serve("--livy", "fake");
const hand = await byHand();
const browser = await launch();
try {
  const runs = { console: [], hand: [] };
  for (let run = 0; run < RUNS; run++) {
    runs.hand.push(await usable(browser, `http://127.0.0.1:${hand.address().port}/`, "window.handWritten"));
    runs.console.push(await usable(browser, `${server.address}#/new`, "document.querySelector('livy-console')?.shadowRoot?.querySelector('main [name=queue]')"));
  }
  const of = (name) => ({ at: median(runs[name].map((it) => it.at)), bytes: median(runs[name].map((it) => it.bytes)) });
  const [ours, theirs] = [of("console"), of("hand")];
  const line = (what, it) => console.log(`  ${what.padEnd(22)} ${it.at.toFixed(0).padStart(6)} ms ${(it.bytes / 1000).toFixed(0).padStart(6)} kB`);
  console.log(`load: from an address to a form that can be typed into, 10 Mbit/s and 40 ms, no cache, medians of ${RUNS}`);
  line("a hand-written page", theirs);
  line("the console", ours);
  console.log(`  ratio                  ${(ours.at / theirs.at).toFixed(2)} (at most 2.6, the aim is 2.2)`);
} finally {
  await browser.close();
  hand.close();
  await server.end();
}
