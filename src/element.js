// <livy-console>: an element in which a console is drawn, in an open shadow root. One program serves all elements of a page; it is loaded
// when the first one is there. Rust owns what happens between `open` and `close`; here are the element's life, its attributes, properties,
// methods and events, and the words for what keeps the program from running.
//
// A strict Content-Security-Policy holds: no inline script, no eval, no inline style, text by `textContent` only. Nothing here talks to
// Livy, and nothing is kept. Without the attribute `page` nothing outside of the element is changed.

import { ANEW, FLAGS, TEXTS, TOLD, clusterOf, mirror, routeOf } from "./attributes.js";
import { Failure, block, frozen, look, note, stoppedTitle, waiting } from "./failure.js";
import { FILES, askAhead, here, isTrap, load, reasonOf, sheet, style } from "./load.js";

const NAME = "livy-console";

const typing = (node) => node?.matches?.("input, select, textarea, [contenteditable]") ?? false;
// Nothing where it cannot be written.
const written = (value) => {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
};
const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.altKey);

// The elements with a console, and why the program can no longer run, if so.
const open = new Set();
let dead;

/** The element. See docs/embedding.md. */
export class LivyConsole extends HTMLElement {
  static version = FILES.version;
  static observedAttributes = [...Object.keys(TEXTS), ...Object.keys(FLAGS), "route"];

