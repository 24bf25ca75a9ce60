// A list of 40,000 sessions in the browser: how soon its first rows are there, what a filter and an order cost once all are read, how it
// scrolls, what it keeps, and how often it asks while nothing happens. Beside it, in the same run, Livy's own way (a table of the oldest
// hundred) and one table of all: milliseconds alone say more about a machine.
import { serve } from "../console.mjs";
import { launch } from "./browser.mjs";

const SESSIONS = Number(process.env.SESSIONS ?? 40_000);
const ROUNDS = 9;

const sleep = (millis) => new Promise((done) => setTimeout(done, millis));
const quantile = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const median = (times) => quantile(times, 0.5);
const millis = (it) => it.toFixed(1).padStart(8);
const line = (what, value, rest) => console.log(`  ${what.padEnd(32)}${value} ${rest}`);

/** Before any script of the page: the memory of the program, and the moment of the first row. */
function watch() {
  const seen = (window.bench = { memories: [], firstRow: 0, answers: [] });
  const taken = (made) => {
    const memory = (made.instance ?? made).exports?.memory;
    if (memory && !seen.memories.includes(memory)) seen.memories.push(memory);
    return made;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const itself = WebAssembly[name];
    WebAssembly[name] = async (...given) => taken(await itself.apply(WebAssembly, given));
  }
  const Instance = WebAssembly.Instance;
  WebAssembly.Instance = new Proxy(Instance, { construct: (of, given) => taken(Reflect.construct(of, given)) });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    const observer = new MutationObserver(() => {
      if (!root.querySelector("tr[data-session-id]")) return;
      seen.firstRow = performance.now();
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => { seen.firstFrame = performance.now(); }));
    });
    observer.observe(root, { childList: true, subtree: true });
    return root;
  };
}

const inRoot = (page, code, given) => page.evaluate(([code, given]) => {
  const root = document.querySelector("livy-console").shadowRoot;
  return (0, eval)(`(${code})`)(root, given);
}, [String(code), given]);

const memory = (page) => page.evaluate(() => window.bench.memories.reduce((sum, it) => sum + it.buffer.byteLength, 0) / 1e6);

/** The list's calls in the page so far, with the ends of their answers. */
const calls = (page) => page.evaluate(() => performance.getEntriesByType("resource")
  .filter((it) => /\/livy\/sessions\?/.test(it.name)).map((it) => it.responseEnd));

/** Time between frames while `step` is done in each. */
const frames = (page, step) => page.evaluate((step) => new Promise((done) => {
  const root = document.querySelector("livy-console")?.shadowRoot ?? document;
  const act = (0, eval)(`(${step})`);
  const times = [];
  let [last, count] = [performance.now(), 0];
  const frame = (now) => {
    times.push(now - last);
    last = now;
    act(root, count);
    if (++count < 240) requestAnimationFrame(frame);
    else done(times.slice(1));
  };
  requestAnimationFrame(frame);
}), String(step));

