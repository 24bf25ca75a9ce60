// Loads the console's program once for all elements of a page: WebAssembly, its JavaScript glue and the style.

import { Failure } from "./failure.js";

/**
 * The files of this version, relative to this one. The line is written anew by a build; as it stands it is for `trunk serve`. `styles` has
 * those of every page, then those of parts of the program, in the order in which they apply. `ahead` names the files that the form's page
 * and a session's page need at once.
 */
export const FILES = { version: "0.0.0", glue: "livy-console.js", wasm: "livy-console_bg.wasm", styles: { first: ["tokens.css", "base.css", "frame.css", "list.css"], form: ["form.css"], session: ["session.css", "log.css"], fleet: ["fleet.css"], statements: ["statements.css", "output.css"] }, ahead: {}, signIn: "sign-in.js", inside: "inside.js" };

const WASM_TYPE = "application/wasm";
const SCRIPT_TYPE = "text/javascript";

export const here = (file) => new URL(file, import.meta.url);

/** The style of all consoles, as far as it has come. */
export const sheet = new CSSStyleSheet();
// Its texts, by what they belong to.
const texts = {};
const styling = {};

// What a Content-Security-Policy kept from loading.
const blocked = [];
const note = (event) => blocked.push({ url: event.blockedURI, directive: event.effectiveDirective });

const fileName = (url) => url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
export const reasonOf = (error) => String(error?.message ?? error);
const typeOf = (response) => (response.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();

// How a policy names where a file comes from.
const sourceOf = (url) => (url.origin === location.origin ? "'self'" : url.origin);

// A policy that kept a file from loading. Of a file of another origin a browser may tell the origin alone.
function violationOf(url) {
  const violation = blocked.find((one) => one.url.endsWith(fileName(url)) || one.url === url.origin);
  return violation && new Failure("blocked", { file: fileName(url), directive: violation.directive, source: sourceOf(url) });
}

// The answer to a fetch of one of the console's own files, or the failure that its status or its absence is.
async function ask(url) {
  const file = fileName(url);
  let response;
  try {
    response = await fetch(url, { credentials: "same-origin" });
  } catch {
    // What a policy says of it can come after the failure.
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    throw violationOf(url) ?? new Failure(url.origin === location.origin ? "network" : "otherOrigin", { file, source: sourceOf(url) });
  }
  const facts = { file, status: response.status };
  if (response.ok) return response;
  if (response.status === 404 || response.status === 410) throw new Failure("gone", facts);
  if (response.status === 401 || response.status === 403) throw new Failure("forbidden", facts);
  throw new Failure("status", facts);
}

// What to hand to the glue: the answer itself, compiled while it arrives, or the bytes where the header keeps a browser from that.
async function wasm(url) {
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
  if (isWasm) return { source: bytes, note: { file, found: found || "none" } };
  const text = new TextDecoder().decode(bytes.subarray(0, 256)).trimStart();
  throw new Failure(text.startsWith("<") ? "html" : "notWasm", { file, type: WASM_TYPE });
}

// A failed `import()` gives no status: the same address is asked for once more, by `fetch`, to learn what was wrong with it.
async function glue(url) {
  try {
    return await import(url);
  } catch (error) {
    const file = fileName(url);
    const violation = violationOf(url);
    if (violation) throw violation;
    const response = await ask(url);
    const found = typeOf(response);
    // It is told after the script has failed.
    if (blocked.some((one) => one.directive === "trusted-types")) throw new Failure("trustedTypes");
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

async function text(url) {
  const answer = await ask(url);
  try {
    return await answer.text();
  } catch (error) {
    throw new Failure("style", { file: fileName(url), reason: reasonOf(error) });
  }
}

/** Brings the style of a part of the program, if it has one. A failure is forgotten: the next attempt asks again. */
export function style(part) {
  styling[part] ??= dress(part).catch((error) => {
    delete styling[part];
    throw error;
  });
  return styling[part];
}

async function dress(part) {
  const files = FILES.styles[part] ?? [];
  texts[part] = (await Promise.all(files.map((it) => text(here(it))))).join("\n");
  // Whichever came first, their order is the same.
  sheet.replaceSync(Object.keys(FILES.styles).map((it) => texts[it] ?? "").join("\n"));
}

/** What the page at this address needs beside the program is asked for now, not when the program has found out. The program asks for it
 * again by the same name, and finds it with the browser; a file that does not come is told there. */
export function askAhead() {
  const path = location.hash.slice(1).split("?")[0].replace(/^\/?@[^/]*/, "");
  const page = /^\/?new\/?$/.test(path) ? "new" : /^\/?sessions\/./.test(path) ? "session" : "";
  for (const file of FILES.ahead[page] ?? []) {
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = "fetch";
    link.crossOrigin = "anonymous";
    link.href = here(file).href;
    document.head.append(link);
  }
}

/** True for what the program's own code threw: other programs on a page may be WebAssembly too. */
export function isTrap(error) {
  if (typeof WebAssembly !== "object" || !(error instanceof WebAssembly.RuntimeError)) return false;
  const stack = String(error.stack ?? "");
  return !stack || [FILES.glue, FILES.wasm].some((it) => stack.includes(fileName(here(it))));
}

let loading;

/** The program's exports, and what there is to note about how it came. `stopped` hears when it cannot go on. A failure is forgotten: the next
 * attempt asks again. */
export function load(stopped) {
  loading ??= begin(stopped).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function begin(stopped) {
  document.addEventListener("securitypolicyviolation", note);
  const url = here(FILES.wasm);
  try {
    if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiate !== "function") throw new Failure("unsupported");
    const [arrived, made] = await Promise.all([wasm(url), glue(here(FILES.glue)), style("first")]);
    await made.default({ module_or_path: arrived.source });
    made.begin(stopped);
    return { console: made, note: arrived.note };
  } catch (error) {
    throw typeof WebAssembly === "object" ? startFailure(error, fileName(url)) : error;
  } finally {
    document.removeEventListener("securitypolicyviolation", note);
  }
}
