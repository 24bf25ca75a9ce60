// How long one key takes in the form, in the browser, with every view of it updated: beside a full draft (17 fields, 200 rows of
// lists, 200 rows of configuration) and in an empty one. Printed as a ratio: milliseconds alone say more about a machine.
import { field, serve } from "../console.mjs";
import { launch } from "./browser.mjs";

const KEYS = 60;

const body = {
  kind: "pyspark", name: "nightly-etl", proxyUser: "alice", queue: "root.etl", driverMemory: "2g", driverCores: 2,
  executorMemory: "4g", executorCores: 4, numExecutors: 10, heartbeatTimeoutInSecond: 600, ttl: "8h", idleTimeout: "1h",
  conf: Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`spark.executorEnv.NAME_${at}`, `value-${at}`])),
};
for (const name of ["jars", "pyFiles", "files", "archives"]) {
  body[name] = Array.from({ length: 50 }, (_, at) => `hdfs:///shared/${name}/library-${at}-1.2.3.jar`);
}

/** The medians, over many keys, of the script's part of one key and of the time until its frame is drawn. */
async function keys(page, name) {
  return field(page, name).first().evaluate(async (control, count) => {
    const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
    const frame = () => new Promise((done) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = done;
      channel.port2.postMessage(0);
    }));
    const [script, drawn] = [[], []];
    for (let at = 0; at < count; at++) {
      await frame();
      const begun = performance.now();
      control.value = `key-${at}`;
      control.dispatchEvent(new InputEvent("input", { bubbles: true }));
      // What the framework puts off to a microtask belongs to the key.
      await Promise.resolve();
      await new Promise((done) => queueMicrotask(done));
      script.push(performance.now() - begun);
      document.body.getBoundingClientRect();
      drawn.push(performance.now() - begun);
    }
    return { script: median(script), drawn: median(drawn) };
  }, KEYS);
}

const server = await serve("--livy", "fake");
const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${server.address}#/new`);
  await field(page, "queue").waitFor();
  const empty = await keys(page, "queue");
  await page.getByRole("button", { name: "Edit or paste" }).click();
  await page.getByLabel("Request as text").fill(JSON.stringify(body));
  await page.getByRole("button", { name: "Done" }).click();
  const rows = await page.locator("main input").count();
  const full = await keys(page, "queue");
  const rest = { "in a row of a list": await keys(page, "jars"), "in a row of conf": await keys(page, "conf.value") };
  const millis = (it) => it.toFixed(2).padStart(8);
  const line = (what, it) => console.log(`  ${what.padEnd(26)} script ${millis(it.script)} ms, with style and layout ${millis(it.drawn)} ms`);
  console.log(`form, browser: one key in one field, medians of ${KEYS} keys (the goal is a frame, 16.7 ms)`);
  line(`full draft, ${rows} controls`, full);
  for (const [what, it] of Object.entries(rest)) line(what, it);
  line("empty form", empty);
  console.log(`  ratio                      ${(full.drawn / empty.drawn).toFixed(2)}`);
} finally {
  await browser.close();
  await server.end();
}