  #root;
  // The console that is open or about to be: its number, its element, and what was asked of it before it was there.
  #now;
  #changes = false;
  // What was asked of it before it was on the page.
  #before = { asked: [], prefilled: [] };
  #route = "/";
  #cluster = null;
  #config = null;
  #written = "null";
  #authorization = null;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [look, sheet];
    this.#root.append(waiting());
    // Typing in a control of the console must not reach a shortcut of the page around it; Escape closes what is open here.
    let closes = false;
    this.#root.addEventListener("keydown", (event) => {
      closes = event.key === "Escape" && this.#root.querySelector("dialog[open], [role=listbox]") !== null;
    }, { capture: true });
    for (const name of ["keydown", "keypress", "keyup"]) {
      this.#root.addEventListener(name, (event) => {
        if ((typing(event.target) && isPlain(event)) || (event.key === "Escape" && closes)) event.stopPropagation();
      });
    }
    // Where the address is the page's own, a link goes to its route here.
    this.#root.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[data-route]");
      if (!link || event.button !== 0 || event.defaultPrevented || !isPlain(event) || event.shiftKey) return;
      event.preventDefault();
      this.#tell("go", link.dataset.route);
    });
  }

  connectedCallback() {
    // Properties that were set before the class was known would hide its own.
    this.#takeUp();
    // An element that was moved goes on as it is.
    if (this.ownerDocument === document && !this.#now) this.#begin();
  }

  #takeUp() {
    for (const name of [...Object.values(TEXTS), ...Object.values(FLAGS), "route", "config", "authorization"]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  // Without it, moving would disconnect.
  connectedMoveCallback() {}

  // The program's elements are those of this window alone; in another one the words stay, and here it begins again.
  adoptedCallback() {
    this.#end();
    if (this.ownerDocument !== document) this.#show(new Failure("moved"));
  }

  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    // What was set as a property before the class was known goes before what is written in HTML.
    if (name === "route") Object.hasOwn(this, name) ? this.#takeUp() : (this.route = now);
    else if (ANEW.has(name)) this.#anew();
    else if (TOLD.has(name)) {
      // What the host chooses itself it is not told of.
      if (name === "cluster" && this.#now?.drawn) this.#cluster = now;
      this.#set(TEXTS[name], now);
    }
  }

  /** Where the console is: `/`, `/new?kind=pyspark`, `/sessions/13`. Setting it goes there, without an event. */
  get route() {
    return this.page ? routeOf(location.hash) : this.#route;
  }

  set route(value) {
    this.#route = `/${String(value ?? "").replace(/^[#/]+/, "")}`;
    this.#set("route", this.#route);
  }

  /** The key of the cluster that is looked at, or null where there is one. Setting it goes there. */
  get cluster() {
    return this.#cluster ?? this.getAttribute("cluster");
  }

  set cluster(value) {
    if (value === null || value === undefined) this.removeAttribute("cluster");
    else if (this.getAttribute("cluster") !== String(value)) this.setAttribute("cluster", value);
    else this.#set("cluster", String(value));
  }

  /** The configuration as an object, as in config.json; null for that of `config-url`. */
  get config() {
    return this.#config;
  }

  set config(value) {
    this.#config = value ?? null;
    // A page that is drawn anew hands over an equal one each time.
    const text = written(this.#config);
    if (text === undefined || text !== this.#written) this.#anew();
    this.#written = text;
  }

  /** Called for the value of the header `Authorization`; null where the browser signs in by itself. */
  get authorization() {
    return this.#authorization;
  }

  set authorization(value) {
    this.#authorization = value ?? null;
    if (this.#now) this.#set("signIn", this.#signIn(this.#now));
  }

  /** `{ id, name, state }` of the session that is looked at, or null. */
  get session() {
    return this.#ask("session") ?? null;
  }

  /** `[{ id, name }]`: the sessions that end when this element goes, unless they are open elsewhere. */
  get keptAlive() {
    return this.#ask("keptAlive") ?? [];
  }

  /** Goes to a route. */
  navigate(route) {
    this.route = route;
  }

  /** Fills the form in and opens it. It sends nothing: only a person does. A promise of the names of what the form cannot use. */
  prefill(request) {
    const text = JSON.stringify(request);
    return new Promise((done) => {
      // Where nothing comes of it, the form can use none.
      (this.#now ?? this.#before).prefilled.push((unused) => done(unused ?? Object.keys(request)));
      this.#tell("prefill", text);
    });
  }

  /** Asks the server again, for example after signing in. */
  refresh() {
    this.#tell("refresh");
  }

  /** Brings the focus into the console. */
  focus(options) {
    if (this.#now?.id) this.#tell("focus", Boolean(options?.preventScroll));
    else super.focus(options);
  }

  #begin() {
    const now = { id: 0, mount: undefined, ...this.#before, end: new AbortController() };
    this.#now = now;
    this.#before = { asked: [], prefilled: [] };
    this.#root.adoptedStyleSheets = [look, sheet];
    this.#root.replaceChildren(waiting());
    if (this.page) {
      askAhead();
      document.adoptedStyleSheets = [...new Set([...document.adoptedStyleSheets, look])];
    }
    if (dead) return this.#show(new Failure("dead", dead.facts));
    load(stopped).then(
      (program) => { if (this.#now === now) this.#open(now, program); },
      (failure) => { if (this.#now === now) this.#show(failure); },
    );
  }

  // What signs in is fetched with the first question. Where it does not come, a call goes without, and the server says what it lacks.
  #signIn(now) {
    const callback = this.#authorization;
    if (!callback) return undefined;
    let asks;
    return async (...question) => {
      // A failure is forgotten: the next call asks again.
      asks ??= import(here(FILES.signIn)).then(({ signIn }) => signIn(callback, now.end.signal))
        .catch((error) => { asks = undefined; throw error; });
      return (await asks)(...question);
    };
  }

  // In a frame: joins the page around to this element, if its origin is listed.
  async #join(origins, signal) {
    try {
      const { inside } = await import(here(FILES.inside));
      if (!signal.aborted) await inside(this, origins, signal);
    } catch (error) {
      console.error(error);
    }
  }

  #open(now, { console, note: facts }) {
    let config;
    try {
      config = this.#config && JSON.stringify(this.#config);
    } catch (error) {
      return this.#show(new Failure("config", { reason: reasonOf(error) }));
    }
    now.mount = document.createElement("div");
    now.mount.className = "lc";
    now.mount.lang = "en";
    now.mount.hidden = true;
    this.#root.append(now.mount);
    if (facts) this.#root.append(note(facts));
    now.console = console;
    if (open.size === 0) listen(true);
    open.add(this);
    now.id = console.open({
      mount: now.mount,
      files: here("./").href,
      style,
      page: this.page,
      route: this.#route,
      config,
      ...Object.fromEntries(Object.entries(TEXTS).map(([attribute, name]) => [name, this.getAttribute(attribute) ?? undefined])),
      cluster: this.cluster ?? undefined,
      configUrl: this.configUrl ?? this.dataset.config,
      formerBaseUrl: this.dataset.baseUrl,
      signIn: this.#signIn(now),
      inside: this.page && window.parent !== window ? (origins) => this.#join(origins, now.end.signal) : undefined,
      // In a task of its own: the program must not be called while it runs, and what a listener throws is the page's.
      heard: (word, detail) => queueMicrotask(() => { if (this.#now === now) this.#hear(now, word, detail); }),
    });
  }

  #hear(now, word, detail) {
    if (word === "drawn" || word === "misconfigured") {
      this.#root.querySelector(".lc-waiting")?.remove();
      now.mount.hidden = false;
      if (word === "misconfigured") return this.#say("livy-stopped", { cluster: null, where: "config", reason: detail });
      this.#cluster = detail;
      now.drawn = true;
      this.#say("livy-ready", { cluster: this.#cluster, version: FILES.version, route: this.route });
      for (const [command, value] of now.asked.splice(0)) this.#tell(command, value);
    } else if (word === "place") {
      [this.#cluster, this.#route] = [clusterOf(detail), routeOf(detail)];
    } else if (word === "prefilled") {
      now.prefilled.shift()?.(detail);
    } else {
      if (word === "livy-navigate") [this.#cluster, this.#route] = [detail.cluster, detail.route];
      this.#say(word, detail);
    }
  }

  #say(word, detail) {
    this.dispatchEvent(new CustomEvent(word, { bubbles: true, composed: true, detail }));
  }

  // What may not be called any more is not: a console that is closed or frozen.
  #call(name, ...values) {
    return this.#now?.id && !dead ? this.#now.console[name](this.#now.id, ...values) : undefined;
  }

  #set(name, value) {
    this.#call("set", name, value ?? undefined);
  }

  #ask(name) {
    return this.#call("tell", name, undefined);
  }

  #tell(command, value) {
    if (this.#now?.drawn) this.#call("tell", command, value);
    else (this.#now ?? this.#before).asked.push([command, value]);
  }

  // Several attributes may change together.
  #anew() {
    if (!this.#now || this.#changes) return;
    this.#changes = true;
    queueMicrotask(() => {
      this.#changes = false;
      if (!this.isConnected) return;
      this.#end();
      this.#begin();
    });
  }

  #end() {
    this.#call("close");
    this.#now?.end.abort();
    this.#now?.prefilled.splice(0).forEach((done) => done());
    this.#now?.mount?.remove();
    this.#now = undefined;
    open.delete(this);
    if (open.size === 0) listen(false);
    this.#root.replaceChildren(waiting());
  }

  /** Shows a failure instead of the console, or above a copy of what it had drawn. */
  #show(failure) {
    const mount = this.#now?.mount;
    const isRunning = Boolean(this.#now?.id);
    this.#now?.prefilled.splice(0).forEach((done) => done());
    console.error(failure.reason ?? failure);
    const known = failure instanceof Failure ? failure : new Failure("start", { reason: reasonOf(failure) });
    const press = () => { if (this.page || isRunning || dead) location.reload(); else { this.#end(); this.#begin(); } };
    const words = document.createElement(this.page && !isRunning ? "main" : "div");
    words.className = "lc lc-before";
    words.lang = "en";
    words.append(block(known, isRunning, press, this.page));
    this.#root.replaceChildren(words, ...(mount && isRunning ? [frozen(mount)] : []));
    if (isRunning && this.page) {
      document.title = stoppedTitle(document.title);
      window.scrollTo(0, 0);
    }
    this.#say("livy-stopped", { cluster: this.#cluster, where: isRunning || known.words === "dead" ? "program" : "load", reason: known.reason });
  }

  /** The program can no longer run. */
  static stop(failure) {
    for (const element of open) element.#show(failure);
    open.clear();
    listen(false);
  }
}

mirror(LivyConsole);

// A panic ends the program, and so does any other trap in it. The first one is the cause, later ones follow from it.
function stopped(reason) {
  if (dead) return;
  dead = new Failure(open.size ? "trap" : "startTrap", { reason });
  LivyConsole.stop(dead);
}

const thrown = (event) => { if (isTrap(event.error)) stopped(reasonOf(event.error)); };
const rejected = (event) => { if (isTrap(event.reason)) stopped(reasonOf(event.reason)); };

function listen(on) {
  const change = on ? "addEventListener" : "removeEventListener";
  window[change]("error", thrown);
  window[change]("unhandledrejection", rejected);
}

const known = customElements.get(NAME);
if (!known) {
  customElements.define(NAME, LivyConsole);
} else if (known.version !== FILES.version) {
  console.warn(`This page has <${NAME}> of version ${known.version} already. Version ${FILES.version} is not used.`);
}

// Pages that were made for an earlier version have a <div> of this id. Anything else of that name is the page's own.
const former = document.getElementById(NAME);
if (former?.matches("div") && (former.matches("[data-base-url], [data-config]") || !former.firstElementChild)) {
  const element = document.createElement(NAME);
  Object.assign(element.dataset, former.dataset);
  element.id = NAME;
  element.page = true;
  former.replaceWith(element);
}
