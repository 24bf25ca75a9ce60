// What the page shows while the cluster, the way to it or the sign-in is gone, and that it comes back without harm.
import { create, expect, fresh, posts, press, session, test, unique } from "./console.mjs";

const rows = (page) => page.locator("[data-log-line]").evaluateAll((all) => all.map((it) => [it.dataset.logLine, it.textContent]));
const notice = (page, text) => page.getByRole("alert").filter({ hasText: text });

/** The lines of stderr that the cluster still keeps, asked past the page. */
async function stderr(page, behind, id) {
  const { log } = await (await page.request.get(`${behind}/sessions/${id}/log?from=0&size=10000`)).json();
  return log.slice(log.findIndex((it) => it.startsWith("\nstderr:")) + 1).filter((it) => !it.startsWith("\nYARN Diagnostics"));
}

test("the way to the cluster goes down and comes back: the last view stays, no line is lost or comes twice", async ({ page, host, trouble }) => {
  const cluster = await host("--livy", "fake");
  const behind = `${cluster.address}livy`;
  const way = await host("--livy", behind);
  const sent = posts(page);
  await create(page, way.address, unique("never-idle"));
  await expect.poll(async () => (await rows(page)).length).toBeGreaterThan(4);
  await way.end();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "stale");
  await expect(fresh(page)).toContainText("no answer from the server");
  await expect(notice(page, "No connection to /livy")).toContainText("Your sessions keep running");
  await expect(session(page)).toHaveAttribute("data-session-state", "starting");
  const kept = await rows(page);
  expect(kept.length).toBeGreaterThan(4);
  await host("--livy", behind, "--port", way.port);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(notice(page, "No connection to /livy")).toHaveCount(0);
  await expect.poll(async () => (await rows(page)).length).toBeGreaterThan(kept.length);
  const now = await rows(page);
  const truth = await stderr(page, behind, await session(page).getAttribute("data-session-id"));
  expect(now).toEqual(truth.slice(0, now.length).map((text, at) => [String(at), text]));
  await expect(page.locator("[data-log-gap]")).toHaveCount(0);
  expect(sent.length).toBe(1);
  expect(trouble).toEqual([]);
});

test("what the server's ring lost during an outage is a gap, and the rest is whole", async ({ page, host }) => {
  const cluster = await host("--livy", "fake");
  const behind = `${cluster.address}livy`;
  const way = await host("--livy", behind);
  await create(page, way.address, unique("etl"));
  await expect.poll(async () => (await rows(page)).length).toBeGreaterThan(20);
  await way.end();
  await expect(notice(page, "No connection to /livy")).toBeVisible();
  const kept = await rows(page);
  const id = await session(page).getAttribute("data-session-id");
  await expect.poll(async () => (await (await page.request.get(`${behind}/sessions/${id}`)).json()).state).toBe("idle");
  await host("--livy", behind, "--port", way.port);
  await press(page, "Try again now");
  await expect(page.getByRole("log")).toContainText("Created Spark session.");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(page.locator("[data-log-gap]")).toHaveAttribute("data-log-after", String(kept.length - 1));
  const whole = [...kept.map(([, text]) => text), ...(await stderr(page, behind, id))];
  expect(await rows(page)).toEqual(whole.map((text, at) => [String(at), text]));
});

test("Livy stops behind its gateway, starts again and has forgotten the session", async ({ page, host }) => {
  const cluster = await host("--livy", "fake");
  const gateway = await host("--livy", `${cluster.address}livy`);
  const name = unique("never-idle");
  await create(page, gateway.address, name);
  await expect(session(page)).toHaveAttribute("data-session-state", "starting");
  await expect.poll(async () => (await rows(page)).length).toBeGreaterThan(5);
  await cluster.end();
  await expect(notice(page, "The gateway cannot reach Livy (502)")).toBeVisible();
  await expect(fresh(page)).toContainText("no answer from Livy");
  const kept = await rows(page);
  await host("--livy", "fake", "--port", cluster.port);
  await expect(page.getByText("The server has forgotten this session")).toBeVisible();
  await expect(page.getByText("or Livy restarted")).toBeVisible();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  await expect(page).toHaveTitle(`gone · ${name} · livy-console`);
  await expect(page.getByRole("button", { name: "Delete session" })).toHaveCount(0);
  expect(await rows(page)).toEqual(kept);
});

