// The page asks for statements only where somebody has something of it: by the page's own clock, which is faster than the machine's.
import { becomes, enter, expect, idle, make, notInChromium, room, run, test, unique } from "./room.mjs";

const MINUTE = 60_000;
const PACE = 20;
const now = (tab) => tab.run(() => window.journey.now());

/** Waits so long by the page's clock. */
async function pass(tab, millis) {
  const until = await now(tab) + millis;
  await becomes(async () => await now(tab) >= until, "the page's time", { timeout: 55_000 }).toBe(true);
}

test("nothing is asked while a session starts, little while it is idle, hidden or only looked at", async ({ tab, site, net }) => {
  notInChromium(tab);
  test.setTimeout(120_000);
  const theirs = await fetch(`${site}livy/sessions`, {
    method: "POST", headers: { "X-Requested-By": "them" }, body: JSON.stringify({ kind: "pyspark", name: unique("theirs"), heartbeatTimeoutInSecond: 600 }),
  });
  const other = (await theirs.json()).id;
  const [starting, id] = await make(site, unique("never-idle"), unique("etl"));
  const { region, code, session, entry } = room(tab);
  await tab.goto(`${net.address}?pace=${PACE}#/sessions/${starting}?view=statements`);
  await code.shown();
  await session.has("data-session-state", "starting");
  await region.has("data-statements", "closed");
  await pass(tab, MINUTE);
  expect(net.below(), "calls while it starts").toEqual([]);
  await idle(site, id);
  await enter(tab, net.address, id, `?pace=${PACE}`);

  const before = net.below().length;
  await pass(tab, 5 * MINUTE);
  expect(net.below().length - before, "calls in five idle minutes").toBeLessThanOrEqual(3);

  // What runs is read all the time, and hardly behind another tab.
  await run(tab, "sleep(60)");
  await entry(0).has("data-statement-state", "running");
  await tab.open();
  const hidden = net.below().length;
  const since = Date.now();
  await becomes(async () => Date.now() - since >= 2 * MINUTE / PACE, "two minutes of the page").toBe(true);
  const asked = net.below().length - hidden;
  await tab.leave();
  const seen = (await tab.run(() => window.journey.seen)).slice(-2);
  expect(seen.map((it) => it[0])).toEqual(["hidden", "visible"]);
  const [from, to] = seen.map((it) => it[1]);
  expect(asked, "calls while it is hidden").toBeLessThanOrEqual(Math.ceil((to - from) / MINUTE));

  // Somebody else's session, which a heartbeat keeps: it is not kept by looking.
  await tab.goto(`${net.address}?pace=${PACE}#/sessions/${other}?view=statements`);
  const read = tab.button("Read the statements (renews its heartbeat)");
  await read.shown();
  await region.has("data-statements", "closed");
  const looked = net.calls.length;
  await pass(tab, MINUTE);
  const calls = net.calls.slice(looked).filter((it) => it.method !== "GET" || it.path.includes(`/sessions/${other}/statements`));
  expect(calls).toEqual([]);
  await read.click();
  await region.has("data-statements", "read");
});
