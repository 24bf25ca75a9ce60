// What keeps a console from running, in words: they are put inside the element, and nowhere else on the page.

const SAFE = "Your sessions keep running. What you typed is kept in this tab.";
const RELOAD = "Reload the page.";
const AGAIN = "If this continues, upload the console's files again";

// Every sentence that an element can show without the program: what happened, and what to do next. `{…}` is filled in with a fact.
const WORDS = {
  waiting: "Loading the console",
  late: "This takes longer than usual. Check your connection and reload the page.",
  title: "The console could not start",
  stoppedTitle: "The console stopped",
  stoppedMark: "stopped",
  button: "Reload the page",
  again: "Try again",
  unsupported: ["This browser does not support WebAssembly, which the console needs.",
    "Use a current Firefox, Chrome, Edge or Safari. If a policy turned WebAssembly off, turn it on again."],
  gone: ["The server no longer has the file {file} (status {status}). A new version was probably installed while this page was in a cache.",
    `${RELOAD} If that does not help, files are missing on the server: livy-console.js names one that is not there.`],
  forbidden: ["The server did not send {file} (status {status}). Your sign-in may have expired.",
    "Reload the page and sign in again."],
  status: ["The server answered {status} instead of sending {file}.",
    "Reload the page in a moment. If this continues, check the log of the server that hosts the console."],
  network: ["{file} could not be loaded: no answer from the server.",
    "Check your connection and the server that hosts the console, then reload the page."],
  otherOrigin: ["{file} could not be loaded from {source}: no answer, or the server there does not let pages of other origins load it (CORS).",
    "Ask whoever hosts the console to send Access-Control-Allow-Origin with all of its files."],
  blocked: ["This page's Content-Security-Policy blocks {file} (directive {directive}).",
    "Ask whoever hosts the page to allow {source} in that directive."],
  html: ["The server sent an HTML page instead of {file}: a sign-in page, or its fallback to index.html for missing files.",
    "Reload the page. If this continues, the server must send {file} itself, with Content-Type: {type}."],
  notWasm: ["{file} is not a WebAssembly program. It may be incomplete, or compressed without a Content-Encoding header.",
    `${RELOAD} ${AGAIN} and check how the server compresses them.`],
  glueType: ["The server sent {file} with the Content-Type “{found}”. Browsers do not run modules of that type.",
    "Ask whoever hosts the console to send it with Content-Type: {type}."],
  glueBroken: ["The script {file} could not be run: {reason}", `${RELOAD} ${AGAIN}.`],
  trustedTypes: ["This page's Content-Security-Policy does not allow the policy for Trusted Types that the console makes.",
    "Ask whoever hosts the page to add livy-console to the directive trusted-types."],
  csp: ["This page's Content-Security-Policy does not allow WebAssembly.",
    "Ask whoever hosts the console to add 'wasm-unsafe-eval' to the directive script-src (or to default-src if there is no script-src)."],
  compile: ["The browser could not compile the program {file}: {reason}",
    `${RELOAD} If this continues, use a current browser, or upload the console's files again.`],
  start: ["The program could not start: {reason}", RELOAD],
  startTrap: ["The program stopped with an internal error while starting: {reason}", RELOAD],
  trap: ["The program stopped with an internal error: {reason}", "What is below is as it was then. Reload the page to continue."],
  dead: ["The program stopped with an internal error: {reason}", "Reload the page to continue."],
  style: ["The style {file} could not be read: {reason}", `${RELOAD} ${AGAIN}.`],
  config: ["The property config cannot be used: {reason}", "Give it an object that can be written as JSON."],
  moved: ["The console was moved into another window, where it cannot go on.", "Open it there anew."],
  mimeNote: "The console works, but the server sends {file} with the Content-Type “{found}”. It starts faster with Content-Type: application/wasm.",
};

/** How the element looks before its style has come, and where that does not come. Colours are the system's own. */
export const look = new CSSStyleSheet();
look.replaceSync(`
body { margin: 0; }
:host { display: block; }
:host([hidden]) { display: none; }
.lc-waiting, .lc-stopped, .lc-note { padding: 16px 24px; font: 14px/20px system-ui, sans-serif; }
.lc-waiting > slot { display: block; }
.lc-waiting p, .lc-waiting ::slotted(p), .lc-stopped-text, .lc-note { margin: 0 0 4px; }
.lc-late { visibility: hidden; animation: lc-shown 0s 8s forwards; }
@keyframes lc-shown { to { visibility: visible; } }
.lc-stopped { max-width: 720px; margin: 24px; border: 1px solid; border-left-width: 4px; border-radius: 6px; overflow-wrap: anywhere; }
.lc-stopped-title { margin: 0 0 8px; font-size: 20px; line-height: 28px; }
.lc-stopped .lc-button { min-height: 32px; margin-top: 12px; font: inherit; }
`);

/** A failure whose words are known, with the facts that they are filled in with. */
export class Failure extends Error {
  constructor(words, facts = {}) {
    super(words);
    this.words = words;
    this.facts = facts;
  }

  /** What happened. */
  get reason() {
    return fill(WORDS[this.words][0], this.facts);
  }
}

export const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (all, name) => facts[name] ?? all);

/** Before the program is there: the page's own words in the element, or these. What has a `slot` of another name was for a page without
 * this module. */
export function waiting() {
  const slot = document.createElement("slot");
  slot.append(made("p", "lc-loading", WORDS.waiting));
  const it = made("div", "lc-waiting");
  it.append(slot, made("p", "lc-late", WORDS.late));
  return it;
}

/** The program runs, but a server's setting makes it slower than it could be. */
export function note(facts) {
  const it = made("p", "lc-note", fill(WORDS.mimeNote, facts));
  it.setAttribute("role", "status");
  return it;
}

/** A failure, and the button that gets out of it. */
export function block(failure, isRunning, press, isPage) {
  const [why, next] = WORDS[failure.words].map((text) => fill(text, failure.facts));
  const stopped = isRunning || ["startTrap", "dead"].includes(failure.words);
  const it = made("div", "lc-stopped");
  it.setAttribute("role", "alert");
  it.append(made("h1", "lc-stopped-title", stopped ? WORDS.stoppedTitle : WORDS.title));
  for (const sentence of [why, SAFE, next]) it.append(made("p", "lc-stopped-text", sentence));
  const button = made("button", "lc-button", stopped || isPage ? WORDS.button : WORDS.again);
  button.type = "button";
  button.addEventListener("click", press);
  // In another window there is nothing to try.
  if (failure.words !== "moved") it.append(button);
  return it;
}

/**
 * A program that trapped may be in any state, and its listeners would still call into it: a press could send a request twice. A copy of
 * what it drew keeps the text to read and to copy, and has no listeners; its controls are switched off.
 */
export function frozen(mount) {
  const copy = mount.cloneNode(true);
  for (const control of copy.querySelectorAll("button, input, select, textarea")) control.disabled = true;
  for (const link of copy.querySelectorAll("a[data-route]")) link.removeAttribute("href");
  for (const dialog of copy.querySelectorAll("dialog[open]")) dialog.remove();
  // What is shown ages from now on, and must not claim to be up to date.
  for (const mark of copy.querySelectorAll("[data-fresh]")) {
    mark.dataset.fresh = "stale";
    mark.className = "lc-fresh lc-stale";
    mark.textContent = WORDS.stoppedMark;
  }
  return copy;
}

export const stoppedTitle = (title) => `${WORDS.stoppedMark} · ${title}`;

function made(name, className, text) {
  const it = document.createElement(name);
  it.className = className;
  if (text !== undefined) it.textContent = text;
  return it;
}
