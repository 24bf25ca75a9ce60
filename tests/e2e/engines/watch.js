// What runs inside the page of a journey: finds elements as a person names them, by role and accessible name, and keeps what the page
// says in its console. Bundled with the library that knows roles, and named before the console's own script.
import { configure, queryAllByRole } from "@testing-library/dom";
import { computeAccessibleName } from "dom-accessibility-api";

// A hidden element is sorted out here, because a closed <details> hides what it holds without a style that the library reads.
configure({ defaultHidden: true });

// A clock that runs faster, for what takes the page minutes: `?pace=10`. It goes on where it was when the page is loaded again.
const pace = Number(new URLSearchParams(location.search).get("pace") ?? 1);
if (pace !== 1) {
  const begun = Date.UTC(2026, 0, 1);
  const [read, wait] = [Date.now.bind(Date), setTimeout.bind(window)];
  Date.now = () => Math.floor(begun + (read() - begun) * pace);
  window.setTimeout = (what, millis, ...rest) => wait(what, Math.ceil(millis / pace), ...rest);
}

const said = [];
const saved = [];
const seen = [[document.visibilityState, Date.now()]];
document.addEventListener("visibilitychange", () => seen.push([document.visibilityState, Date.now()]));
addEventListener("error", (event) => said.push(`error: ${event.message}`));
addEventListener("unhandledrejection", (event) => said.push(`rejection: ${event.reason}`));
document.addEventListener("securitypolicyviolation", (event) => said.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
for (const level of ["error", "warn"]) {
  const tell = console[level].bind(console);
  console[level] = (...words) => {
    said.push(`${level}: ${words.join(" ")}`);
    tell(...words);
  };
}
const offer = URL.createObjectURL.bind(URL);
URL.createObjectURL = (it) => {
  if (it instanceof Blob) saved.push(it);
  return offer(it);
};

// The document and the root of each console in it.
const places = [document];
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) {
  const root = attach.call(this, how);
  places.push(root);
  observer.observe(root, EVERYTHING);
  return root;
};

/** The nearest element that fits, also outside of the root that this one is in. */
const around = (element, selector) => element && (element.closest(selector) ?? around(element.getRootNode().host, selector));
const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !around(element, "[aria-hidden='true'], [inert]");
const wording = (it) => typeof it === "object" && it ? new RegExp(it.source, it.flags) : it;

/** The elements that a query means, in the order of the document. */
function all(query) {
  const roots = query.within ? all(query.within) : places.map((it) => it.body ?? it).filter((it) => it.isConnected);
  const found = roots.flatMap((root) => query.css
    ? [...root.querySelectorAll(query.css)]
    : queryAllByRole(root, query.role, { hidden: true, name: wording(query.name), ...query.state }));
  const words = wording(query.text);
  const fits = (it) => (query.hidden || shown(it)) && (!words || (words instanceof RegExp ? words.test(it.textContent) : it.textContent.includes(words)));
  const left = found.filter(fits);
  return query.nth === undefined ? left : [left.at(query.nth)].filter(Boolean);
}

function one(query) {
  const found = all(query);
  if (found.length !== 1) throw new Error(`${found.length} elements instead of one: ${JSON.stringify(query)}`);
  return found[0];
}

function facts(element) {
  const box = element.getBoundingClientRect();
  const root = element.getRootNode();
  return {
    text: element.textContent, value: element.value, checked: element.checked, open: element.parentElement?.open,
    attributes: Object.fromEntries([...element.attributes].map((it) => [it.name, it.value])),
    focused: root.activeElement === element, holdsFocus: element.contains(root.activeElement),
    box: { x: box.x, y: box.y, width: box.width, height: box.height },
    inView: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
}

const frame = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });

