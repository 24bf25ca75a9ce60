// What runs in a session: one press is one statement, and what became of it is always known.
import { create, expect, posts, press, session, test, unique } from "./console.mjs";
import { asked, code, fate, idle, onServer, posted, region, run, statement, tab } from "./statements.mjs";

test("a statement runs once, and its entry tells all of it", async ({ page, site, trouble }) => {
  await idle(page, site);
  const calls = asked(page);
  await run(page, "1 + 1");
  await expect(fate(page)).toHaveAttribute("data-run", "accepted");
  const entry = statement(page, 0);
  await expect(entry).toHaveAttribute("data-statement-state", "available");
  await expect(entry).toHaveAttribute("data-statement-status", "ok");
  await expect(entry).toHaveAttribute("data-statement-origin", "here");
  // The mark at the end of what is sent is never shown.
  expect(await entry.locator("[data-statement-code]").textContent()).toBe("1 + 1");
  await expect(entry.locator("[data-output]")).toHaveAttribute("data-output", "text");
  await expect(entry.locator("[data-output]")).toContainText("2");
  await expect(region(page)).toHaveAttribute("data-statements", "read");
  await expect(region(page)).toHaveAttribute("data-statements-total", "1");
  await expect(region(page)).toHaveAttribute("data-statements-newest", "0");
  await expect(code(page)).toHaveValue("1 + 1");
  expect(posted(calls).length).toBe(1);
  expect(trouble).toEqual([]);
});

test("held and repeated keys send nothing more, and the same text is asked about once", async ({ page, site }) => {
  await idle(page, site);
  const calls = asked(page);
  await code(page).fill("sleep(4)");
  await page.keyboard.down("Control");
  for (let held = 0; held < 5; held++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await page.keyboard.up("Control");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "running");
  await press(page, "Run statement");
  await expect(page.getByText("The same code is still running. Nothing was sent.")).toBeVisible();
  expect(posted(calls).length).toBe(1);
  await press(page, "Run it again");
  await expect(statement(page, 1)).toHaveAttribute("data-statement-ahead", "1");
  await expect(statement(page, 1)).toContainText("1 before it");
  expect(posted(calls).length).toBe(2);
});

test("while one press has no answer a second one says so and sends nothing", async ({ page, site }) => {
  await idle(page, site);
  let go;
  const held = new Promise((resolve) => (go = resolve));
  await page.route("**/statements", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  const calls = asked(page);
  await run(page, "1 + 1");
  await expect(fate(page)).toHaveAttribute("data-run", "sent");
  await code(page).fill("2 + 2");
  await press(page, "Run statement");
  await expect(page.getByText("The last statement has no answer yet. Nothing was sent.")).toBeVisible();
  expect(posted(calls).length).toBe(1);
  go();
  await expect(fate(page)).toHaveAttribute("data-run", "accepted");
});

/** Lets each statement arrive, and loses the answer: nothing of the network repeats the request. */
const loseAnswers = (page) => page.route("**/statements", async (route) => {
  if (route.request().method() !== "POST") return route.continue();
  await route.fetch();
  return route.abort();
});

for (const story of ["etl", "gateway-loses-statements"]) {
  test(`${story}: the answer is unknown, then found, and the server has one`, async ({ page, site }) => {
    await idle(page, site, story);
    if (story === "etl") await loseAnswers(page);
    const words = [];
    await page.exposeFunction("tell", (word) => words.push(word));
    await page.evaluate(() => {
      const root = document.querySelector("livy-console").shadowRoot;
      const look = () => window.tell(root.querySelector("[data-run]")?.getAttribute("data-run") ?? "");
      new MutationObserver(look).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-run"] });
    });
    const calls = asked(page);
    await run(page, "40 + 2");
    await expect(fate(page)).toHaveAttribute("data-run", "found");
    expect(words).toContain("unknown");
    await expect(statement(page, 0)).toHaveAttribute("data-statement-origin", "here");
    await expect(statement(page, 0).locator("[data-output]")).toContainText("42");
    expect(posted(calls).length).toBe(1);
    expect(await onServer(page, site)).toBe(1);
    await expect(code(page)).toHaveValue("40 + 2");
  });
}

test("a connection that breaks after the statement has arrived: it is found, or seen to have arrived twice", async ({ page, site }) => {
  await idle(page, site, "loses-statement-answers");
  await run(page, "40 + 2");
  // Chromium repeats a POST on a kept connection that broke. The first of the two is found a look before the second.
  await expect(async () => {
    const word = await fate(page).getAttribute("data-run");
    // It does so for each connection that was kept.
    expect(word).toBe(await onServer(page, site) === 1 ? "found" : "twice");
  }).toPass({ timeout: 20_000 });
});

test("a reload in between finds it, and no code was stored", async ({ page, site }) => {
  await idle(page, site);
  await loseAnswers(page);
  // The look for it is held back until the page is gone.
  await page.route("**/statements/*", (route) => route.abort());
  await run(page, "'a secret' + '!'");
  await expect(fate(page)).toHaveAttribute("data-run", "unknown");
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }));
  expect(stored).toContain("livy-console:run@");
  expect(stored).not.toContain("a secret");
  expect(page.url()).not.toContain("secret");
  await page.unroute("**/statements/*");
  await page.reload();
  await expect(fate(page)).toHaveAttribute("data-run", "found");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-origin", "here");
  expect(await onServer(page, site)).toBe(1);
});

