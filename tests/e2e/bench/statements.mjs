// Results in the browser: a table of 1,000 x 40 and a text of 10 MB, from the answer to the first rows, scrolling, and the longest time in
// which the page stands still. Beside it, in the same run, the usual way (sparkmagic, Livy's own page): all of a result at once, as one
// table of all rows and one `<pre>`. Milliseconds alone say more about a machine.
import { serve } from "../console.mjs";
import { launch } from "./browser.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const sleep = (millis) => new Promise((done) => setTimeout(done, millis));
const quantile = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const median = (times) => quantile(times, 0.5);
const millis = (it) => it.toFixed(1).padStart(8);
const line = (what, value, rest) => console.log(`  ${what.padEnd(36)}${value} ${rest}`);

const columns = Array.from({ length: 40 }, (_, at) => ({ name: `c${at}`, type: at % 2 ? "string" : "long", nullable: true, metadata: {} }));
const table = { "application/json": { schema: { type: "struct", fields: columns }, data: Array.from({ length: 1_000 }, (_, row) => columns.map((_, at) => (at % 2 ? `row ${row}, column ${at}` : row * 40 + at))) } };
const text = { "text/plain": Array.from({ length: 160_000 }, (_, at) => `line ${at}: some fifty characters of a text, as it is told`).join("\n") };
const output = (data) => JSON.stringify({ id: 0, code: "x", state: "available", output: { status: "ok", execution_count: 0, data }, progress: 1, started: 1, completed: 2 });

/** Before any script of the page: when what a selector names was drawn first, and which tasks were long. */
function watch(selector) {
  const seen = (window.bench = { first: 0, long: [] });
  new PerformanceObserver((list) => list.getEntries().forEach((it) => seen.long.push([it.startTime, it.duration]))).observe({ type: "longtask", buffered: true });
  const look = (root) => {
    const observer = new MutationObserver(() => {
      if (!root.querySelector(selector)) return;
      seen.drawn = performance.now();
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => { seen.first = performance.now(); }));
    });
    observer.observe(root, { childList: true, subtree: true });
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    look(root);
    return root;
  };
  addEventListener("DOMContentLoaded", () => look(document.body));
}

/** Opens the console on a session with this one statement. */
async function ours(browser, address, data, selector) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(watch, selector);
  const body = output(data);
  await page.route("**/livy/sessions/7", (route) => route.fulfill({ json: { id: 7, kind: "pyspark", state: "idle", appInfo: {}, heartbeatTimeoutInSecond: 0 } }));
  await page.route("**/livy/sessions/7/log?*", (route) => route.fulfill({ json: { id: 7, from: 0, total: 0, log: [] } }));
  await page.route("**/livy/sessions/7/statements**", (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path.endsWith("/statements")) return route.fulfill({ contentType: "application/json", body: `{"total_statements":1,"statements":[${body.replace(/"output":.*,"progress"/, '"output":null,"progress"').replace("available", "running")}]}` });
    return path.endsWith("/0") ? route.fulfill({ contentType: "application/json", body }) : route.fulfill({ status: 404, contentType: "application/json", body: '"Statement not found"' });
  });
  await page.goto(`${address}#/sessions/7?view=statements`);
  await page.waitForFunction(() => window.bench.first > 0, null, { timeout: 30_000 });
  await sleep(300);
  return page;
}

/** A page that draws all of a result at once. */
async function plain(browser, address, data, selector) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(watch, selector);
  const body = output(data);
  await page.route("**/answer", (route) => route.fulfill({ contentType: "application/json", body }));
  await page.route("**/plain", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><style>td{padding:4px 10px;white-space:nowrap}div{max-height:480px;overflow:auto}</style><div></div>" }));
  await page.goto(`${address}plain`);
  await page.evaluate(async () => {
    const { data } = (await (await fetch("answer")).json()).output;
    const box = document.querySelector("div");
    const made = (tag, text) => Object.assign(document.createElement(tag), text === undefined ? {} : { textContent: text });
    if (data["text/plain"]) return box.append(made("pre", data["text/plain"]));
    const { schema, data: rows } = data["application/json"];
    const table = made("table");
    for (const cells of [schema.fields.map((it) => it.name), ...rows]) {
      const row = made("tr");
      row.append(...cells.map((it) => made("td", it)));
      table.append(row);
    }
    box.append(table);
  });
  await page.waitForFunction(() => window.bench.first > 0, null, { timeout: 60_000 });
  await sleep(300);
  return page;
}

/** From the last byte of the answer to what was drawn of it, and the longest task since. */
const told = (page, name) => page.evaluate((name) => {
  const answers = performance.getEntriesByType("resource").filter((it) => it.name.endsWith(name));
  const end = answers.at(-1).responseEnd;
  const { first, long } = window.bench;
  return { first: first - end, longest: Math.max(0, ...long.filter(([at, lasts]) => at + lasts > end).map((it) => it[1])) };
}, name);

/** Time between frames while the box of the result is scrolled. */
const frames = (page, selector) => page.evaluate((selector) => new Promise((done) => {
  const root = document.querySelector("livy-console")?.shadowRoot ?? document;
  const box = root.querySelector(selector);
  const times = [];
  let [last, count] = [performance.now(), 0];
  const frame = (now) => {
    times.push(now - last);
    last = now;
    box.scrollBy(0, 140);
    if (++count < 200) requestAnimationFrame(frame);
    else done(times.slice(1));
  };
  requestAnimationFrame(frame);
}), selector);

const elements = (page) => page.evaluate(() => (document.querySelector("livy-console")?.shadowRoot ?? document).querySelectorAll("*").length);

const server = await serve("--livy", "fake");
const browser = await launch();
try {
  for (const [name, data, drawn, box, goal] of [["table of 1,000 x 40", table, "tr[data-row]", ".lc-grid", 100], ["text of 10 MB", text, ".lc-paper-lines > div", ".lc-paper", 200]]) {
    console.log(`results, browser: ${name} (${(output(data).length / 1e6).toFixed(1)} MB)`);
    const all = { ours: [], plain: [] };
    const scrolled = {};
    for (let round = 0; round < ROUNDS; round++) {
      for (const [who, open, answer, selector] of [["ours", ours, "/statements/0", box], ["plain", plain, "/answer", "div"]]) {
        const page = await open(browser, server.address, data, who === "ours" ? drawn : "div > *");
        all[who].push(await told(page, answer));
        if (round + 1 === ROUNDS) scrolled[who] = { times: await frames(page, selector), count: await elements(page) };
        await page.close();
      }
    }
    const of = (who, what) => median(all[who].map((it) => it[what]));
    line("first rows after the answer", millis(of("ours", "first")), `ms (the goal is ${goal}); all at once ${of("plain", "first").toFixed(1)} ms: ${(of("plain", "first") / of("ours", "first")).toFixed(1)} times as long`);
    line("longest block", millis(of("ours", "longest")), `ms (the goal for a text is 50; 0 is below 50); all at once ${of("plain", "longest").toFixed(1)} ms`);
    const { ours: mine, plain: theirs } = scrolled;
    line("scrolling, between frames", millis(quantile(mine.times, 0.95)), `ms (p95; longest ${Math.max(...mine.times).toFixed(1)}; the goal is 16.7); all at once ${quantile(theirs.times, 0.95).toFixed(1)}`);
    line("elements in the page", String(mine.count).padStart(8), `; all at once ${theirs.count}`);
  }
} finally {
  await browser.close();
  await server.end();
}