/** The middle of an element on the screen, once it stays where it is and nothing lies over it. */
async function middle(query) {
  const element = one(query);
  const outside = ({ x, y }) => x < 0 || y < 0 || x >= innerWidth || y >= innerHeight;
  // A link of two lines is hit on its first.
  const centre = () => {
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const hit = ({ x, y }) => {
    let top = document.elementFromPoint(x, y);
    for (;;) {
      const within = top?.shadowRoot?.elementFromPoint(x, y);
      // Where a root has nothing there, it answers with its host.
      if (!within || within === top) return top;
      top = within;
    }
  };
  const isOn = (top) => top && (element.contains(top) || top.contains(element) && top.tagName === "LABEL");
  if (outside(centre()) || !isOn(hit(centre()))) element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
  const before = centre();
  await frame();
  const at = centre();
  if (Math.abs(at.x - before.x) > 0.5 || Math.abs(at.y - before.y) > 0.5) throw new Error(`It moves: ${JSON.stringify(query)}`);
  const top = hit(at);
  if (!isOn(top)) {
    const over = top && `${top.tagName}.${top.className} “${top.textContent.trim().slice(0, 60)}”`;
    throw new Error(`Not at the point where it is pressed, ${over ?? "nothing"} is: ${JSON.stringify(query)}`);
  }
  return at;
}

/** Where the text of an element begins, or ends, on the screen: from there to there a hand draws to select all of it. */
function edge(query, isEnd) {
  const element = one(query);
  if (!element.closest("[role=log]")) element.scrollIntoView({ block: "nearest", behavior: "instant" });
  const range = document.createRange();
  range.selectNodeContents(element);
  const boxes = [...range.getClientRects()].filter((it) => it.width > 0);
  const box = boxes.at(isEnd ? -1 : 0);
  // A hand that sets out on a link drags the link: outside of the text it selects.
  const outside = element.querySelector("a") ? 4 : -1;
  return { x: isEnd ? box.right + outside : box.left - outside, y: box.top + box.height / 2 };
}

const ROLES = ["link", "button", "tab", "checkbox", "radio", "combobox"];

/** Everything on the page that can be pressed, with the query that finds it again. */
function controls(within) {
  const found = ROLES.flatMap((role) => all({ role, within }).map((element) => ({ element, role })));
  found.push(...all({ css: "summary", within }).map((element) => ({ element, css: "summary" })));
  const seen = new Map();
  return found.map(({ element, role, css }) => {
    const name = role ? computeAccessibleName(element) : element.textContent;
    const key = `${role} ${name}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const attribute = (it) => element.getAttribute(it);
    return {
      query: role ? { role, name, within, nth } : { css, text: name, within, nth }, role: role ?? css, name,
      href: attribute("href"), target: attribute("target"), expanded: attribute("aria-expanded"), pressed: attribute("aria-pressed"),
      checked: element.checked, open: element.parentElement?.open,
      popup: attribute("aria-haspopup"), disabled: element.disabled || attribute("aria-disabled") === "true",
    };
  });
}

// What happens after a press, apart from the age of the page, which ticks by itself.
let changes = [];
const EVERYTHING = { subtree: true, childList: true, characterData: true, attributes: true };
const observer = new MutationObserver((records) => {
  for (const it of records) {
    const element = it.target.nodeType === Node.TEXT_NODE ? it.target.parentElement : it.target;
    if (!element?.closest?.("[data-fresh]")) changes.push(`${it.type} ${element?.tagName} ${it.attributeName ?? ""}`);
  }
});
observer.observe(document, EVERYTHING);

const followed = {};

/** From now on keeps what an attribute of an element says, each word with its moment by the page's clock. */
function follow(css, attribute) {
  const words = (followed[css] = []);
  const look = () => {
    const word = places.map((it) => it.querySelector(css)).find(Boolean)?.getAttribute(attribute);
    if (word && word !== words.at(-1)?.[0]) words.push([word, Date.now()]);
  };
  const looks = new MutationObserver(look);
  for (const place of places) looks.observe(place, EVERYTHING);
  look();
}

const calls = () => performance.getEntriesByType("resource").filter((it) => it.name.includes("/livy/"));

window.journey = {
  follow,
  followed: (css) => followed[css],
  /** When the page was in front, and when behind another one. */
  seen,
  now: () => Date.now(),
  /** When each call to the cluster has left the page, in milliseconds since it was loaded. */
  called: () => calls().map((it) => it.startTime),
  /** How long the slowest of them took, in milliseconds. */
  slowest: () => Math.max(...calls().map((it) => it.duration)),
  controls,
  edge,
  /** From now on is counted what happens. */
  mark() {
    changes = [];
    return saved.length;
  },
  changes: () => changes.slice(0, 20),
  said,
  count: (query) => all(query).length,
  all: (query) => all(query).map(facts),
  one: (query) => facts(one(query)),
  middle,
  frame,
  /** A field of the journey's own, outside the console, to paste into. */
  scratch() {
    const field = document.createElement("textarea");
    field.id = "journey-scratch";
    document.body.append(field);
    field.focus();
  },
  pasted() {
    const field = document.getElementById("journey-scratch");
    field.remove();
    return field.value;
  },
  /** The texts that were offered for saving. */
  saved: () => Promise.all(saved.map((it) => it.text())),
};
