// Loads the console's program (WebAssembly and its JavaScript glue) and says in words what keeps it from running.
//
// It is the only script the page names, so that a strict Content-Security-Policy holds: no inline script, no eval, text by
// `textContent` only. It never talks to Livy, never touches what the console draws while it is well, and keeps nothing.
//
// The script tag says what to load, relative to this file: `data-js` is the glue, `data-wasm` the program. `data-new` and
// `data-session` are the files that the form's page and a session's page need at once, where the program has such parts.
// The program may dispatch `livy-console:stopped` on the window, with the reason as `detail`, when it cannot go on.

const SAFE = "Your sessions keep running. What you typed is kept in this tab.";
const RELOAD = "Reload the page.";
const AGAIN = "If this continues, upload the console's files again";

// Every sentence this file can show: what happened, and what to do next. `{…}` is filled in with a fact.
const WORDS = {
  title: "The console could not start",
  stoppedTitle: "The console stopped",
  stoppedMark: "stopped",
  button: "Reload the page",
  unsupported: ["This browser does not support WebAssembly, which the console needs.",
    "Use a current Firefox, Chrome, Edge or Safari. If a policy turned WebAssembly off, turn it on again."],
  gone: ["The server no longer has the file {file} (status {status}). A new version was probably installed while this page was in a cache.",
    `${RELOAD} If that does not help, files are missing on the server: index.html names one that is not there.`],
  forbidden: ["The server did not send {file} (status {status}). Your sign-in may have expired.",
    "Reload the page and sign in again."],
  status: ["The server answered {status} instead of sending {file}.",
    "Reload the page in a moment. If this continues, check the log of the server that hosts the console."],
  network: ["{file} could not be loaded: no answer from the server.",
    "Check your connection and the server that hosts the console, then reload the page."],
  blocked: ["This page's Content-Security-Policy blocks {file} (directive {directive}).",
    "Ask whoever hosts the console to allow 'self' in that directive."],
  html: ["The server sent an HTML page instead of {file}: a sign-in page, or its fallback to index.html for missing files.",
    "Reload the page. If this continues, the server must send {file} itself, with Content-Type: {type}."],
  notWasm: ["{file} is not a WebAssembly program. It may be incomplete, or compressed without a Content-Encoding header.",
    `${RELOAD} ${AGAIN} and check how the server compresses them.`],
  glueType: ["The server sent {file} with the Content-Type “{found}”. Browsers do not run modules of that type.",
    "Ask whoever hosts the console to send it with Content-Type: {type}."],
  glueBroken: ["The script {file} could not be run: {reason}", `${RELOAD} ${AGAIN}.`],
  csp: ["This page's Content-Security-Policy does not allow WebAssembly.",
    "Ask whoever hosts the console to add 'wasm-unsafe-eval' to the directive script-src (or to default-src if there is no script-src)."],
  compile: ["The browser could not compile the program {file}: {reason}",
    `${RELOAD} If this continues, use a current browser, or upload the console's files again.`],
  start: ["The program could not start: {reason}", RELOAD],
  startTrap: ["The program stopped with an internal error while starting: {reason}", RELOAD],
  trap: ["The program stopped with an internal error: {reason}", "The page below is as it was then. Reload the page to continue."],
  mimeNote: "The console works, but the server sends {file} with the Content-Type “{found}”. It starts faster with Content-Type: application/wasm.",
};

const WASM_TYPE = "application/wasm";
const SCRIPT_TYPE = "text/javascript";

// `running`: the program has drawn its page. `failed`: a failure is on the page; the first one is the cause, later ones follow from it.
let running = false;
let failed = false;
const blocked = [];

class Failure extends Error {
  constructor(words, facts = {}) {
    super(words);
    this.words = words;
    this.facts = facts;
  }
}

