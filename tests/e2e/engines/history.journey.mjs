// The statements of a session are the server's: another tab and a reload show the same ones, and what others send appears.
import { becomes, enter, expect, idle, notInChromium, room, run, sends, test, unique } from "./room.mjs";

/** The statements on the page: their numbers, whose they are, and their code. */
const shown = async (tab) => (await tab.role("article").all()).map((it) => `${it.attributes["data-statement-id"]} ${it.attributes["data-statement-origin"]}`);

test("another tab and a reload show the same statements, others' appear, and what the server let go stays", async ({ tab, site, net }) => {
  notInChromium(tab);
  const made = await fetch(`${site}livy/sessions`, {
    method: "POST", headers: { "X-Requested-By": "them" },
    body: JSON.stringify({ kind: "pyspark", name: unique("etl"), conf: { "livy.rsc.retained-statements": "4" } }),
  });
  const { id } = await made.json();
  await idle(site, id);
  await enter(tab, net.address, id);
  const { entry } = room(tab);
  await run(tab, "x = 20");
  await entry(0).has("data-statement-state", "available");
  await run(tab, "x + 1");
  await entry(1).says("21");
  expect(await shown(tab)).toEqual(["0 here", "1 here"]);

  await sends(site, id, "x + 2");
  await tab.open(`${net.address}#/sessions/${id}?view=statements`);
  await entry(2).says("22");
  await entry(0).shown();
  expect(await shown(tab)).toEqual(["0 browser", "1 browser", "2 elsewhere"]);
  // Back on the first tab they are there as well.
  await tab.leave();
  await entry(2).says("22");
  expect(await shown(tab)).toEqual(["0 here", "1 here", "2 elsewhere"]);
  await tab.reload();
  await entry(0).shown();
  await becomes(() => shown(tab), "the statements after a reload").toEqual(["0 browser", "1 browser", "2 elsewhere"]);

  // Seen with the session's work, while nobody does anything.
  const sent = Date.now();
  await sends(site, id, "sleep(14)");
  await entry(3).shown({ timeout: 12_000 });
  await becomes(() => entry(3).attribute("data-statement-origin"), "whose it is").toBe("elsewhere");
  test.info().annotations.push({ type: "ms until it is seen", description: String(Date.now() - sent) });
  // Behind it two more, for which the server lets the first two go.
  await sends(site, id, "x + 4");
  await run(tab, "x + 5");
  await entry(5).shown();
  await entry(0).says("No longer on the server.");
  await entry(1).says("21");
  await entry(1).says("No longer on the server.");
  await becomes(() => shown(tab), "all of them").toEqual(["0 browser", "1 browser", "2 elsewhere", "3 elsewhere", "4 elsewhere", "5 here"]);
});
