// An element that goes leaves nothing: not in the page, not in the program, not on the network.
import { expect, test } from "./console.mjs";
import { cycle, measured, portal } from "./cycles.mjs";

/** How many of the browser's locks are held, and waited for. */
const locks = (page) => page.evaluate(async () => {
  const { held, pending } = await navigator.locks.query();
  return { held: held.length, pending: pending.length };
});

test("a hundred consoles come and go, and one stays", async ({ page, host, trouble }) => {
  test.setTimeout(180_000);
  const { session, stays, glue } = await portal(page, await host("--livy", "fake"));
  const { title, hash } = await page.evaluate(() => ({ title: document.title, hash: location.hash }));
  // So many until the program has all the room that it needs at one time: each console is as far as it came.
  await page.evaluate(cycle, { cycles: 100, session });
  const before = { ...await measured(page, glue), left: await page.evaluate(() => window.summary().listeners) };
  await page.evaluate(cycle, { cycles: 100, session });
  const after = { ...await measured(page, glue), left: await page.evaluate(() => window.summary().listeners) };
  expect(after.open, "consoles").toBe(1);
  expect(after.left, "listeners on the window and the document").toEqual(before.left);
  expect(after.documents).toBe(before.documents);
  // An element that the browser has not collected yet has five of its own.
  const kept = await page.evaluate(() => window.gone.filter((it) => it.deref()).length);
  expect(kept, "elements that are kept").toBeLessThanOrEqual(1);
  expect(after.jsEventListeners - 5 * kept, "listeners").toBeLessThanOrEqual(before.jsEventListeners + 4);
  expect(after.nodes, "nodes").toBeLessThanOrEqual(before.nodes + 20);
  // A page of memory is 64 KiB, and what was freed is not all used again at once; `cargo xtask bench embed` looks at a thousand.
  expect(after.memory, "memory of the program").toBeLessThanOrEqual(before.memory + 65_536);
  expect(await locks(page), "locks: the one that stays has its own").toEqual({ held: 1, pending: 0 });
  // The one that stays was there all the time.
  await expect(page.locator("[data-fresh]")).toHaveAttribute("data-fresh", "live");
  expect(await page.evaluate(() => ({ title: document.title, hash: location.hash }))).toEqual({ title, hash });
  await stays.evaluate((element) => element.remove());
  await expect.poll(() => page.evaluate(() => window.summary().requests)).toBe(0);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.waitForTimeout(4_000);
  expect(asked).toEqual([]);
  const left = await page.evaluate(() => window.summary());
  // One of each of these is the journey's own; one more would be told as two.
  const own = /playwright|^window (auxclick|click|contextmenu|dblclick|mouse\w+|pointer\w+|touch\w+) true: 1$|securitypolicyviolation/;
  expect({ ...left, listeners: left.listeners.filter((it) => !own.test(it)) }).toEqual({ listeners: [], timers: 0, frames: 0, workers: 0, requests: 0 });
  expect((await measured(page, glue)).open).toBe(0);
  expect(trouble).toEqual([]);
});

test("a console that goes before it has begun leaves no lock behind", async ({ page, host }) => {
  await portal(page, await host("--livy", "fake"));
  await expect.poll(() => locks(page)).toEqual({ held: 1, pending: 0 });
  await page.evaluate(async () => {
    for (let at = 0; at < 60; at++) {
      const element = document.createElement("livy-console");
      element.baseUrl = "/livy";
      document.body.append(element);
      // The moment at which the browser answers is another one each time.
      await new Promise((done) => { setTimeout(done, at % 12); });
      element.remove();
    }
  });
  await expect.poll(() => locks(page)).toEqual({ held: 1, pending: 0 });
});

test("an element that is moved goes on with what it has", async ({ page, host }) => {
  const { session, stays } = await portal(page, await host("--livy", "fake"));
  await stays.evaluate((element, route) => { element.route = route; }, `/sessions/${session}`);
  await expect(page.getByRole("log")).toBeVisible();
  await expect(page.locator("[data-log-line]").first()).toBeVisible();
  const asked = [];
  page.on("request", (request) => request.url().includes("/version") && asked.push(request.url()));
  const before = await page.getByRole("log").evaluate((it) => it.scrollTop);
  await stays.evaluate((element) => document.getElementById("place").append(element));
  await expect(page.getByRole("log")).toBeVisible();
  await expect(page.locator("[data-log-line]").first()).toBeVisible();
  expect(asked, "it did not begin again").toEqual([]);
  await expect.poll(() => page.getByRole("log").evaluate((it) => it.scrollTop)).toBeGreaterThanOrEqual(before);
});

test("what is typed is still there when the element comes back", async ({ page, host }) => {
  const { stays } = await portal(page, await host("--livy", "fake"));
  await stays.evaluate((element) => { element.route = "/new"; });
  await page.locator("[name=queue]").fill("nightly");
  await page.waitForTimeout(900);
  await stays.evaluate((element) => {
    element.remove();
    return new Promise((done) => { setTimeout(done, 50); });
  });
  await page.evaluate(() => {
    const element = document.createElement("livy-console");
    element.baseUrl = "/livy";
    element.route = "/new";
    document.body.append(element);
  });
  await expect(page.locator("[name=queue]")).toHaveValue("nightly");
});
