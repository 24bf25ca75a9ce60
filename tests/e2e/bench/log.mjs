// A log of a million lines in the browser: how long it takes to search it, to jump in it, to tail it, and what a poll costs.
// Beside it, in the same run, a bare fetch, a hand-written page and one `<pre>`: milliseconds alone say more about a machine.
import { readFile } from "node:fs/promises";
import { create, serve } from "../console.mjs";
import { launch } from "./browser.mjs";

const LINES = Number(process.env.LINES ?? 1_000_000);
const RING = 20_000;
const USUAL = 200;
const ROUNDS = 30;

const line = (at) => at % 97 > 4 && at % 97 < 12
  ? `\tat org.apache.spark.scheduler.TaskSetManager.handleFailedTask$anonfun${at}(TaskSetManager.scala:${at % 997})`
  : `26/11/23 13:${String(at % 60).padStart(2, "0")}:07 INFO ${at % 64 ? "TaskSetManager" : "BlockManagerInfo"}: Finished task ${at}.0 in stage ${Math.floor(at / 10_000)} (TID ${at}) in ${at % 1_999} ms on w${at % 40}`;

/** What the page is told of the log: the last `ring` lines of a stream; `step` more at each reading, up to `most`. */
const state = { length: 0, step: 150, most: 150, ring: RING, rate: 0, last: 0 };
const answer = () => {
  const grown = state.rate ? Math.round((Date.now() - state.last) / 1_000 * state.rate) : state.step;
  state.last = Date.now();
  state.length = Math.min(state.length + grown, state.most);
  const from = Math.max(0, state.length - state.ring);
  const log = ["stdout: ", "\nstderr: ", ...Array.from({ length: state.length - from }, (_, at) => line(from + at))];
  return { id: 0, from: 0, total: log.length, log };
};

const sleep = (millis) => new Promise((done) => setTimeout(done, millis));
const quantile = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const millis = (it) => it.toFixed(2).padStart(8);

/** Seconds of the main thread, all and script alone, since the page began. */
async function spent(cdp) {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const of = (name) => metrics.find((it) => it.name === name).value * 1_000;
  return { task: of("TaskDuration"), script: of("ScriptDuration") };
}

/** What the main thread spends on each of many `act`s, in milliseconds; each is given time to end. */
async function costs(cdp, act, wait) {
  await act();
  await sleep(wait);
  const all = [];
  let before = await spent(cdp);
  for (let at = 0; at < ROUNDS; at++) {
    await act(at);
    await sleep(wait);
    const after = await spent(cdp);
    all.push({ task: after.task - before.task, script: after.script - before.script });
    before = after;
  }
  return all;
}

/** The mean of them. */
async function cost(cdp, act, wait) {
  const all = await costs(cdp, act, wait);
  const mean = (of) => all.reduce((sum, it) => sum + of(it), 0) / all.length;
  return { task: mean((it) => it.task), script: mean((it) => it.script) };
}

/** The memory of the largest renderer in megabytes, as Linux counts it; `undefined` elsewhere. */
async function memory(browser) {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
  await cdp.detach();
  const sizes = await Promise.all(processInfo.filter((it) => it.type === "renderer").map(async ({ id }) => {
    const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
    return Number(status.match(/VmRSS:\s+(\d+)/)?.[1]) / 1_024;
  }));
  return sizes.filter((it) => it > 0).sort((a, b) => b - a)[0];
}

async function watched(page) {
  await page.route("**/livy/sessions/*/log*", (route) => route.fulfill({ json: answer() }));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  return cdp;
}

