// Draws docs/screenshots/engines-*.png: the list, the form and a session, in the three engines side by side.
// node tests/e2e/engines/pictures.mjs, with the bundle in dist/ (or the one that DIST names).
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { ENGINES, open } from "./engine.mjs";
import { make, watch } from "./journey.mjs";
import { watched } from "./site.mjs";
import { Tab } from "./tab.mjs";

const [WIDTH, HEIGHT] = [820, 720];
const NAMES = { chromium: "Chromium", firefox: "Firefox", webkit: "WebKitGTK" };

const screens = {
  async list(tab, site) {
    await tab.goto(`${site}#/`);
    await tab.role("row").with("dies-while-starting").has("data-session-state", "dead", { timeout: 30_000 });
    await tab.role("row").with("yarn-report").has("data-session-state", "idle", { timeout: 30_000 });
    await tab.role("row").with("nightly-etl").has("data-session-state", "idle", { timeout: 30_000 });
  },
  async form(tab, site) {
    await tab.goto(`${site}#/new`);
    await tab.role("radio", "pyspark").click();
    await tab.role("textbox", "Name").enter("weekly-etl");
    await tab.field("driverMemory").enter("2g");
    await tab.field("executorMemory").enter("4g");
    await tab.field("executorCores").enter("0");
    await tab.field("numExecutors").enter("10");
    await tab.run(() => scrollTo(0, 0));
  },
  session: (tab, site) => watch(tab, site, 1, "dead"),
};

const bundle = await watched();
const pictures = Object.fromEntries(Object.keys(screens).map((name) => [name, []]));
try {
  for (const engine of ENGINES) {
    const server = await bundle.serve("--livy", "fake");
    const driver = await open(engine);
    try {
      const tab = new Tab(driver);
      await make(server.address, "nightly-etl", "dies-while-starting", "yarn-report", "never-idle");
      await tab.resize(WIDTH, HEIGHT);
      for (const [name, show] of Object.entries(screens)) {
        await tab.goto("about:blank");
        await show(tab, server.address);
        await tab.run(() => window.journey.frame());
        pictures[name].push({ title: `${NAMES[engine]} ${driver.version}`, data: (await tab.shot()).toString("base64") });
      }
    } finally {
      await driver.close();
      await server.end();
    }
  }
} finally {
  await bundle.remove();
}

const browser = await puppeteer.launch({ browser: "chrome", executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
await page.setViewport({ width: WIDTH * 3 + 64, height: HEIGHT + 56 });
for (const [name, three] of Object.entries(pictures)) {
  await page.setContent(`<style>body { margin: 0; display: flex; gap: 16px; padding: 0 16px; background: #d5d9de; font: 16px system-ui }
    figure { margin: 0 } figcaption { line-height: 40px } img { display: block; width: ${WIDTH}px }</style>
    ${three.map((it) => `<figure><figcaption>${it.title}</figcaption><img src="data:image/png;base64,${it.data}"></figure>`).join("")}`);
  const path = fileURLToPath(new URL(`../../../docs/screenshots/engines-${name}.png`, import.meta.url));
  await writeFile(path, await page.screenshot({ optimizeForSpeed: false }));
  console.log(path);
}
await browser.close();
