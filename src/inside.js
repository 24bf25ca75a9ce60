// The console's side of a frame: lets the page around it use the element, if `frame.origins` of the configuration lists that page's
// origin. The other side is src/frame.js. It is fetched in a frame with such a list, and nowhere else.

// What the page around may read, set and call. Where Livy is, and what the configuration says, is up to whoever hosts the frame's page.
const READ = ["route", "cluster", "theme", "noBar", "credentials", "session", "keptAlive"];
const SET = ["route", "cluster", "theme", "noBar", "credentials"];
const METHODS = ["navigate", "prefill", "refresh", "focus"];
const EVENTS = ["livy-ready", "livy-navigate", "livy-create", "livy-created", "livy-create-failed", "livy-state", "livy-deleted",
  "livy-kept-alive", "livy-trouble", "livy-stopped"];

// How long the console waits for a page that is in no hurry, before it goes on without it.
const PATIENCE = 1000;

/**
 * Says hello to the page around, and hears it. The promise is kept when that page has said what it wants, or says nothing: then the console
 * goes on, and the page may come later. `ends` is aborted with the console.
 */
export function inside(element, origins, ends) {
  const host = window.parent;
  // Tells a second hello of this document from that of the next one.
  const guest = `${Date.now()}-${Math.random()}`;
  const told = [];
  let port;
  const questions = new Map();
  let last = 0;
  let welcomed;
  const ready = new Promise((resolve) => { welcomed = resolve; });
  setTimeout(welcomed, PATIENCE);

  for (const name of EVENTS) {
    element.addEventListener(name, ({ detail }) => {
      // A page that comes later is to know whether there is a console.
      if (name === "livy-ready" || name === "livy-stopped") told.splice(0, 1, { event: name, detail });
      port?.postMessage({ event: name, detail });
    }, { signal: ends });
  }

  const set = (values) => {
    for (const [name, value] of Object.entries(values ?? {})) if (SET.includes(name)) element[name] = value;
  };
  const authorization = ({ reason, cluster, signal }) => new Promise((resolve, reject) => {
    const wanted = ++last;
    questions.set(wanted, { resolve, reject });
    signal.addEventListener("abort", () => {
      questions.delete(wanted);
      port?.postMessage({ unwanted: wanted });
      resolve(null);
    });
    port.postMessage({ wanted, reason, cluster });
  });
  // Each time anew: what the page has said so far may have been for another person.
  const signsIn = (yes) => {
    for (const { reject } of questions.values()) reject(new Error("The page around does not answer any more."));
    questions.clear();
    element.authorization = yes ? (question) => authorization(question) : null;
  };

  const answer = async ({ ask, get, call, values }) => {
    try {
      if (READ.includes(get)) return { answer: ask, value: element[get] };
      if (get === "version") return { answer: ask, value: element.constructor.version };
      if (METHODS.includes(call)) return { answer: ask, value: await element[call](...values) };
      return { answer: ask, error: `A framed console does not have ${get ?? call}.` };
    } catch (error) {
      return { answer: ask, error: String(error?.message ?? error) };
    }
  };
  const take = async (from, message) => {
    if ("ask" in message) {
      from.postMessage(await answer(message));
    } else if ("authorization" in message) {
      const question = questions.get(message.authorization);
      if (message.failed) question?.reject(new Error("The page around could not sign in."));
      else question?.resolve(message.value);
      questions.delete(message.authorization);
    } else {
      if ("set" in message) set(message.set);
      if ("signsIn" in message) signsIn(message.signsIn);
    }
  };

  const hello = (origin) => host.postMessage({ livyConsole: "hello", guest, version: element.constructor.version }, origin);
  window.addEventListener("message", (event) => {
    if (event.source !== host || !origins.includes(event.origin)) return;
    if (event.data?.livyConsole === "knock") hello(event.origin);
    if (event.data?.livyConsole !== "welcome" || event.ports.length !== 1) return;
    // A page that connects anew gets no answers to the questions of its last connection.
    port?.close();
    port = event.ports[0];
    const mine = port;
    mine.onmessage = ({ data }) => take(mine, data);
    set(event.data.set);
    signsIn(event.data.signsIn);
    for (const message of told) mine.postMessage(message);
    welcomed();
  }, { signal: ends });
  // After what else ends with the console has been told.
  ends.addEventListener("abort", () => queueMicrotask(() => port?.close()));
  // Browsers that know the page's origin spare it the hellos that are not for it.
  const around = location.ancestorOrigins?.[0];
  for (const origin of origins) if (around === undefined || around === origin) hello(origin);
  return ready;
}
