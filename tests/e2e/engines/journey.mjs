// What every journey starts with: a browser of its engine, a page in it, and a console at an address of its own, so that the browser
// holds nothing from another journey.
import { writeFile } from "node:fs/promises";
import { test as base } from "@playwright/test";
import { open } from "./engine.mjs";
import { watched } from "./site.mjs";
import { Tab, becomes, expect } from "./tab.mjs";

export { becomes, expect };
export { unique } from "../console.mjs";

export const test = base.extend({
  engine: ["chromium", { option: true, scope: "worker" }],
  /** The bundle, to be served in a way of the journey's own. */
  bundle: [async ({}, use) => {
    const bundle = await watched();
    await use(bundle);
    await bundle.remove();
  }, { scope: "worker" }],
  driver: [async ({ engine }, use) => {
    const driver = await open(engine);
    await use(driver);
    await driver.close();
  }, { scope: "worker", timeout: 60_000 }],
  /** Serves the console with flags of the journey's own, until it ends. */
  host: async ({ bundle }, use) => {
    const servers = [];
    await use(async (...flags) => {
      servers.push(await bundle.serve(...flags));
      return servers.at(-1);
    });
    await Promise.all(servers.map((it) => it.end()));
  },
  /** The address of a console with a pretend cluster of its own. */
  site: async ({ host }, use) => use((await host("--livy", "fake")).address),
  tab: async ({ driver }, use, info) => {
    driver.messages.length = 0;
    const tab = new Tab(driver);
    await tab.resize(1280, 900);
    await use(tab);
    const said = await tab.gather();
    if (info.status !== info.expectedStatus) {
      const [picture, words] = [info.outputPath("page.png"), info.outputPath("console.txt")];
      await writeFile(words, [await tab.run(() => location.href), ...said, ...driver.messages, ""].join("\n"));
      await info.attach("the page's address and console", { path: words, contentType: "text/plain" });
      await writeFile(picture, await tab.shot());
      await info.attach("the page", { path: picture, contentType: "image/png" });
    }
    while (tab.behind > 0) await tab.leave();
    await tab.goto("about:blank");
    // A journey that causes a message on purpose takes it from the list.
    expect(said).toEqual([]);
  },
});

/** Makes sessions past the page, and gives their ids. */
export async function make(site, ...names) {
  const ids = [];
  for (const name of names) {
    const answer = await fetch(`${site}livy/sessions`, {
      method: "POST", headers: { "X-Requested-By": "journey" }, body: JSON.stringify({ kind: "pyspark", name, driverMemory: "1g" }),
    });
    ids.push((await answer.json()).id);
  }
  return ids;
}

/** What is on the clipboard: pasted by the keys into a field outside the console. */
export async function pasted(tab) {
  await tab.run(() => window.journey.scratch());
  await tab.press("v", "Control");
  return tab.run(() => window.journey.pasted());
}

/** Copies what is selected by the keys. */
export async function copied(tab) {
  await tab.press("c", "Control");
  return pasted(tab);
}

/** Opens a session's page and waits until it is in that state and its log is there. */
export async function watch(tab, site, id, state) {
  const address = `${site}#/sessions/${id}`;
  if (await tab.run(() => location.href) !== address) await tab.goto(address);
  await tab.session.shown();
  await tab.session.has("data-session-state", state, { timeout: 30_000 });
  await tab.fresh.has("data-fresh", state === "idle" ? "live" : "over");
  await tab.log.says(state === "idle" ? "Created Spark session." : /Exception|ERROR/);
}