const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (all, name) => facts[name] ?? all);
const fileName = (url) => url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
const reasonOf = (error) => String(error?.message ?? error);
const typeOf = (response) => (response.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const mountNode = () => document.getElementById("livy-console") ?? document.body;

function block(title, sentences) {
  const made = element("div", "lc-stopped");
  made.setAttribute("role", "alert");
  made.append(element("h1", "lc-stopped-title", title));
  for (const sentence of sentences) made.append(element("p", "lc-stopped-text", sentence));
  const button = element("button", "lc-button", WORDS.button);
  button.type = "button";
  button.addEventListener("click", () => location.reload());
  made.append(button);
  return made;
}

// A program that trapped may be in any state, and its listeners would still call into it: a press could send a request
// twice. A copy of what it drew keeps the text to read and to copy, and has no listeners; its controls are switched off.
function freeze(mount) {
  const copy = mount.cloneNode(true);
  for (const control of copy.querySelectorAll("button, input, select, textarea")) control.disabled = true;
  for (const dialog of copy.querySelectorAll("dialog[open]")) dialog.remove();
  // What is shown ages from now on, and must not claim to be up to date.
  for (const mark of copy.querySelectorAll("[data-fresh]")) {
    mark.dataset.fresh = "stale";
    mark.className = "lc-fresh lc-stale";
    mark.textContent = WORDS.stoppedMark;
  }
  document.title = `${WORDS.stoppedMark} · ${document.title}`;
  mount.replaceWith(copy);
  return copy;
}

function fail(words, facts) {
  if (failed) return;
  failed = true;
  const [why, next] = WORDS[words].map((text) => fill(text, facts));
  console.error(why);
  if (running) {
    freeze(mountNode()).prepend(block(WORDS.stoppedTitle, [why, SAFE, next]));
    window.scrollTo(0, 0);
  } else {
    const main = element("main", "lc-start");
    main.append(block(words === "startTrap" ? WORDS.stoppedTitle : WORDS.title, [why, SAFE, next]));
    mountNode().replaceChildren(main);
  }
}

function note(text) {
  const made = element("p", "lc lc-note", text);
  made.setAttribute("role", "status");
  mountNode().after(made);
}

// The answer to a fetch of one of the console's own files, or the failure that its status or its absence is.
async function ask(url) {
  const file = fileName(url);
  let response;
  try {
    response = await fetch(url, { credentials: "same-origin" });
  } catch {
    const violation = blocked.find((one) => one.url.endsWith(file));
    throw violation ? new Failure("blocked", { file, directive: violation.directive }) : new Failure("network", { file });
  }
  const facts = { file, status: response.status };
  if (response.ok) return response;
  if (response.status === 404 || response.status === 410) throw new Failure("gone", facts);
  if (response.status === 401 || response.status === 403) throw new Failure("forbidden", facts);
  throw new Failure("status", facts);
}

// What to hand to the glue: the answer itself, compiled while it arrives, or the bytes where the header keeps a browser from that.
async function program(url) {
  const file = fileName(url);
  const response = await ask(url);
  const found = typeOf(response);
  if (found === WASM_TYPE) return { source: response };
  let bytes;
  try {
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new Failure("network", { file });
  }
  const isWasm = bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
  if (isWasm) return { source: bytes, note: fill(WORDS.mimeNote, { file, found: found || "none" }) };
  const text = new TextDecoder().decode(bytes.subarray(0, 256)).trimStart();
  throw new Failure(text.startsWith("<") ? "html" : "notWasm", { file, type: WASM_TYPE });
}

// A failed `import()` gives no status: the same address is asked for once more, by `fetch`, to learn what was wrong with it.
async function glue(url) {
  try {
    return await import(url);
  } catch (error) {
    const file = fileName(url);
    const violation = blocked.find((one) => one.url.endsWith(file));
    if (violation) throw new Failure("blocked", { file, directive: violation.directive });
    const response = await ask(url);
    const found = typeOf(response);
    if (found === "text/html") throw new Failure("html", { file, type: SCRIPT_TYPE });
    if (!/^(text|application)\/(x-)?(java|ecma)script$/.test(found)) {
      throw new Failure("glueType", { file, type: SCRIPT_TYPE, found: found || "none" });
    }
    throw new Failure("glueBroken", { file, reason: reasonOf(error) });
  }
}

function startFailure(error, file) {
  if (error instanceof Failure) return error;
  const reason = reasonOf(error);
  if (error instanceof WebAssembly.CompileError) {
    const byPolicy = blocked.some((one) => one.url.includes("wasm")) || /content security policy|\bCSP\b|disallowed by embedder/i.test(reason);
    return byPolicy ? new Failure("csp") : new Failure("compile", { file, reason });
  }
  if (isTrap(error)) return new Failure("startTrap", { reason });
  // A connection that broke while the program arrived is a TypeError or an AbortError of the stream.
  if (error?.name === "AbortError" || /network|load failed/i.test(reason)) return new Failure("network", { file });
  return new Failure("start", { reason });
}

// What the page at this address needs beside the program is asked for now, not when the program has found out. The program asks
// for it again by the same name, and finds it with the browser; a file that does not come is told there.
function askAhead(tag) {
  const path = location.hash.slice(1).split("?")[0];
  const page = /^\/?new\/?$/.test(path) ? "new" : /^\/?sessions\/./.test(path) ? "session" : "";
  for (const file of (tag.dataset[page] ?? "").split(" ").filter(Boolean)) {
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = "fetch";
    link.crossOrigin = "anonymous";
    link.href = new URL(file, import.meta.url).href;
    document.head.append(link);
  }
}

async function start() {
  const tag = document.querySelector("script[data-wasm][data-js]");
  askAhead(tag);
  const wasmUrl = new URL(tag.dataset.wasm, import.meta.url);
  try {
    if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiate !== "function") throw new Failure("unsupported");
    const [arrived, { default: init }] = await Promise.all([program(wasmUrl), glue(new URL(tag.dataset.js, import.meta.url))]);
    await init({ module_or_path: arrived.source });
    running = true;
    if (arrived.note && !failed) note(arrived.note);
  } catch (error) {
    const failure = typeof WebAssembly === "object" ? startFailure(error, fileName(wasmUrl)) : error;
    fail(failure.words, failure.facts);
  }
}

const isTrap = (error) => typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;

const trapped = (reason) => fail(running ? "trap" : "startTrap", { reason });

document.addEventListener("securitypolicyviolation", (event) => {
  blocked.push({ url: event.blockedURI, directive: event.effectiveDirective });
});
window.addEventListener("error", (event) => {
  if (isTrap(event.error)) trapped(reasonOf(event.error));
});
window.addEventListener("unhandledrejection", (event) => {
  if (isTrap(event.reason)) trapped(reasonOf(event.reason));
});
window.addEventListener("livy-console:stopped", (event) => trapped(String(event.detail)));

start();
