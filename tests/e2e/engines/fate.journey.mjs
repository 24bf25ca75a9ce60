// A statement runs once, and what became of it is known, whatever the network does to it: what the page says is compared with what the
// server has.
import { becomes, enter, expect, fates, has, idle, make, notInChromium, room, run, sends, test, total, unique } from "./room.mjs";

/** The words for one more statement of one's own, by how many the server has of it. */
const WORDS = [["absent"], ["accepted", "found"], ["twice"]];

/** Waits until the page says of the last press what the server has: so many more than before. */
async function agrees(tab, site, id, before) {
  const { fate } = room(tab);
  await expect(async () => {
    const [word, count] = [await fate.attribute("data-run"), await total(site, id) - before];
    expect(WORDS[Math.min(count, 2)], `${count} more on the server`).toContain(word);
  }).toPass({ timeout: 20_000, intervals: [100] });
  return await total(site, id) - before;
}

test("a press is one statement, and a lost answer is found without sending again", async ({ tab, site, net }) => {
  notInChromium(tab);
  const [id] = await make(site, unique("etl"));
  await idle(site, id);
  // No browser sends anything again by itself where each request has a connection of its own.
  net.keeps = false;
  await enter(tab, net.address, id);
  const { region, code, fate, entry } = room(tab);

  net.breaks = "hold";
  await run(tab, "40 + 2");
  await fate.has("data-run", "sent");
  for (let pressed = 0; pressed < 3; pressed++) await tab.press("Enter", "Control");
  await region.says("The last statement has no answer yet. Nothing was sent.");
  net.release();
  await fate.has("data-run", "accepted");
  await entry(0).has("data-statement-state", "available");
  expect([net.posted().length, await total(site, id)]).toEqual([1, 1]);

  net.breaks = "answer";
  const words = await fates(tab);
  await run(tab, "40 + 3");
  await fate.has("data-run", "found");
  const said = (await words()).slice(-3);
  expect(said.map((it) => it[0])).toEqual(["sent", "unknown", "found"]);
  expect(said[1][1] - said[0][1], "ms until it is said that the answer is lost").toBeLessThanOrEqual(1_000);
  await entry(1).has("data-statement-origin", "here");
  await entry(1).says("43");
  await code.holds("40 + 3");
  expect([net.posted().length, await total(site, id)]).toEqual([2, 2]);

  // Also where the page is loaded again before it could look.
  net.fails = true;
  await run(tab, "40 + 4");
  await fate.has("data-run", "unknown");
  Object.assign(net, { fails: false, breaks: null });
  await tab.reload();
  await fate.has("data-run", "found");
  await entry(2).has("data-statement-origin", "here");
  await entry(2).says("44");
  expect([net.posted().length, await total(site, id)]).toEqual([3, 3]);
});

/** How a kept connection breaks under a statement, and whether the page is loaded again before it can look. */
const BREAKS = [["reset", false], ["reset", true], ["answer", false]];

test("a kept connection breaks under a statement: the page says how often the server has it", async ({ tab, site, net }) => {
  const [id] = await make(site, unique("etl"));
  await idle(site, id);
  await enter(tab, net.address, id);
  const { fate } = room(tab);
  const counts = [];
  for (const [breaks, isLoadedAgain] of BREAKS) {
    const [before, posted] = [await total(site, id), net.posted().length];
    Object.assign(net, { breaks, fails: isLoadedAgain });
    await run(tab, `40 + ${before}`);
    // WebKitGTK has a new connection for each POST.
    await becomes(async () => net.posted()[posted]?.isKept, "a connection that was used before").toBe(tab.engine !== "webkit");
    if (isLoadedAgain) {
      await becomes(() => fate.attribute("data-run"), "an answer, or none").toMatch(/accepted|unknown/);
      net.fails = false;
      await tab.reload();
    }
    const count = await agrees(tab, site, id, before);
    expect(count).toBe(net.posted().length - posted);
    // Whoever looks later finds all of them named.
    if (count > 1) await fate.says(`as ${before} ${count > 2 ? "to" : "and"} ${before + count - 1}:`);
    counts.push(count);
    net.breaks = null;
  }
  test.info().annotations.push({ type: "arrived", description: `${tab.engine}: ${counts}` });
});

test("what never arrived is absent after half a minute, and a person may send it again", async ({ tab, site, net }) => {
  notInChromium(tab);
  const [id] = await make(site, unique("etl"));
  await idle(site, id);
  net.keeps = false;
  await enter(tab, net.address, id, "?pace=10");
  const { region, code, fate, entry } = room(tab);
  net.breaks = "request";
  const words = await fates(tab);
  await run(tab, "40 + 2");
  await fate.has("data-run", "absent");
  const said = await words();
  expect(said.map((it) => it[0])).toEqual(["sent", "unknown", "absent"]);
  expect(said[2][1] - said[1][1], "ms until it is given up").toBeGreaterThanOrEqual(30_000);
  await code.holds("40 + 2");
  await region.button("Send it again").shown();
  expect([net.posted().length, await total(site, id)]).toEqual([1, 0]);

  // Loaded again in between, and with a statement of somebody else in its place.
  await region.button("Send it again").click();
  await fate.has("data-run", "unknown");
  await sends(site, id, "40 + 2");
  await tab.reload();
  const again = await fates(tab);
  const since = await tab.run(() => window.journey.now());
  await fate.has("data-run", "absent");
  expect((await again()).at(-1)[1] - since).toBeGreaterThanOrEqual(25_000);
  await entry(0).has("data-statement-origin", "elsewhere");
  await region.says("Code that is on its way is never stored: enter it again.");
  expect([net.posted().length, await total(site, id)]).toEqual([2, 1]);
  net.breaks = null;
  await run(tab, "40 + 2");
  await fate.has("data-run", "accepted");
  expect((await has(site, id, 1)).code.trimEnd()).toBe("40 + 2");
  expect([net.posted().length, await total(site, id)]).toEqual([3, 2]);
});
