// The page of a journey, in any engine: what a person finds on it by role and name, and does with it by mouse and keys.
import { expect as plain } from "@playwright/test";

/** Long enough for a pretend session to become idle on a busy machine. */
export const expect = plain.configure({ timeout: 20_000 });
const poll = { timeout: 20_000, intervals: [50, 50, 100, 100, 250] };

/** Asks the page until the answer fits. It also asks again when the page cannot answer yet, for example while it loads. */
export const becomes = (ask, message, options) => expect.poll(() => ask().catch((error) => `not yet: ${error.message}`), { ...poll, ...options, message });

const wording = (it) => it instanceof RegExp ? { source: it.source, flags: it.flags } : it;

/** Elements of the page, looked up each time they are used. */
class Found {
  constructor(tab, query) {
    this.tab = tab;
    this.query = query;
  }

  role(role, name, state) {
    return new Found(this.tab, { role, name: wording(name), state, within: this.query });
  }

  css(css) {
    return new Found(this.tab, { css, within: this.query });
  }

  button(name) {
    return this.role("button", name);
  }

  link(name) {
    return this.role("link", name);
  }

  /** Those whose text holds these words. */
  with(text) {
    return new Found(this.tab, { ...this.query, text: wording(text) });
  }

  /** Includes hidden ones. */
  even(hidden = true) {
    return new Found(this.tab, { ...this.query, hidden });
  }

  nth(nth) {
    return new Found(this.tab, { ...this.query, nth });
  }

  get first() {
    return this.nth(0);
  }

  count() {
    return this.tab.run((query) => window.journey.count(query), this.query);
  }

  all() {
    return this.tab.run((query) => window.journey.all(query), this.query);
  }

  one() {
    return this.tab.run((query) => window.journey.one(query), this.query);
  }

  async texts() {
    return (await this.all()).map((it) => it.text);
  }

  async text() {
    return (await this.one()).text;
  }

  async value() {
    return (await this.one()).value;
  }

  async attribute(name) {
    return (await this.one()).attributes[name];
  }

  /** Waits until exactly one of them is shown. */
  async shown(options) {
    await becomes(() => this.count(), `one of ${this}`, options).toBe(1);
    return this;
  }

  async gone() {
    await becomes(() => this.count(), `none of ${this}`).toBe(0);
  }

  async says(text, options) {
    await becomes(() => this.text(), `the text of ${this}`, options)[text instanceof RegExp ? "toMatch" : "toContain"](text);
  }

  async has(attribute, value, options) {
    await becomes(() => this.attribute(attribute), `${attribute} of ${this}`, options).toBe(value);
  }

  async holds(value) {
    await becomes(() => this.value(), `the value of ${this}`).toBe(value);
  }

  async focused() {
    await becomes(() => this.one().then((it) => it.focused), `the focus on ${this}`).toBe(true);
  }

  /** The point where it is pressed, as soon as it stays still and nothing lies over it. */
  async middle() {
    let at;
    await expect(async () => { at = await this.tab.run((query) => window.journey.middle(query), this.query); }).toPass(poll);
    return at;
  }

  /** The point on the screen where its text has its start, or its end. */
  async edge(which) {
    return this.tab.run((query, isEnd) => window.journey.edge(query, isEnd), this.query, which === "end");
  }

  /** Everything in it that can be pressed. */
  controls() {
    return this.tab.run((query) => window.journey.controls(query ?? undefined), this.query ?? null);
  }

  /** A press of the mouse in its middle. */
  async click(options) {
    await this.tab.driver.click(await this.middle(), options);
  }

  /** Into a field, key by key, in place of what it holds. */
  async enter(text) {
    await this.click();
    await this.tab.press("a", "Control");
    await this.tab.press("Backspace");
    await this.tab.type(text);
  }

  toString() {
    return JSON.stringify(this.query);
  }
}

export class Tab extends Found {
  constructor(driver) {
    super(undefined, undefined);
    this.tab = this;
    this.driver = driver;
    /** What the page has said in its console, over all its documents. */
    this.said = [];
    /** How many tabs are behind this one. */
    this.behind = 0;
  }

  get engine() {
    return this.driver.engine;
  }

  run(code, ...args) {
    return this.driver.run(String(code), args);
  }

  async gather() {
    this.said.push(...await this.run(() => window.journey?.said.splice(0) ?? []).catch(() => []));
    return this.said;
  }

  async goto(url) {
    await this.gather();
    await this.driver.goto(url);
  }

  async reload() {
    await this.gather();
    await this.driver.reload();
  }

  /** Opens another tab in front of this one: from now on this is that one. */
  async open(url) {
    await this.gather();
    await this.driver.open();
    this.behind += 1;
    await this.resize(1280, 900);
    if (url) await this.driver.goto(url);
  }

  /** Closes it, so that this is again the tab that was behind it. */
  async leave() {
    await this.gather();
    this.behind -= 1;
    await this.driver.leave();
  }

  back() {
    return this.driver.back();
  }

  forward() {
    return this.driver.forward();
  }

  type(text) {
    return this.driver.type(text);
  }

  press(key, ...held) {
    return this.driver.press(key, ...held);
  }

  drag(from, to) {
    return this.driver.drag(from, to);
  }

  async resize(width, height) {
    await this.driver.resize(width, height);
    await becomes(() => this.run(() => innerWidth), "the width of the window").toBe(width);
  }

  shot() {
    return this.driver.shot();
  }

  hash() {
    return this.run(() => location.hash);
  }

  title() {
    return this.run(() => document.title);
  }

  /** Waits until the address within the page is this one. */
  async at(hash) {
    await becomes(() => this.hash(), "the address")[hash instanceof RegExp ? "toMatch" : "toBe"](hash);
  }

  /** The elements of a query that `controls` gave. */
  find(query) {
    return new Found(this, query);
  }

  heading(name) {
    return this.role("heading", name);
  }

  field(name) {
    return this.css(`[name="${name}"]`);
  }

  get fresh() {
    return this.css("[data-fresh]");
  }

  get session() {
    return this.css("main [data-session-id]").first;
  }

  get log() {
    return this.role("log");
  }

  get lines() {
    return this.log.css("[data-log-line]");
  }
}
