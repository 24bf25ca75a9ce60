// The parts of the program: each is fetched when something needs it, and what cannot be fetched leaves no person without words.
import { create, expect, fresh, press, session, test, unique } from "./console.mjs";
import { keeps, remove, stored } from "./kept.mjs";

/** Which parts the page has asked for, once for each time. */
function asked(page) {
  const files = [];
  page.on("request", (it) => {
    const part = it.url().match(/livy-console-([a-z]+)-[0-9a-f]+\.wasm/);
    if (part && part[1] !== "shared") files.push(part[1]);
  });
  return files;
}

const alert = (page, text) => page.getByRole("alert").filter({ hasText: text });

test("the list asks for the words for failures after its first answer, and for what works on many sessions after its rows", async ({ page, host, trouble }) => {
  const { address } = await host("--livy", "fake:3");
  const parts = asked(page);
  await page.goto(address);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect.poll(() => parts).toEqual(["notice", "fleet"]);
  expect(trouble).toEqual([]);
});

for (const [address, needs] of [["#/new", ["form", "create"]], ["#/sessions/0", ["session"]]]) {
  test(`the parts for ${address} are asked for beside the program, and once`, async ({ page, site }) => {
    const parts = asked(page);
    // The program itself is held back: what is asked for now, the page has asked for.
    let go;
    const held = new Promise((resolve) => (go = resolve));
    await page.route(/livy-console-[0-9a-f]+\.wasm/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${site}${address}`);
    for (const part of needs) await expect.poll(() => parts).toContain(part);
    go();
    await expect(page.getByRole("main")).not.toContainText("Loading the page");
    for (const part of needs) expect(parts.filter((it) => it === part)).toEqual([part]);
  });
}

test("the way to the cluster is cut right after the first answer: the words are here already", async ({ page, site, context }) => {
  const came = page.waitForResponse(/-notice-/);
  await page.goto(site);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await came;
  await context.setOffline(true);
  await expect(alert(page, "This device is offline")).toContainText("Your sessions keep running");
  await expect(page.getByRole("button", { name: "Copy diagnostics" })).toBeVisible();
  await context.setOffline(false);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("the words for failures cannot come: a plain sentence says what failed, and they come with a later failure", async ({ page, site }) => {
  await page.route("**/*-notice-*.wasm", (route) => route.abort());
  let isDown = true;
  await page.route("**/livy/**", (route) => (isDown ? route.abort() : route.continue()));
  await page.goto(site);
  const plain = alert(page, "This page could not be updated");
  await expect(plain).toContainText("Nothing is lost: your sessions keep running");
  await expect(fresh(page)).toContainText("no answer from the server");
  await expect(page).toHaveTitle(/^No answer · /);
  isDown = false;
  await press(page, "Try again now");
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(plain).toHaveCount(0);
  await page.unroute("**/*-notice-*.wasm");
  isDown = true;
  await expect(alert(page, "No connection to /livy")).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy diagnostics" })).toBeVisible();
});

test("the table of causes comes with the first session that ends; while it cannot, a line to read is offered", async ({ page, site }) => {
  const parts = asked(page);
  await page.route("**/*-cause-*.wasm", (route) => route.abort());
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  expect(parts).not.toContain("cause");
  await create(page, site, unique("dies-while-starting"));
  const why = page.getByRole("region", { name: "Why it ended" });
  const unknown = why.locator("[data-cause='unknown']");
  await expect(unknown).toContainText("couldn't be loaded");
  await expect(unknown.getByRole("button", { name: /ClassNotFoundException/ })).toBeVisible();
  await page.unroute("**/*-cause-*.wasm");
  await press(page, "Try again now");
  await expect(why.locator("[data-cause]")).toHaveAttribute("data-cause", "class-missing");
});

const notLoaded = (page) => alert(page, "This page could not be loaded");

test("the style of a page cannot come: the page is not drawn without it, and comes with a later attempt", async ({ page, site }) => {
  await page.route("**/livy-console-form-*.css", (route) => route.abort());
  await page.goto(`${site}#/new`);
  await expect(notLoaded(page)).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveCount(0);
  await page.unroute("**/livy-console-form-*.css");
  await press(page, "Try again");
  await expect(page.getByLabel("Name", { exact: true })).toBeVisible();
  await expect(page.locator(".lc-split")).toHaveCSS("display", "grid");
  await page.getByRole("navigation").getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
});

test("a session was made and its page cannot come: it is named, and nothing is said to be waited for", async ({ page, site }) => {
  await page.route("**/*-session-*.wasm", (route) => route.abort());
  await create(page, site, unique("etl"));
  await expect(notLoaded(page)).toBeVisible();
  await expect(page.locator("[data-create]")).toContainText(/Session \d+ was created from your request/);
  await expect(fresh(page)).toHaveText("No data: this page could not be loaded");
  await expect(fresh(page)).toHaveAttribute("data-fresh", "stale");
  await page.unroute("**/*-session-*.wasm");
  await press(page, "Try again");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
});

test("another session like one is wanted, the form cannot come, and the page is reloaded: its values are there, without secrets", async ({ page, site, context }) => {
  await page.goto(`${site}#/new`);
  await page.getByLabel("Driver memory").fill("2g");
  await press(page, "Add setting");
  await page.getByLabel("Spark configuration 1 key").fill("spark.my.token");
  await page.getByLabel("Spark configuration 1 value").fill("hush-hush");
  await page.getByLabel("Name", { exact: true }).fill(unique("etl"));
  await press(page, "Create session");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  const address = page.url();
  // A tab in which the form was never open.
  const other = await context.newPage();
  await other.route("**/*-form-*.wasm", (route) => route.abort());
  await other.goto(address);
  await press(other, "Create again with these values");
  await expect(notLoaded(other)).toBeVisible();
  expect(await other.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("hush-hush");
  await other.reload();
  await expect(notLoaded(other)).toBeVisible();
  await other.unroute("**/*-form-*.wasm");
  await press(other, "Try again");
  await expect(other.getByLabel("Driver memory")).toHaveValue("2");
  await expect(other.getByLabel("Spark configuration 1 key")).toHaveValue("spark.my.token");
  await expect(other.getByLabel("Spark configuration 1 value")).not.toHaveValue("hush-hush");
  // It is wanted once.
  await press(other, "Clear the form");
  await other.reload();
  await expect(other.getByLabel("Driver memory")).toHaveValue("");
});

test("what clears ended sessions cannot come: nothing is called cleared before it is, and no trouble is told once it has come", async ({ page, site, context }) => {
  await page.goto(site);
  await keeps(page).check();
  const name = unique("etl");
  await create(page, site, name);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await remove(page);
  await expect.poll(async () => (await stored(page)).length).toBe(2);
  // What is remembered in the tab alone is in the page; what is kept is not reached.
  const other = await context.newPage();
  await other.route("**/*-memory-*.wasm", (route) => route.abort());
  await other.goto(site);
  const trouble = other.getByText("Couldn't load what saves and deletes ended sessions");
  await expect(trouble).toBeVisible();
  await press(other, "Clear");
  await other.getByRole("alertdialog").getByRole("button", { name: "Clear" }).click();
  await expect(trouble).toBeVisible();
  await expect(other.getByText("Cleared.", { exact: true })).toHaveCount(0);
  expect((await stored(other)).length).toBe(2);
  await other.unroute("**/*-memory-*.wasm");
  await press(other, "Clear");
  await other.getByRole("alertdialog").getByRole("button", { name: "Clear" }).click();
  await expect(other.getByText("Cleared.", { exact: true })).toBeVisible();
  await expect(trouble).toHaveCount(0);
  await expect.poll(async () => (await stored(other)).length).toBe(0);
});

test("a part that hangs is given up after a minute", async ({ page, site }) => {
  // The browser's own clock cannot be turned forward: its minute is shorter here.
  await page.addInitScript(() => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (wait) => timeout(wait === 60_000 ? 200 : wait);
  });
  await page.route("**/*-session-*.wasm", () => {});
  await page.goto(`${site}#/sessions/0`);
  await expect(notLoaded(page)).toBeVisible();
});
