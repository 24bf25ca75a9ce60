// A console in a frame, for the page around it: `connectFrame(iframe, { origin })` gives an object with the events, properties and methods
// of <livy-console>. The frame's page is the console's own index.html, and its config.json lists this page's origin; src/inside.js answers
// there. What is said goes through one port that no other window has.

// What can be asked for, and what can be set.
const READ = ["route", "cluster", "theme", "noBar", "credentials", "session", "keptAlive", "version"];
const SET = ["route", "cluster", "theme", "noBar", "credentials"];
const METHODS = ["navigate", "prefill", "refresh", "focus"];

// How long a question may take, with all that the frame has to load before.
const PATIENCE = 30_000;

/** A console in a frame. Each of its properties is a promise when it is read, and takes a plain value when it is set. */
export class FramedConsole extends EventTarget {
  #frame;
  #origin;
  #authorization;
  #settings;
  // The way to the document that is in the frame now, and which that is.
  #port;
  #guest;
  #waiting = [];
  #questions = new Map();
  #last = 0;
  #asked = new Map();

  constructor(frame, { origin, authorization = null, ...settings }) {
    super();
    if (origin === "null" || new URL(origin).origin !== origin) throw new TypeError(`"${origin}" is no origin. Write it as https://console.example.`);
    const unknown = Object.keys(settings).filter((name) => !SET.includes(name));
    if (unknown.length) throw new TypeError(`A framed console does not have ${unknown.join(", ")}.`);
    this.#frame = frame;
    this.#origin = origin;
    this.#authorization = authorization;
    this.#settings = settings;
    window.addEventListener("message", this.#heard);
    // The frame says hello when it has loaded. One of another origin that shows nothing of itself may have done so already.
    if (frame.contentDocument === null || origin === location.origin) frame.contentWindow?.postMessage({ livyConsole: "knock" }, origin);
  }

  /** Called for the value of the header `Authorization`, as of the element; null where the browser signs in by itself. */
  get authorization() {
    return this.#authorization;
  }

  set authorization(value) {
    this.#authorization = value ?? null;
    this.#tell({ signsIn: this.#authorization !== null });
  }

  /** Ends the connection. The frame stays as it is. */
  close() {
    window.removeEventListener("message", this.#heard);
    // Nobody answers from now on.
    this.#port?.postMessage({ signsIn: false });
    this.#leave("The connection to the frame was closed.");
    this.#waiting = [];
  }

  #heard = (event) => {
    if (event.source === null || event.source !== this.#frame.contentWindow || event.origin !== this.#origin) return;
    if (event.data?.livyConsole !== "hello") return;
    // It was knocked at while it said hello by itself.
    if (this.#port && event.data.guest === this.#guest) return;
    if (this.#port) this.#leave("The frame was loaded again.");
    this.#guest = event.data.guest;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#take(data);
    const welcome = { livyConsole: "welcome", set: this.#settings, signsIn: this.#authorization !== null };
    event.source.postMessage(welcome, { targetOrigin: this.#origin, transfer: [port2] });
    for (const message of this.#waiting.splice(0)) port1.postMessage(message);
    // Where the person has gone since is in the frame's own address: loading it again goes there.
    const { route, ...kept } = this.#settings;
    this.#settings = kept;
  };

  // A document has gone, and with it whatever it was asked and had asked.
  #leave(why) {
    this.#port?.close();
    this.#port = undefined;
    for (const { reject } of this.#questions.values()) reject(new Error(why));
    for (const asked of this.#asked.values()) asked.abort();
    this.#questions.clear();
    this.#asked.clear();
  }

  #take(message) {
    if ("event" in message) {
      this.dispatchEvent(new CustomEvent(message.event, { detail: message.detail }));
    } else if ("answer" in message) {
      const question = this.#questions.get(message.answer);
      this.#questions.delete(message.answer);
      if (message.error === undefined) question?.resolve(message.value);
      else question?.reject(new Error(message.error));
    } else if ("wanted" in message) {
      this.#authorize(message);
    } else if ("unwanted" in message) {
      this.#asked.get(message.unwanted)?.abort();
    }
  }

  async #authorize({ wanted, reason, cluster }) {
    const asked = new AbortController();
    const port = this.#port;
    this.#asked.set(wanted, asked);
    let answer;
    try {
      answer = { value: (await this.#authorization?.({ reason, cluster, signal: asked.signal })) ?? null };
    } catch (error) {
      // The page's own words stay on the page.
      console.error(error);
      answer = { failed: true };
    }
    this.#asked.delete(wanted);
    if (!asked.signal.aborted) port.postMessage({ authorization: wanted, ...answer });
  }

  #tell(message) {
    if (this.#port) this.#port.postMessage(message);
    else if (!("set" in message || "signsIn" in message)) this.#waiting.push(message);
  }

  /** @internal */
  ask(message) {
    const ask = ++this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#questions.delete(ask);
        this.#waiting = this.#waiting.filter((it) => it.ask !== ask);
        reject(new Error(`The console in the frame did not answer. Its config.json must list ${location.origin} in frame.origins.`));
      }, PATIENCE);
      const done = (end) => (value) => { clearTimeout(timer); end(value); };
      this.#questions.set(ask, { resolve: done(resolve), reject: done(reject) });
      this.#tell({ ask, ...message });
    });
  }

  /** @internal */
  give(name, value) {
    if (name !== "route" || !this.#port) this.#settings = { ...this.#settings, [name]: value };
    this.#tell({ set: { [name]: value } });
  }
}

for (const name of READ) {
  Object.defineProperty(FramedConsole.prototype, name, {
    configurable: true,
    enumerable: true,
    get() { return this.ask({ get: name }); },
    set: SET.includes(name) ? function set(value) { this.give(name, value); } : undefined,
  });
}
for (const name of METHODS) {
  FramedConsole.prototype[name] = function call(...values) { return this.ask({ call: name, values }); };
}

/**
 * Connects to the console in a frame. `origin` is that of the frame's page. `authorization`, `route`, `cluster`, `theme`, `noBar` and
 * `credentials` can be given with it; they are there before the console calls Livy for the first time.
 */
export function connectFrame(frame, options) {
  return new FramedConsole(frame, options);
}