test("a sign-in that ended stops the asking until somebody tries again", async ({ page, site }) => {
  await page.clock.install();
  let signedIn = false;
  let calls = 0;
  await page.route("**/livy/**", (route) => {
    calls += 1;
    return signedIn ? route.continue() : route.fulfill({ status: 401, headers: { "WWW-Authenticate": "Negotiate" } });
  });
  await page.goto(site);
  await expect(page.getByRole("alert")).toContainText("Sign in again");
  await expect(fresh(page)).toContainText("sign in again");
  const before = calls;
  await page.clock.runFor("10:00");
  expect(calls).toBe(before);
  signedIn = true;
  await press(page, "Try again now");
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.clock.runFor("01:00");
  expect(calls).toBeGreaterThan(before + 2);
});

for (const [story, title] of [
  ["gateway-html", "The gateway cannot reach Livy (502)"],
  ["sign-in-page", "A web page came instead of Livy's answer"],
  ["unauthorised", "Sign in again"],
]) {
  test(`a session that cannot be read, ${story}: what came instead is said, nothing is claimed`, async ({ page, site }) => {
    const sent = posts(page);
    await create(page, site, unique(story));
    await expect(page).toHaveURL(/#\/sessions\/\d+$/);
    await expect(page.getByRole("alert").first()).toContainText(title);
    await expect(page.getByRole("button", { name: "Try again now" })).toBeVisible();
    await expect(fresh(page)).toHaveAttribute("data-fresh", "stale");
    expect(sent.length).toBe(1);
  });
}

/** How many sessions of that name the cluster has. */
async function made(page, site, name) {
  const { sessions } = await (await page.request.get(`${new URL(site).origin}/livy/sessions?size=100`)).json();
  return sessions.filter((it) => it.name === name).length;
}

for (const [how, story, lose] of [
  ["by a connection that broke", "etl", true],
  ["behind a gateway that gave up", "gateway-loses", false],
]) {
  test(`an answer lost ${how} is unknown, then found, and made once`, async ({ page, site }) => {
    const sent = posts(page);
    const seen = [];
    await page.exposeFunction("sawFate", (word) => seen.push(word));
    await page.addInitScript(() => {
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (how) {
        const root = attach.call(this, how);
        new MutationObserver(() => {
          const fate = root.querySelector("[data-create]");
          if (fate) sawFate(fate.dataset.create);
        }).observe(root, { subtree: true, childList: true, attributes: true });
        return root;
      };
    });
    if (lose) {
      await page.route("**/livy/sessions", async (route) => {
        await route.fetch();
        await route.abort("connectionreset");
      });
    }
    const name = unique(story);
    await create(page, site, name);
    await expect(page.locator("[data-create='found']")).toContainText("It was created once");
    await expect(page).toHaveURL(/#\/sessions\/\d+$/);
    expect([...new Set(seen)].slice(0, 2)).toEqual(["sent", "unknown"]);
    expect(sent.length).toBe(1);
    expect(await made(page, site, name)).toBe(1);
  });
}

// A browser repeats a POST by itself when the kept connection breaks under it; Livy refuses the second one as a duplicate.
test("an answer lost on a kept connection: the session is found, and made once", async ({ page, site }) => {
  const sent = posts(page);
  const name = unique("answer-lost");
  await create(page, site, name);
  await expect(page.locator("[data-create='found']")).toContainText("It was created once");
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  expect(sent.length).toBe(1);
  expect(await made(page, site, name)).toBe(1);
});

test("a create that never arrived is looked for, and sent again only by a person", async ({ page, site }) => {
  await page.clock.install();
  const sent = posts(page);
  const name = unique("never-arrives");
  await create(page, site, name);
  const fate = page.locator("[data-create='unknown']");
  await expect(fate).toContainText("Not known yet whether the session was created");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
  await press(page, "Create session");
  await expect(async () => {
    await page.clock.runFor("00:10");
    await expect(fate).toContainText("Probably not created", { timeout: 100 });
  }).toPass();
  expect(sent.length).toBe(1);
  expect(await made(page, site, name)).toBe(0);
  await press(page, "Create session");
  await expect.poll(() => sent.length).toBe(2);
  expect(sent[1].postData()).toBe(sent[0].postData());
});

test("a reload before the answer sends nothing again", async ({ page, site }) => {
  const sent = posts(page);
  const name = unique("slow");
  await create(page, site, name);
  await expect(page.locator("[data-create='sent']")).toBeVisible();
  await page.reload();
  await expect(page.locator("[data-create='found']")).toBeVisible();
  expect(sent.length).toBe(1);
  expect(await made(page, site, name)).toBe(1);
});

test("a double press creates one session", async ({ page, site }) => {
  const sent = posts(page);
  const name = unique("etl");
  await page.goto(`${site}#/new`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create session", exact: true }).dblclick();
  await expect(page).toHaveURL(/#\/sessions\/\d+$/);
  expect(sent.length).toBe(1);
  expect(await made(page, site, name)).toBe(1);
});
