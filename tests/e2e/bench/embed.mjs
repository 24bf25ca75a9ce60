// A thousand consoles that come and go on a page: what is left of them. `teardown.spec.mjs` walks a hundred, and fails where something is.
import { serve } from "../console.mjs";
import { cycle, measured, portal } from "../cycles.mjs";
import { launch } from "./browser.mjs";

const MARKS = [50, 200, 1_000];

const server = await serve("--livy", "fake");
const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("pageerror", (error) => console.log(`error: ${error.message}`));
  const { session, glue } = await portal(page, server);
  let done = 0;
  for (const mark of MARKS) {
    const begun = Date.now();
    await page.evaluate(cycle, { cycles: mark - done, session });
    const milliseconds = (Date.now() - begun) / (mark - done);
    done = mark;
    const now = await measured(page, glue);
    const left = await page.evaluate(() => window.summary());
    const kept = await page.evaluate(() => window.gone.filter((it) => it.deref()).length);
    console.log(`after ${String(done).padStart(5)}: ${JSON.stringify(now)} listeners on window and document ${left.listeners.reduce((sum, it) => sum + Number(it.split(": ")[1]), 0)}, timers ${left.timers}, frames ${left.frames}, workers ${left.workers}, elements kept ${kept} of 20, ${milliseconds.toFixed(0)} ms each`);
  }
} finally {
  await browser.close();
  await server.end();
}
