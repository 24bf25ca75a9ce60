// The three engines, and where their programs are.
import { existsSync } from "node:fs";
import * as puppeteer from "./puppeteer.mjs";
import * as webdriver from "./webdriver.mjs";

const MINIBROWSER = ["x86_64-linux-gnu", "aarch64-linux-gnu", ""].flatMap((it) => ["4.1", "4.0", "6.0"].map((version) => `/usr/lib/${it}/webkit2gtk-${version}/MiniBrowser`.replace("//", "/")));

export const ENGINES = ["chromium", "firefox", "webkit"];

/** Starts a browser of that engine. */
export function open(engine, options) {
  switch (engine) {
    case "chromium":
      return puppeteer.launch(engine, process.env.CHROMIUM ?? "/usr/bin/chromium", options);
    case "firefox":
      return puppeteer.launch(engine, process.env.FIREFOX ?? "/usr/bin/firefox-esr", options);
    case "webkit":
      return webdriver.launch(process.env.WEBKIT_DRIVER ?? "/usr/bin/WebKitWebDriver", process.env.MINIBROWSER ?? MINIBROWSER.find(existsSync), options);
    default:
      throw new Error(`There is no engine ${engine}.`);
  }
}
