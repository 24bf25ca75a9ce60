// The console in a frame of a portal on another origin: the element's own events, properties and methods, for listed origins alone.
import AxeBuilder from "@axe-core/playwright";
import { fresh, press, unique } from "./console.mjs";
import { example, expect, POLICY, test as base } from "./portal.mjs";

/**
 * `framed`: opens the portal with the console in its frame. `origins` is what the console's configuration lists, by default the portal's
 * origin; `ancestors` what its policy allows.
 */
const test = base.extend({
  framed: async ({ page, portal, host }, use) => {
    await use(async ({ origins, ancestors, query = "" } = {}) => {
      const around = { "content-security-policy": POLICY.replace("default-src 'none';", "default-src 'none'; frame-src http://127.0.0.1:*;") };
      const address = await portal({ folder: example("frame"), headers: around });
      const { origin } = new URL(address);
      const csp = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'self' ${ancestors ?? origin}`;
      const console = await host("--livy", "fake", "--csp", csp);
      await page.route("**/config.json", (route) => route.fulfill({ json: { frame: { origins: origins ?? [origin] } } }));
      await page.goto(`${address}?console=${encodeURIComponent(console.address)}${query}`);
      return { inside: page.frameLocator("#frame"), console: console.address, origin };
    });
  },
});

const lines = (page, type) => page.locator("#events li").filter({ hasText: `${type} ` });

test("a listed page hears everything, reads, sets and calls", async ({ page, framed, trouble }) => {
  const { inside } = await framed();
  await expect(fresh(inside)).toHaveAttribute("data-fresh", "live");
  await expect(lines(page, "livy-ready")).toHaveCount(1);
  // It was set before the console was drawn.
  await expect(inside.getByRole("navigation")).toBeHidden();
  const name = unique("framed");
  await press(page, "New session");
  await inside.getByLabel("Name", { exact: true }).fill(name);
  await press(inside, "Create session");
  await expect(lines(page, "livy-created")).toContainText(name);
  await expect(inside.locator("[data-session-state='idle']")).toBeVisible();
  await expect(page.getByRole("status")).toContainText(name);
  const read = () => page.evaluate(async () => {
    const it = window.framed;
    return { route: await it.route, session: await it.session, kept: await it.keptAlive, noBar: await it.noBar, version: await it.version };
  });
  const { session, ...others } = await read();
  expect(session).toEqual({ id: expect.any(String), name, state: "idle" });
  expect(others).toEqual({ route: `/sessions/${session.id}`, kept: [], noBar: true, version: expect.any(String) });
  expect(await page.evaluate(() => window.framed.prefill({ kind: "sql", queue: "adhoc", colour: "red" }))).toEqual(["colour"]);
  await expect(inside.locator("[name='queue']")).toHaveValue("adhoc");
  await press(page, "Dark");
  await expect(inside.locator("livy-console")).toHaveAttribute("theme", "dark");
  // The frame's page is the console's own: title and address there are its, and nothing of it is outside.
  await expect(page).toHaveTitle("Portal with a frame");
  expect(trouble).toEqual([]);
});

test("a page that is not listed gets no answer, whatever it sends; the console is a page like any other", async ({ page, framed, trouble }) => {
  const { inside, console } = await framed({ origins: ["https://portal.example"] });
  await expect(fresh(inside)).toHaveAttribute("data-fresh", "live");
  await expect(inside.getByRole("navigation")).toBeVisible();
  await page.evaluate((console) => {
    const { port2 } = new MessageChannel();
    const welcome = { livyConsole: "welcome", set: { theme: "dark" }, signsIn: true };
    document.getElementById("frame").contentWindow.postMessage(welcome, { targetOrigin: new URL(console).origin, transfer: [port2] });
  }, console);
  await page.waitForTimeout(1500);
  await expect(inside.locator("livy-console")).not.toHaveAttribute("theme", "dark");
  await expect(page.locator("#events li")).toHaveCount(0);
  // The browser names the hello that was not for this page, where it lets the frame say one.
  expect(trouble.splice(0).filter((it) => !it.includes("target origin"))).toEqual([]);
});

test("the list in the policy alone, or in the configuration alone, is not enough", async ({ page, framed }) => {
  await framed({ ancestors: "https://portal.example" });
  await page.waitForTimeout(1500);
  await expect(page.frameLocator("#frame").locator("livy-console")).toHaveCount(0);
  await expect(page.locator("#events li")).toHaveCount(0);
});

test("a frame that is loaded again, and a page that connects again, get a new port; old questions end", async ({ page, framed, trouble }) => {
  const { inside, console } = await framed();
  await expect(lines(page, "livy-ready")).toHaveCount(1);
  await press(page, "Dark");
  await expect(inside.locator("livy-console")).toHaveAttribute("theme", "dark");
  await page.evaluate(() => window.framed.navigate("/new"));
  const frame = page.frames().find((it) => it.url().startsWith(console));
  // A part that is still on its way would be told as one that did not come.
  await expect(inside.getByRole("button", { name: "Create session" })).toBeVisible();
  await page.waitForTimeout(700);
  await frame.evaluate(() => location.reload());
  await expect(lines(page, "livy-ready")).toHaveCount(2);
  // What was set is there again; where the person was is in the frame's address.
  await expect(inside.locator("livy-console")).toHaveAttribute("theme", "dark");
  await expect(inside.getByRole("button", { name: "Create session" })).toBeVisible();
  expect(await page.evaluate(() => window.framed.route)).toBe("/new");

  const ended = await page.evaluate(async () => {
    const { connectFrame } = await import("/livy-console/frame.js");
    const frame = document.getElementById("frame");
    window.framed.close();
    const first = connectFrame(frame, { origin: new URL(frame.src).origin, theme: "light" });
    const question = first.route;
    await question;
    first.close();
    const again = connectFrame(frame, { origin: new URL(frame.src).origin });
    const events = [];
    again.addEventListener("livy-ready", ({ type }) => events.push(type));
    const closed = first.route.catch((error) => error.message);
    first.close();
    return [await again.theme, events, await closed];
  });
  // A console that was there before tells the one that comes later.
  expect(ended).toEqual(["light", ["livy-ready"], "The connection to the frame was closed."]);
  expect(trouble).toEqual([]);
});

test("the page around signs in: asked before the first call, kept out of storage, not for another frame", async ({ page, framed, trouble }) => {
  const sent = [];
  page.on("request", (it) => /\/livy\//.test(it.url()) && sent.push([it.method(), it.headers().authorization]));
  const { inside, console } = await framed({ query: "&token=s3cret" });
  await expect(fresh(inside)).toHaveAttribute("data-fresh", "live");
  expect(sent.length).toBeGreaterThan(0);
  expect(new Set(sent.map((it) => it[1]))).toEqual(new Set(["Bearer s3cret-first"]));
  await press(page, "New session");
  await inside.getByLabel("Name", { exact: true }).fill(unique("signed"));
  await press(inside, "Create session");
  await expect(inside.locator("[data-session-state='idle']")).toBeVisible();
  expect(sent.filter((it) => it[0] === "POST").map((it) => it[1])).toEqual(["Bearer s3cret-sending"]);
  const frame = page.frames().find((it) => it.url().startsWith(console));
  expect(await frame.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href]))).not.toContain("s3cret");
  expect(await page.locator("#events").textContent()).not.toContain("s3cret");

  // Another window of the same origin says hello: it is not the one that was connected.
  await page.evaluate((console) => {
    const other = document.createElement("iframe");
    other.id = "other";
    other.src = console;
    document.body.append(other);
  }, console);
  await expect(fresh(page.frameLocator("#other"))).toHaveAttribute("data-fresh", "live");
  await expect(page.frameLocator("#other").getByRole("navigation")).toBeVisible();
  await expect(lines(page, "livy-ready")).toHaveCount(1);
  expect(trouble).toEqual([]);
});

test("what the server refuses is asked for again, and a question that nobody waits for any more is called off", async ({ page, framed, trouble }) => {
  const seen = [];
  await page.route("**/livy/**", async (route) => {
    const { authorization } = await route.request().allHeaders();
    seen.push(authorization);
    await (authorization === "Bearer s3cret-first" ? route.fulfill({ status: 401, json: { message: "The token has ended." } }) : route.fallback());
  });
  const { inside, console } = await framed({ query: "&token=s3cret" });
  await expect(fresh(inside)).toHaveAttribute("data-fresh", "live");
  expect(seen[0]).toBe("Bearer s3cret-first");
  expect(seen.at(-1)).toBe("Bearer s3cret-refused");

  // The page around takes its time over the next answer, and the console goes meanwhile.
  await page.evaluate(() => {
    window.calledOff = 0;
    window.asked = 0;
    window.framed.authorization = ({ signal }) => new Promise((resolve) => {
      window.asked += 1;
      signal.addEventListener("abort", () => { window.calledOff += 1; resolve("Bearer too-late"); });
    });
  });
  await press(page, "New session");
  await inside.getByLabel("Name", { exact: true }).fill(unique("called-off"));
  await press(inside, "Create session");
  await expect.poll(() => page.evaluate(() => window.asked)).toBeGreaterThan(0);
  const frame = page.frames().find((it) => it.url().startsWith(console));
  await frame.evaluate(() => document.querySelector("livy-console").remove());
  await expect.poll(() => page.evaluate(() => [window.calledOff === window.asked, window.calledOff > 0])).toEqual([true, true]);
  expect(seen).not.toContain("Bearer too-late");
  // The browser itself names the 401.
  expect(trouble.filter((it) => !it.includes("401"))).toEqual([]);
});

test("axe finds nothing on a page with the console in its frame", async ({ page, framed }) => {
  const { inside } = await framed();
  await expect(fresh(inside)).toHaveAttribute("data-fresh", "live");
  for (const button of [null, "New session"]) {
    if (button) await press(page, button);
    await expect(inside.locator("h1").first()).toBeVisible();
    // The page and the frame's page have a main part each, as documents do.
    const { violations } = await new AxeBuilder({ page }).disableRules("landmark-unique").analyze();
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map((it) => it.html)])).toEqual([]);
  }
});

test("an origin is written as browsers write it, and only what a frame has can be given", async ({ page, framed }) => {
  await framed();
  const said = await page.evaluate(async () => {
    const { connectFrame } = await import("/livy-console/frame.js");
    const frame = document.getElementById("frame");
    return [{ origin: "*" }, { origin: "https://a.example/" }, { origin: "null" }, { origin: "https://a.example", baseUrl: "/x" }].map((options) => {
      try {
        return connectFrame(frame, options);
      } catch (error) {
        return error.name;
      }
    });
  });
  expect(said).toEqual(["TypeError", "TypeError", "TypeError", "TypeError"]);
});