test("what never arrived is absent only after half a minute, and then a person may send it again", async ({ page, site }) => {
  test.setTimeout(90_000);
  await idle(page, site, "statements-never-arrive");
  const calls = asked(page);
  await run(page, "1 + 1");
  await expect(fate(page)).toHaveAttribute("data-run", "unknown");
  const again = page.getByRole("button", { name: "Send it again" });
  await page.waitForTimeout(15_000);
  await expect(again).toHaveCount(0);
  await expect(fate(page)).toHaveAttribute("data-run", "absent", { timeout: 45_000 });
  await expect(code(page)).toHaveValue("1 + 1");
  expect(posted(calls).length).toBe(1);
  await again.click();
  await expect(fate(page)).toHaveAttribute("data-run", "unknown");
  expect(posted(calls).length).toBe(2);
  expect(await onServer(page, site)).toBe(0);
});

test("what arrived twice is said, with the button that cancels the second", async ({ page, site }) => {
  await idle(page, site, "statements-arrive-twice");
  await run(page, "sleep(5)");
  await expect(fate(page)).toHaveAttribute("data-run", "twice");
  await expect(fate(page)).toContainText("It arrived twice, as 0 and 1");
  const cancel = page.getByRole("button", { name: "Cancel statement 1", exact: true });
  await expect(cancel).toHaveCount(1);
  await cancel.click();
  await expect(statement(page, 1)).toHaveAttribute("data-statement-state", "cancelled");
  await expect(statement(page, 1)).toContainText("Cancelled before it ran.");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "available");
});

test("where the server changes the code a person says which statement it is", async ({ page, site }) => {
  await idle(page, site, "trims-code");
  await loseAnswers(page);
  await run(page, "1 + 1");
  await expect(fate(page)).toContainText("It is probably statement 0");
  await press(page, "Statement 0 is it");
  await expect(fate(page)).toHaveAttribute("data-run", "found");
});

test("who may only look is told so, and reading goes on", async ({ page, site }) => {
  await idle(page, site, "view-only");
  await run(page, "1 + 1");
  await expect(fate(page)).toHaveAttribute("data-run", "refused");
  await expect(fate(page)).toContainText("You may look at this session's statements, but not run any.");
  await expect(code(page)).toHaveValue("1 + 1");
  await expect(region(page)).toHaveAttribute("data-statements", "read");
});

for (const [status, said] of [[400, "(400)"], [413, "(413)"], [404, "404"]]) {
  test(`a refusal with ${status} leaves the code where it is`, async ({ page, site }) => {
    await idle(page, site);
    await page.route("**/statements", (route) => (route.request().method() === "POST" ? route.fulfill({ status, json: "no such thing" }) : route.continue()));
    await run(page, "1 + 1");
    await expect(fate(page)).toHaveAttribute("data-run", "refused");
    await expect(fate(page)).toContainText(said);
    await expect(fate(page)).toContainText("It was not run, and your code is still in the editor.");
    await expect(code(page)).toHaveValue("1 + 1");
    expect(await onServer(page, site)).toBe(0);
  });
}

