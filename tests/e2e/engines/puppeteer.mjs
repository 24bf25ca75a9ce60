// Chromium by the DevTools protocol and Firefox by WebDriver BiDi, both driven by puppeteer-core.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--lang=en-GB"];

/** What a driver may be asked to do, for the two engines of puppeteer. `dark` asks for the dark scheme from the start. */
export async function launch(engine, executablePath, { dark = false } = {}) {
  const downloads = await mkdtemp(join(tmpdir(), "console-downloads-"));
  const browser = await puppeteer.launch(engine === "chromium"
    ? { browser: "chrome", executablePath, args: CHROMIUM, downloadBehavior: { policy: "allow", downloadPath: downloads } }
    : {
      browser: "firefox", executablePath,
      extraPrefsFirefox: {
        "browser.download.dir": downloads, "browser.download.folderList": 2, "browser.download.useDownloadDir": true,
        "browser.download.always_ask_before_handling_new_types": false, "browser.download.manager.showWhenStarting": false,
        "browser.download.alwaysOpenPanel": false, "intl.accept_languages": "en-GB", "intl.locale.requested": "en-GB",
        "permissions.default.desktop-notification": 1, "layout.css.prefers-color-scheme.content-override": dark ? 0 : 1,
      },
    });
  const version = (await browser.version()).replace(/^.*\//, "");
  // The page that Firefox begins with never has the focus, and without it no field learns that it was left.
  const messages = [];
  // A person who loads a page again means it, also where the page asks about what was typed.
  const leaves = (it) => it.on("dialog", (dialog) => dialog.type() === "beforeunload" && dialog.accept());
  let page = leaves(await browser.newPage());
  const behind = [];
  if (engine === "chromium" && dark) await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => messages.push(`error: ${error.message}`));
  return {
    engine, version, downloads, messages,
    run: (code, args) => page.evaluate(`(${code})(...${JSON.stringify(args)})`),
    goto: (url) => page.goto(url, { waitUntil: "load" }),
    reload: () => page.reload({ waitUntil: "load" }),
    // Within one page no document is loaded, which puppeteer would wait for.
    back: () => page.evaluate("history.back()"),
    forward: () => page.evaluate("history.forward()"),
    click: (at, options) => page.mouse.click(at.x, at.y, options),
    async drag(from, to) {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
      await page.mouse.move(to.x, to.y);
      await page.mouse.up();
    },
    async type(text) {
      // What no key of an American keyboard writes comes as a whole, as from a keyboard that has it.
      for (const letter of text) await (/[ -~]/.test(letter) ? page.keyboard.press(letter) : page.keyboard.sendCharacter(letter));
    },
    async press(key, ...held) {
      for (const it of held) await page.keyboard.down(it);
      await page.keyboard.press(key);
      for (const it of held.reverse()) await page.keyboard.up(it);
    },
    resize: (width, height) => page.setViewport({ width, height }),
    shot: async () => Buffer.from(await page.screenshot()),
    async open() {
      behind.push(page);
      page = leaves(await browser.newPage());
      await page.bringToFront();
    },
    async leave() {
      const front = page;
      page = behind.pop();
      await front.close();
      await page.bringToFront();
    },
    async close() {
      await browser.close();
      await rm(downloads, { recursive: true, force: true });
    },
  };
}
