// Consoles that come and go on a page that stays: what the journeys of teardown and `cargo xtask bench embed` do and count.

import { create, unique } from "./console.mjs";

/** A page of somebody else's, which the console's own server does not have. */
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portal</title>
<script type="module" src="./livy-console.js"></script></head><body><main><h1>Portal</h1><div id="place"></div></main></body></html>`;

/** Put into the page before its scripts: counts what is left on the window and the document. */
function count() {
  const left = { listeners: new Map(), timers: new Set(), frames: new Set(), workers: 0, requests: 0 };
  window.left = left;
  for (const target of [window, document]) {
    const key = (name, heard, options) => [target === window ? "window" : "document", name, typeof options === "object" ? Boolean(options?.capture) : Boolean(options)].join(" ");
    const { addEventListener, removeEventListener } = target;
    target.addEventListener = function (name, heard, options) {
      const at = key(name, heard, options);
      if (!left.listeners.has(at)) left.listeners.set(at, new Set());
      left.listeners.get(at).add(heard);
      return addEventListener.call(target, name, heard, options);
    };
    target.removeEventListener = function (name, heard, options) {
      left.listeners.get(key(name, heard, options))?.delete(heard);
      return removeEventListener.call(target, name, heard, options);
    };
  }
  const { setTimeout: set, clearTimeout: clear, requestAnimationFrame: frame, Worker: Work, fetch: ask } = window;
  window.setTimeout = (what, wait, ...more) => {
    const id = set((...given) => { left.timers.delete(id); what(...given); }, wait, ...more);
    left.timers.add(id);
    return id;
  };
  window.clearTimeout = (id) => { left.timers.delete(id); clear(id); };
  window.requestAnimationFrame = (what) => {
    const id = frame((at) => { left.frames.delete(id); what(at); });
    left.frames.add(id);
    return id;
  };
  window.Worker = class extends Work {
    constructor(...given) { super(...given); left.workers++; }
    terminate() { left.workers--; super.terminate(); }
  };
  window.fetch = (...given) => {
    left.requests++;
    return ask(...given).finally(() => { left.requests--; });
  };
  window.summary = () => ({
    listeners: [...left.listeners].map(([name, all]) => `${name}: ${all.size}`).filter((it) => !it.endsWith(": 0")).sort(),
    timers: left.timers.size, frames: left.frames.size, workers: left.workers, requests: left.requests,
  });
}

/**
 * Adds and removes a console so many times, each at another moment of its life, with what a person may have begun by then. Runs in the
 * page; the moments are the same in every run.
 */
export async function cycle({ cycles, session }) {
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  const wait = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
  const place = document.getElementById("place");
  window.gone ??= [];
  for (let at = 0; at < cycles; at++) {
    const element = document.createElement("livy-console");
    element.baseUrl = "/livy";
    element.route = ["/", "/new", `/sessions/${session}`, `/sessions/${session}`][at % 4];
    place.append(element);
    await wait(random() * 300);
    const root = element.shadowRoot;
    const search = root.querySelector("[name='log-search']");
    if (search) {
      // A search that takes its time, by an expression.
      [...root.querySelectorAll("label")].find((it) => it.textContent.includes("Regular expression"))?.querySelector("input").click();
      search.value = "(a|a)*b|Exception";
      search.dispatchEvent(new Event("input", { bubbles: true }));
      await wait(random() * 60);
    }
    const ask = [...root.querySelectorAll("button")].find((it) => it.textContent === "Delete session");
    if (ask && at % 8 === 3) {
      ask.click();
      await wait(random() * 40);
    }
    // Moved in its place, it goes on.
    if (at % 5 === 4) place.prepend(element);
    element.remove();
    if (at % 7 === 6) await wait(random() * 20);
    window.gone.push(new WeakRef(element));
    if (window.gone.length > 20) window.gone.shift();
  }
  await wait(400);
}

/** Opens that page with a console that stays, at a server that has a session and takes its time. */
export async function portal(page, { address }) {
  await create(page, address, unique("etl"));
  await page.waitForURL(/#\/sessions\/\d+$/);
  const session = new URL(page.url()).hash.split("/").at(-1);
  await page.route("**/portal.html", (route) => route.fulfill({ contentType: "text/html", body: PAGE }));
  // A server that takes its time.
  await page.route("**/livy/**", async (route) => {
    await new Promise((done) => { setTimeout(done, 40 + (Date.now() % 120)); });
    await route.continue().catch(() => {});
  });
  await page.addInitScript(count);
  await page.goto(`${address}portal.html`);
  const stays = await page.evaluateHandle(async () => {
    const element = document.createElement("livy-console");
    element.baseUrl = "/livy";
    const ready = new Promise((done) => { element.addEventListener("livy-ready", done, { once: true }); });
    document.body.append(element);
    await ready;
    return element;
  });
  const glue = await page.evaluate(() => performance.getEntriesByType("resource").map((it) => it.name).find((it) => /livy-console-[0-9a-f]{16}\.js$/.test(it)));
  return { address, session, stays, glue };
}

/** What is there of consoles, after the garbage was collected. */
export async function measured(page, glue) {
  const cdp = await page.context().newCDPSession(page);
  for (let round = 0; round < 6; round++) {
    await cdp.send("HeapProfiler.collectGarbage");
    await page.waitForTimeout(50);
  }
  const { nodes, jsEventListeners, documents } = await cdp.send("Memory.getDOMCounters");
  await cdp.detach();
  const program = await page.evaluate(async (glue) => {
    const { initSync, open_count: open } = await import(glue);
    return { memory: initSync().memory.buffer.byteLength, open: open() };
  }, glue);
  return { nodes, jsEventListeners, documents, ...program };
}