const server = await serve("--livy", "fake");
const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const cdp = await watched(page);
  await create(page, server.address, "bench");
  await page.getByRole("tab", { name: /stderr 150/ }).waitFor();
  console.log(`log, browser: ${LINES} lines`);
  Object.assign(state, { step: RING - 1_000, most: LINES });
  const begun = Date.now();
  await page.getByRole("tab", { name: `stderr ${LINES}` }).waitFor({ timeout: 300_000 });
  console.log(`  came in             ${((Date.now() - begun) / 1_000).toFixed(1).padStart(8)} s, in windows of ${RING} lines at no more than five calls a second`);
  if (await page.locator("[data-log-gap]").count() > 0) throw new Error("there is a gap in the log");

  const kept = await memory(browser);
  const bytes = Array.from({ length: 9_700 }, (_, at) => line(at).length + 1).reduce((sum, it) => sum + it) / 9_700 * LINES;
  if (kept) console.log(`  memory              ${kept.toFixed(0).padStart(8)} MB of the page's process, ${(bytes / 1e6).toFixed(0)} MB of text`);

  const search = (words) => page.evaluate((words) => {
    const field = document.querySelector("livy-console").shadowRoot.querySelector("[name='log-search']");
    const time = (text) => {
      field.value = text;
      const begun = performance.now();
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      return new Promise((done) => queueMicrotask(() => setTimeout(() => done(performance.now() - begun))));
    };
    return (async () => {
      const times = [];
      for (let at = 0; at < 9; at++) times.push(await time(words), await time(""));
      return times.filter((_, at) => at % 2 === 0).sort((a, b) => a - b)[4];
    })();
  }, words);
  for (const [what, words] of [["a rare text", "in stage 73 (TID 739999)"], ["one line in 64", "blockmanagerinfo"], ["a text with an ö", "größe"]]) {
    console.log(`  ${what.padEnd(20)}${millis(await search(words))} ms in any case (the goal is 30)`);
  }
  await page.getByLabel("match case").check();
  console.log(`  the same in its case${millis(await search("in stage 73 (TID 739999)"))} ms`);
  await page.getByRole("searchbox").fill("x");
  await page.getByLabel("regular expression").check();
  const asked = Date.now();
  await page.getByRole("searchbox").fill("stage 7[0-9] \\(TID \\d+9{3}\\)");
  await page.getByRole("search").getByRole("status").filter({ hasText: /^(\d+ match(es)?|No matches)$/ }).waitFor({ timeout: 120_000 });
  console.log(`  an expression       ${millis(Date.now() - asked)} ms beside the page, in its case`);
  await page.getByRole("searchbox").fill("");

  const log = page.getByRole("log");
  const jumps = await costs(cdp, (at = 0) => log.evaluate((pane, share) => {
    pane.scrollTop = pane.scrollHeight * share;
  }, ((at * 7 + 3) % 29) / 29), 120);
  const at95 = (of) => quantile(jumps.map(of), 0.95);
  console.log(`  a jump anywhere     ${millis(at95((it) => it.script))} ms of script, ${millis(at95((it) => it.task))} of the main thread (p95; the goal is a frame, 16.7)`);
  await log.focus();
  await page.keyboard.press("End");

  // A poll: the tab says it came to the front, and the page asks for the session and its log. Before the tailing, of which the
  // page's own polls would remember the pace.
  Object.assign(state, { ring: 2 * USUAL, rate: 0, step: 0, most: state.length });
  await sleep(12_000);
  const poll = () => page.evaluate(() => { document.dispatchEvent(new Event("visibilitychange", { bubbles: true })); });
  const idle = await cost(cdp, () => Promise.resolve(), 500);
  const same = await cost(cdp, poll, 500);
  Object.assign(state, { step: USUAL, most: Infinity });
  const appended = await costs(cdp, poll, 500);
  const mean = (of) => appended.reduce((sum, it) => sum + of(it), 0) / appended.length;
  const news = { task: mean((it) => it.task), script: mean((it) => it.script) };
  Object.assign(state, { step: 0, most: state.length });

  // Tailing: 1,000 lines a second, as the pace of the polls brings them.
  Object.assign(state, { ring: 1_000, most: Infinity, rate: 1_000, last: Date.now() });
  await sleep(30_000);
  const from = state.length;
  const frames = page.evaluate(() => new Promise((done) => {
    const times = [];
    let last = performance.now();
    const end = last + 10_000;
    const frame = (now) => {
      times.push(now - last);
      last = now;
      if (now < end) requestAnimationFrame(frame);
      else done(times);
    };
    requestAnimationFrame(frame);
  }));
  const times = await frames;
  const rate = (state.length - from) / 10;
  console.log(`  tailing ${rate.toFixed(0).padStart(5)} lines/s ${millis(quantile(times, 0.95))} ms between frames (p95; p50 ${quantile(times, 0.5).toFixed(2)}, longest ${Math.max(...times).toFixed(1)})`);
  Object.assign(state, { ring: 2 * USUAL, rate: 0, step: 0, most: state.length });
  await page.close();

  const bare = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const plain = await watched(bare);
  await bare.route("**/bare", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><div id=log style='height:600px;overflow:auto;font:12.5px/18px monospace;white-space:pre'></div>" }));
  await bare.goto(`${server.address}bare`);
  const nothing = await cost(plain, () => Promise.resolve(), 500);
  const fetched = await cost(plain, () => bare.evaluate(async () => {
    await (await fetch("livy/sessions/0")).text();
    await (await fetch("livy/sessions/0/log?size=-1")).text();
  }), 500);
  await bare.evaluate(() => { for (let at = 0; at < 140; at++) document.querySelector("#log").append(document.createElement("div")); });
  Object.assign(state, { step: USUAL, most: Infinity });
  const hand = await cost(plain, () => bare.evaluate(async () => {
    await (await fetch("livy/sessions/0")).json();
    const { log } = await (await fetch("livy/sessions/0/log?size=-1")).json();
    const pane = document.querySelector("#log");
    log.slice(-140).forEach((text, at) => { pane.children[at].textContent = text; });
    pane.scrollTop = pane.scrollHeight;
  }), 500);
  Object.assign(state, { step: 0, most: state.length });
  const pre = await bare.evaluate(async (sample) => {
    const pane = document.querySelector("#log");
    const one = document.createElement("pre");
    pane.replaceChildren(one);
    const lines = Array.from({ length: 100_000 }, (_, at) => sample.replace("@", at));
    one.textContent = lines.join("\n");
    pane.getBoundingClientRect();
    const begun = performance.now();
    one.textContent += `\n${lines.slice(0, 200).join("\n")}`;
    pane.scrollTop = pane.scrollHeight;
    return performance.now() - begun;
  }, line(64).replace("task 64", "task @"));
  const [ours, theirs] = [same.task - idle.task, fetched.task - nothing.task];
  console.log(`  a poll without news ${millis(ours)} ms of the main thread, a bare fetch of the same ${millis(theirs)}: ratio ${(ours / theirs).toFixed(2)} (the goal is 1.25)`);
  const [told, written] = [news.task - idle.task, hand.task - nothing.task];
  console.log(`  a poll with ${USUAL} new  ${millis(told)} ms (${millis(news.script - idle.script).trim()} of script), a hand-written page ${millis(written)} (${millis(hand.script - nothing.script).trim()}): ratio ${(told / written).toFixed(2)} (the goal is 1.5)`);
  console.log(`  the same            ${millis(quantile(appended.map((it) => it.task), 0.99))} ms (p99 of ${ROUNDS})`);
  console.log(`  one <pre> instead   ${millis(pre)} ms for ${USUAL} lines to a tenth as many, ${(pre / told).toFixed(0)} times as long`);
} finally {
  await browser.close();
  await server.end();
}
