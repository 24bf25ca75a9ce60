// What the journeys of statements do: a session behind a network of the journey's own, code that is typed and run, and what the server
// has of it.
import { network } from "../network.mjs";
import { becomes, expect, test as base } from "./journey.mjs";

export { becomes, expect, make, unique } from "./journey.mjs";

export const test = base.extend({
  /** The network between the page and the server of `site`. The page is at its address, the journey itself asks at `site`. */
  net: async ({ site }, use) => {
    const net = await network(Number(new URL(site).port));
    await use(net);
    await net.end();
  },
});

const ask = async (method, url, body) => {
  const answer = await fetch(url, { method, headers: { "X-Requested-By": "them" }, body: body && JSON.stringify(body) });
  return answer.json();
};

/** Somebody else's statement. */
export const sends = (site, id, code) => ask("POST", `${site}livy/sessions/${id}/statements`, { code });

/** A statement as the server has it. */
export const has = (site, id, number) => ask("GET", `${site}livy/sessions/${id}/statements/${number}`);

/** How many statements the server has. */
export const total = async (site, id) => (await ask("GET", `${site}livy/sessions/${id}/statements`)).total_statements;

export const idle = (site, id) => becomes(async () => (await ask("GET", `${site}livy/sessions/${id}`)).state, "the session", { timeout: 30_000 }).toBe("idle");

/** What a journey of Chromium alone walks too, minutes of it (statements.spec.mjs). */
export const notInChromium = (tab) => test.skip(tab.engine === "chromium", "statements.spec.mjs walks it");

/** The parts of the room. */
export const room = (tab) => ({
  region: tab.role("region", "Statements"), code: tab.role("textbox", "Code"), fate: tab.css("[data-run]"), session: tab.session,
  entry: (number) => tab.role("article", `Statement ${number}`),
});

/** Opens the statements of a session, and waits until they are read. */
export async function enter(tab, address, id, query = "") {
  await tab.goto(`${address}${query}#/sessions/${id}?view=statements`);
  await room(tab).region.has("data-statements", "read", { timeout: 30_000 });
}

/** Types code in place of what is there, and runs it by the keys. */
export async function run(tab, text) {
  const { code } = room(tab);
  // The page grows as outputs come, and the field moves under the mouse.
  await expect(async () => {
    await code.click();
    expect((await code.one()).focused).toBe(true);
  }).toPass({ timeout: 20_000 });
  await tab.press("a", "Control");
  await tab.press("Backspace");
  await tab.type(text);
  await code.holds(text);
  await tab.press("Enter", "Control");
}

/** Keeps the words of a run, in the order in which the page says them. */
export async function fates(tab) {
  await tab.run(() => window.journey.follow("[data-run]", "data-run"));
  return async () => tab.run(() => window.journey.followed("[data-run]"));
}
