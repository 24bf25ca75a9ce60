// WebKit, the engine of Safari: WebKitGTK's MiniBrowser behind WebKitWebDriver, by the W3C WebDriver protocol, on a display of its own.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The code points by which WebDriver names the keys that write nothing. */
const KEYS = {
  Backspace: "\uE003", Tab: "\uE004", Enter: "\uE007", Shift: "\uE008", Control: "\uE009", Alt: "\uE00A", Escape: "\uE00C", Space: " ",
  PageUp: "\uE00E", PageDown: "\uE00F", End: "\uE010", Home: "\uE011", ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014",
  ArrowDown: "\uE015", Delete: "\uE017",
};
const NARROW = "* { font-size: 1px; min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; -gtk-icon-transform: scale(0.1); }\n";
const HOLD_MS = 30_000;

const freePort = () => new Promise((resolve, reject) => {
  const server = createServer();
  server.on("error", reject);
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** Starts a program in a process group of its own, so that all it starts ends with it. */
function start(program, args, env, stdio = ["ignore", "ignore", "pipe"]) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio, detached: true });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let failure = "";
  child.stderr?.on("data", (text) => { failure = (failure + text).slice(-4_000); });
  child.once("error", (error) => { failure += error.message; });
  return {
    child, ended, why: () => failure,
    async end() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      try {
        process.kill(-child.pid, "SIGTERM");
      } catch {
        return;
      }
      const late = setTimeout(() => {
        try {
          process.kill(-child.pid, "SIGKILL");
        } catch { /* It ended meanwhile. */ }
      }, 5_000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** A display without a screen. Xvfb finds a free number and prints it. */
async function display() {
  const x = start(process.env.XVFB ?? "Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1300x24", "-nolisten", "tcp"], {}, ["ignore", "ignore", "pipe", "pipe"]);
  const number = await new Promise((resolve, reject) => {
    let said = "";
    x.child.stdio[3].on("data", (text) => {
      said += text;
      if (said.endsWith("\n")) resolve(said.trim());
    });
    x.ended.then((code) => reject(new Error(`Xvfb ended with ${code}: ${x.why()}`)));
    x.child.once("error", reject);
  });
  return { name: `:${number}`, end: x.end };
}

export async function launch(program, binary, { dark = false } = {}) {
  const home = await mkdtemp(join(tmpdir(), "console-webkit-"));
  const downloads = join(home, "downloads");
  await mkdir(downloads);
  await mkdir(join(home, "config/gtk-3.0"), { recursive: true });
  // The browser's own bar would keep the window wider than a phone.
  await writeFile(join(home, "config/gtk-3.0/gtk.css"), NARROW);
  await writeFile(join(home, "config/user-dirs.dirs"), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const screen = await display();
  const port = await freePort();
  const driver = start(process.env.DBUS_RUN_SESSION ?? "dbus-run-session", ["--", program, `--port=${port}`], {
    DISPLAY: screen.name, GDK_BACKEND: "x11", GTK_THEME: dark ? "Adwaita:dark" : "Adwaita", LANG: "C.UTF-8", LIBGL_ALWAYS_SOFTWARE: "1",
    NO_AT_BRIDGE: "1", XDG_CONFIG_HOME: join(home, "config"), XDG_DATA_HOME: join(home, "data"), XDG_CACHE_HOME: join(home, "cache"),
    XDG_RUNTIME_DIR: home, GIO_USE_VFS: "local", GSETTINGS_BACKEND: "memory",
  });
  async function end() {
    await driver.end();
    await screen.end();
    await rm(home, { recursive: true, force: true });
  }
  async function ask(method, path, body) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(HOLD_MS),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebKitWebDriver, ${method} ${path}: ${value?.error}: ${value?.message}`);
    return value;
  }
  try {
    const until = Date.now() + HOLD_MS;
    for (;;) {
      const ready = await ask("GET", "/status").then((it) => it.ready !== false, () => false);
      if (ready) break;
      if (Date.now() > until || driver.child.exitCode !== null) throw new Error(`WebKitWebDriver did not start: ${driver.why()}`);
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
    const { sessionId, capabilities } = await ask("POST", "/session", {
      capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary, args: ["--automation"] } } },
    });
    const at = (path) => `/session/${sessionId}${path}`;
    const post = (path, body = {}) => ask("POST", at(path), body);
    await post("/timeouts", { script: HOLD_MS, pageLoad: HOLD_MS });
    const act = (...actions) => post("/actions", { actions });
    const move = ({ x, y }) => ({ type: "pointerMove", duration: 0, x: Math.round(x), y: Math.round(y) });
    const mouse = (...actions) => act({ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions });
    const keys = (...actions) => act({ type: "key", id: "keys", actions });
    const down = (key) => ({ type: "keyDown", value: KEYS[key] ?? key });
    const up = (key) => ({ type: "keyUp", value: KEYS[key] ?? key });
    const [press, release] = [{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    const behind = [];
    const run = async (code, args) => {
      const script = `const done = arguments[arguments.length - 1];
        Promise.resolve().then(() => (${code})(...Array.prototype.slice.call(arguments, 0, -1)))
          .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = await post("/execute/async", { script, args });
      if (error) throw new Error(error);
      return value ?? undefined;
    };
    return {
      engine: "webkit", version: capabilities.browserVersion, downloads, messages: [], run,
      goto: (url) => post("/url", { url }),
      reload: () => post("/refresh"),
      back: () => post("/back"),
      forward: () => post("/forward"),
      click: (where, { count = 1 } = {}) => mouse(move(where), ...Array.from({ length: count }, () => [press, release]).flat()),
      drag: (from, to) => mouse(move(from), press, move({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }), move(to), release),
      async type(text) {
        for (const letter of text) await keys(down(letter), up(letter));
      },
      press: (key, ...held) => keys(...held.map(down), down(key), up(key), ...held.reverse().map(up)),
      async resize(width, height) {
        // The window's size, of which its bars take something.
        for (let tries = 0; tries < 3; tries++) {
          const [inner, rect] = [await run(() => [innerWidth, innerHeight], []), await ask("GET", at("/window/rect"))];
          if (inner[0] === width && inner[1] === height) return;
          await post("/window/rect", { x: 0, y: 0, width: rect.width + width - inner[0], height: rect.height + height - inner[1] });
          // On a busy machine the page learns of its new size later than the window.
          const changed = () => run((before) => innerWidth !== before[0] || innerHeight !== before[1], [inner]);
          for (let waits = 0; waits < 40 && !await changed(); waits++) await new Promise((resolve) => { setTimeout(resolve, 50); });
        }
      },
      shot: async () => Buffer.from(await ask("GET", at("/screenshot")), "base64"),
      // A tab of this browser does not come to the front by itself, and another window covers none.
      async open() {
        behind.push(await ask("GET", at("/window")));
        await post("/window/minimize");
        await post("/window", { handle: (await post("/window/new", { type: "window" })).handle });
      },
      async leave() {
        await ask("DELETE", at("/window"));
        await post("/window", { handle: behind.pop() });
        await post("/window/rect", { x: 0, y: 0 });
      },
      async close() {
        await ask("DELETE", at("")).catch(() => {});
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