test("a statement that waits is cancelled at once, a Spark job soon, and other code truthfully", async ({ page, site }) => {
  test.setTimeout(90_000);
  await idle(page, site);
  const calls = asked(page);
  await run(page, "sleep(38)");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "running");
  await run(page, "2 + 2");
  await press(page, "Cancel statement 1");
  await expect(statement(page, 1)).toHaveAttribute("data-statement-state", "cancelled", { timeout: 3_000 });
  await press(page, "Cancel statement 0");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "cancelling");
  await expect(statement(page, 0)).toHaveAttribute("data-cancel", "asked");
  await expect(statement(page, 0)).toContainText("Code outside Spark cannot be interrupted and runs to its end.");
  await expect(statement(page, 0)).toHaveAttribute("data-cancel", "unheeded", { timeout: 45_000 });
  await expect(statement(page, 0)).toContainText("Only deleting the session stops it.");
  expect(calls.filter((it) => it.url().endsWith("/cancel")).length).toBe(2);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle", { timeout: 20_000 });
  await run(page, "sc.range(10).sum()");
  await expect(statement(page, 2)).toHaveAttribute("data-statement-state", "running");
  await press(page, "Cancel statement 2");
  await expect(statement(page, 2)).toHaveAttribute("data-statement-status", "error", { timeout: 4_000 });
});

test("the history is the server's: after a reload, and in a second tab", async ({ page, site, context }) => {
  await idle(page, site);
  for (const [at, text] of ["x = 20", "x + 1", "1 / 0"].entries()) {
    await run(page, text);
    await expect(statement(page, at)).toHaveAttribute("data-statement-state", "available");
  }
  await page.reload();
  for (const one of [page, await context.newPage()]) {
    if (one !== page) await one.goto(page.url());
    await expect(one.getByRole("article")).toHaveCount(3);
    const ids = await one.getByRole("article").evaluateAll((all) => all.map((it) => it.dataset.statementId));
    expect(ids).toEqual(["0", "1", "2"]);
    await expect(statement(one, 1)).toHaveAttribute("data-statement-origin", "browser");
    await expect(statement(one, 1).locator("[data-output]")).toContainText("21");
  }
});

test("statements of others appear with the next run and while the session is busy, and their cancel is asked about", async ({ page, site }) => {
  await idle(page, site, "busy-with-others");
  await page.waitForTimeout(8_000);
  await run(page, "1 + 1");
  const others = page.locator("[data-statement-origin='elsewhere']");
  await expect(others.first()).toContainText("sent by another client");
  const id = await session(page).getAttribute("data-session-id");
  const answer = await page.request.post(`${site}livy/sessions/${id}/statements`, { data: { code: "sleep(30)" }, headers: { "X-Requested-By": "them" } });
  const theirs = statement(page, (await answer.json()).id);
  await expect(theirs).toHaveAttribute("data-statement-state", "running", { timeout: 20_000 });
  const cancel = theirs.getByRole("button", { name: /^Cancel statement/ });
  await cancel.click();
  await expect(theirs).toContainText("Another client sent it. Press again to cancel it.");
  await expect(theirs).toHaveAttribute("data-statement-state", "running");
  await cancel.click();
  await expect(theirs).toHaveAttribute("data-statement-state", "cancelling");
});

test("nothing is asked below /statements while the session starts, and little while it is idle", async ({ page, site }) => {
  test.setTimeout(120_000);
  const calls = asked(page);
  await create(page, site, unique("etl"));
  await tab(page, /^Statements/).click();
  await expect(code(page)).toBeVisible();
  await expect(region(page)).toHaveAttribute("data-statements", "closed");
  await code(page).fill("1 + 1");
  await page.waitForTimeout(2_000);
  expect(calls.length).toBe(0);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(region(page)).toHaveAttribute("data-statements", "read");
  await expect(code(page)).toHaveValue("1 + 1");
  const before = calls.length;
  await page.waitForTimeout(30_000);
  expect(calls.length - before).toBe(0);
});

// Where both rooms are there nobody has to choose one of them first.
for (const query of ["?view=statements", ""]) {
  test(`of somebody else's session that a heartbeat keeps nothing is read before a person says so, at ${query || "both rooms"}`, async ({ page, site }) => {
    const answer = await page.request.post(`${site}livy/sessions`, {
      data: { kind: "pyspark", name: unique("hb"), heartbeatTimeoutInSecond: 600 }, headers: { "X-Requested-By": "them" },
    });
    const { id } = await answer.json();
    await page.waitForTimeout(8_000);
    const calls = asked(page);
    const all = posts(page);
    await page.goto(`${site}#/sessions/${id}${query}`);
    const read = page.getByRole("button", { name: "Read the statements (renews its heartbeat)" });
    await expect(read).toBeVisible();
    await expect(region(page)).toHaveAttribute("data-statements", "closed");
    await page.waitForTimeout(5_000);
    expect([calls.length, all.length]).toEqual([0, 0]);
    await read.click();
    await expect(region(page)).toHaveAttribute("data-statements", "read");
    expect(calls.length).toBeGreaterThan(0);
  });
}
