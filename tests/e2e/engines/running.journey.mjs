// A statement is watched while it waits and runs, and a cancel tells the truth.
import { becomes, enter, expect, has, idle, make, notInChromium, room, run, sends, test, unique } from "./room.mjs";

/** How long the pretend cluster takes to begin what nothing is before. */
const BEGINS_MS = 20;

/** By how much the server's clock is behind the machine's, in milliseconds. */
async function behind(site, id) {
  const before = Date.now();
  const sent = await sends(site, id, "0");
  const middle = (before + Date.now()) / 2;
  await becomes(async () => (await has(site, id, sent.id)).state, "the server's clock").toBe("available");
  return middle + BEGINS_MS - (await has(site, id, sent.id)).started;
}

test("a statement is seen to wait, to run and to end, each soon after it does, and a failed read changes nothing", async ({ tab, site, net }) => {
  notInChromium(tab);
  const [id] = await make(site, unique("etl"));
  await idle(site, id);
  await enter(tab, net.address, id);
  const { region, entry } = room(tab);
  await run(tab, "sleep(9)");
  await entry(0).has("data-statement-state", "running");
  await sends(site, id, "sleep(1)");
  await run(tab, "sleep(2)");
  await entry(2).has("data-statement-ahead", "2");
  await entry(2).says("2 before it");
  net.fails = true;
  await region.has("data-statements", "stale");
  await entry(0).has("data-statement-state", "running");
  await entry(2).has("data-statement-state", "waiting");
  net.fails = false;
  await region.has("data-statements", "read");
  await entry(0).says(/[3-8] s/);
  await tab.run(() => window.journey.follow("[data-statement-id='2']", "data-statement-state"));
  await entry(2).has("data-statement-state", "available");
  await entry(2).says("2.0 s");
  await entry(0).says("9.0 s");
  const offset = await behind(site, id);
  const { started, completed } = await has(site, id, 2);
  const seen = await tab.run(() => window.journey.followed("[data-statement-id='2']"));
  expect(seen.map((it) => it[0])).toEqual(["waiting", "running", "available"]);
  const late = [seen[1][1] - offset - started, seen[2][1] - offset - completed];
  test.info().annotations.push({ type: "ms after the server", description: late.map(Math.round).join(", ") });
  // On a machine that is busy an answer takes its time.
  expect(Math.max(...late), "ms after the server").toBeLessThanOrEqual(1_500 + await tab.run(() => window.journey.slowest()));
  // Never more than five calls in a second.
  const calls = await tab.run(() => window.journey.called());
  expect(calls.length).toBeGreaterThan(10);
  const sixth = calls.slice(5).map((at, before) => at - calls[before]);
  expect(Math.min(...sixth), "ms from one call to the fifth after it").toBeGreaterThanOrEqual(950);
});

test("a cancel is one call and tells the truth about what waits, what Spark does, and what goes on", async ({ tab, site, net }) => {
  notInChromium(tab);
  const [id] = await make(site, unique("etl"));
  await idle(site, id);
  await enter(tab, net.address, id);
  const { session, entry } = room(tab);
  await run(tab, "sc.range(9).sum()");
  await entry(0).has("data-statement-state", "running");
  await entry(0).button("Cancel statement 0").click();
  await entry(0).has("data-statement-status", "error", { timeout: 3_000 });

  await run(tab, "sleep(20)");
  await entry(1).has("data-statement-state", "running");
  await run(tab, "2 + 2");
  await entry(2).button("Cancel statement 2").click();
  await entry(2).has("data-statement-state", "cancelled", { timeout: 3_000 });
  await entry(2).says("Cancelled before it ran.");
  await entry(1).button("Cancel statement 1").click();
  await entry(1).has("data-statement-state", "cancelling");
  await entry(1).has("data-cancel", "asked");
  await entry(1).says("Code outside Spark cannot be interrupted and runs to its end.");
  await session.has("data-session-state", "busy");
  const acts = net.calls.filter((it) => it.method !== "GET").map((it) => `${it.method} ${it.path.replace(/^.*\/sessions\/\d+/, "")}`);
  expect(acts).toEqual(["POST /statements", "POST /statements/0/cancel", "POST /statements", "POST /statements", "POST /statements/2/cancel", "POST /statements/1/cancel"]);
});