const server = await serve("--livy", `fake:${SESSIONS}`);
const browser = await launch();
try {
  console.log(`list, browser: ${SESSIONS} sessions`);
  const firsts = [];
  for (let at = 0; at < ROUNDS; at++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(watch);
    await page.goto(server.address);
    await page.locator("tr[data-session-id]").first().waitFor();
    await page.waitForFunction(() => window.bench.firstFrame);
    const ends = await calls(page);
    const { firstRow, firstFrame } = await page.evaluate(() => window.bench);
    firsts.push({ row: firstRow - ends[1], frame: firstFrame - ends[1], calls: ends.filter((it) => it <= firstRow).length });
    await page.close();
  }
  line("first rows after the answer", millis(median(firsts.map((it) => it.row))), `ms, drawn after ${median(firsts.map((it) => it.frame)).toFixed(1)} (median of ${ROUNDS}; the goal is 30), with ${Math.max(...firsts.map((it) => it.calls))} requests (the goal is 2)`);

  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(watch);
  await page.goto(server.address);
  const search = page.getByRole("searchbox", { name: "Search sessions" });
  await page.getByRole("button", { name: "Load all" }).waitFor();
  await sleep(1_000);
  const before = await memory(page);
  const begun = Date.now();
  await page.getByRole("button", { name: "Load all" }).click();
  await page.getByRole("button", { name: "Stop", exact: true }).waitFor();
  await page.getByRole("button", { name: "Stop", exact: true }).waitFor({ state: "detached", timeout: 600_000 });
  line("read all of them", millis((Date.now() - begun) / 1_000), `s, in ${(await calls(page)).length} requests`);
  const after = await memory(page);
  line("memory for it", millis(after - before), `MB of the program's memory (the goal is 24); ${after.toFixed(1)} in all`);

  const typed = (words) => inRoot(page, (root, words) => {
    const field = root.querySelector("[name='session-search']");
    const one = (text) => new Promise((done) => {
      field.value = text;
      const begun = performance.now();
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      // What the framework puts off to a microtask belongs to it.
      queueMicrotask(() => queueMicrotask(() => setTimeout(() => {
        const script = performance.now() - begun;
        document.body.getBoundingClientRect();
        done({ script, drawn: performance.now() - begun });
      })));
    });
    return (async () => {
      const all = [];
      for (let at = 0; at < 9; at++) { all.push(await one(words)); await one(""); }
      return all;
    })();
  }, words);
  for (const [what, words] of [["a rare text", "39999"], ["one in six", "churn"], ["nearly all", "application"]]) {
    const all = await typed(words);
    line(`filter: ${what}`, millis(median(all.map((it) => it.script))), `ms, with style and layout ${median(all.map((it) => it.drawn)).toFixed(1)} (the goal is 16)`);
  }
  for (const column of ["Name", "Owner", "Memory"]) {
    const all = await inRoot(page, (root, column) => {
      const button = [...root.querySelectorAll("th button")].find((it) => it.textContent === column);
      const one = () => new Promise((done) => {
        const begun = performance.now();
        button.click();
        queueMicrotask(() => queueMicrotask(() => setTimeout(() => done(performance.now() - begun))));
      });
      return (async () => {
        const all = [];
        for (let at = 0; at < 9; at++) all.push(await one());
        return all;
      })();
    }, column);
    line(`sort by ${column.toLowerCase()}`, millis(median(all)), "ms (the goal is 16)");
  }
  await page.getByRole("button", { name: "Id", exact: true }).click();
  const ours = await frames(page, () => window.scrollBy(0, 360));
  line("scrolling, between frames", millis(quantile(ours, 0.95)), `ms (p95; p50 ${median(ours).toFixed(1)}, longest ${Math.max(...ours).toFixed(1)}; the goal is 16.7)`);
  const jumps = await frames(page, (_, at) => window.scrollTo(0, (at * 7_919 % 240) / 240 * document.documentElement.scrollHeight));
  line("jumps, between frames", millis(quantile(jumps, 0.95)), `ms (p95; longest ${Math.max(...jumps).toFixed(1)})`);
  const nodes = await inRoot(page, (root) => root.querySelectorAll("*").length);
  line("elements in the page", String(nodes).padStart(8), "");
  await page.close();

  // A minute of the list that nobody touches, on a pretended clock.
  const quiet = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await quiet.clock.install();
  let asked = 0;
  quiet.on("request", (request) => { if (/\/livy\//.test(request.url())) asked += 1; });
  await quiet.goto(server.address);
  await quiet.locator("tr[data-session-id]").first().waitFor();
  const pass = async (seconds) => {
    for (let second = 0; second < seconds; second++) {
      await quiet.clock.runFor(1_000);
      await sleep(20);
    }
  };
  await pass(45);
  asked = 0;
  await pass(60);
  line("a quiet minute", String(asked).padStart(8), "requests (the goal is 12)");
  await quiet.close();

  // Livy's own page: jQuery asks for the list without a range, and DataTables makes a table of what comes, the oldest hundred.
  const plain = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await plain.route("**/plain", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><style>td{padding:4px 12px;white-space:nowrap}</style><input id=q><table id=t><thead><tr><th>Id<th>Name<th>State<th>Kind<th>Owner<th>Application</thead><tbody></tbody></table>" }));
  await plain.goto(`${server.address}plain`);
  const fill = (from, size) => plain.evaluate(async ([from, size]) => {
    const answers = [];
    for (let at = from; at < from + size; at += 1_000) {
      const answer = await fetch(`livy/sessions${size === 100 ? "" : `?from=${at}&size=1000`}`);
      answers.push(...(await answer.json()).sessions);
    }
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const body = document.querySelector("#t tbody");
    const begun = performance.now();
    body.replaceChildren();
    window.rows = answers.map((it) => {
      const row = document.createElement("tr");
      for (const text of [it.id, it.name, it.state, it.kind, it.owner, it.appId]) {
        const cell = document.createElement("td");
        cell.textContent = text ?? "";
        row.append(cell);
      }
      body.append(row);
      return [row, row.textContent.toLowerCase()];
    });
    document.body.getBoundingClientRect();
    return { drawn: performance.now() - begun, ids: [answers[0].id, answers.at(-1).id] };
  }, [from, size]);
  const search2 = (words) => plain.evaluate((words) => {
    const times = [];
    for (let at = 0; at < 3; at++) {
      for (const text of [words, ""]) {
        const begun = performance.now();
        for (const [row, said] of window.rows) row.hidden = !said.includes(text);
        document.body.getBoundingClientRect();
        if (text) times.push(performance.now() - begun);
      }
    }
    return times.sort((a, b) => a - b)[1];
  }, words);
  const own = await fill(0, 100);
  line("Livy's own page: first rows", millis(own.drawn), `ms, of the oldest hundred (ids ${own.ids.join(" to ")}): the other ${SESSIONS - 100} cannot be reached`);
  const all = await fill(0, SESSIONS);
  line("one table: first rows", millis(all.drawn), `ms, of all: ${(all.drawn / median(firsts.map((it) => it.row))).toFixed(0)} times as long as ours after the answer`);
  line("one table: filter", millis(await search2("churn")), "ms with layout");
  const theirs = await frames(plain, () => window.scrollBy(0, 360));
  line("one table: between frames", millis(quantile(theirs, 0.95)), `ms (p95; longest ${Math.max(...theirs).toFixed(1)}): ours are ${(quantile(ours, 0.95) / quantile(theirs, 0.95)).toFixed(2)} of them`);
  line("one table: elements", String(await plain.evaluate(() => document.querySelectorAll("*").length)).padStart(8), "");
} finally {
  await browser.close();
  await server.end();
}
