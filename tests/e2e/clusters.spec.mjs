// One browser, several clusters and several tabs: what is whose, and that a create is sent once by the document that began it.
import { create, expect, field, fresh, posts, press, second, session, test, unique } from "./console.mjs";

const preview = (page) => page.locator("[data-request-preview]");
const name = async (page) => JSON.parse(await preview(page).textContent()).name;

/** From now on the page shows the cluster at this address. */
const show = (page, baseUrl) => page.route("**/config.json", (route) => route.fulfill({ json: { baseUrl } }));

/** A second tab with a copy of the first one's storage, as a browser duplicates it. */
async function duplicate(page, how) {
  if (how === "opened by the page") {
    const [copy] = await Promise.all([page.waitForEvent("popup"), page.evaluate(() => { window.open(location.href); })]);
    return copy;
  }
  const copied = await page.evaluate(() => Object.entries(sessionStorage));
  const copy = await page.context().newPage();
  await copy.addInitScript((all) => {
    if (sessionStorage.length === 0) for (const [key, value] of all) sessionStorage.setItem(key, value);
  }, copied);
  await copy.goto(page.url());
  return copy;
}

/** The whole of a tab's storage for one kind of value. */
const kept = (page, word) => page.evaluate((word) => Object.entries(sessionStorage).filter(([key]) => key.startsWith(`livy-console:${word}@`)), word);

test("two clusters in one tab: form, lost create and own sessions stay with theirs", async ({ page, context, site, host, trouble }) => {
  await second(context, site, host);
  const sent = posts(page);
  const asked = [];
  page.on("request", (it) => it.url().includes("/livy2/") && asked.push(it.url()));
  const lost = unique("never-arrives");
  await show(page, "/livy");
  await create(page, site, lost);
  await expect(page.locator("[data-create='unknown']")).toBeVisible();
  await page.getByLabel("Driver memory").fill("2g");
  const madeUp = await kept(page, "made-up-name");

  await show(page, "/livy2");
  await page.reload();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(page.locator("[data-create]")).toHaveCount(0);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
  await expect(page.getByLabel("Driver memory")).toHaveValue("");
  const mine = unique("etl");
  await page.getByLabel("Name", { exact: true }).fill(mine);
  await press(page, "Create session");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  expect(asked.filter((it) => it.includes(lost))).toEqual([]);

  // The same cluster under another way to write it: what was typed and what was lost are there.
  await show(page, `${new URL(site).origin.toUpperCase().replace("HTTP", "http")}/livy/`);
  await page.goto(`${site}#/new`);
  await page.reload();
  await expect(page.locator("[data-create='unknown']")).toContainText(lost);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(lost);
  await expect(page.getByLabel("Driver memory")).toHaveValue("2");
  expect(await kept(page, "made-up-name")).toEqual(expect.arrayContaining(madeUp));
  expect(sent.map((it) => [new URL(it.url()).pathname, JSON.parse(it.postData()).name])).toEqual([
    ["/livy/sessions", lost],
    ["/livy2/sessions", mine],
  ]);
  expect(trouble).toEqual([]);
});

test("two clusters in two tabs: a change of one is not news to the other", async ({ page, context, site, host, trouble }) => {
  await second(context, site, host);
  const other = await context.newPage();
  await show(page, "/livy");
  await show(other, "/livy2");
  for (const it of [page, other]) await it.goto(`${site}#/new`);
  await expect(preview(page)).toContainText("name");
  await expect(preview(other)).toContainText("name");
  expect(await name(page)).not.toBe(await name(other));
  const [one, two] = [posts(page), posts(other)];
  await Promise.all([page, other].map((it) => press(it, "Create session")));
  for (const it of [page, other]) await expect(session(it)).toHaveAttribute("data-session-state", "idle");
  expect([one.length, two.length]).toEqual([1, 1]);
  const own = await page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.includes(":own@")).map(([key, value]) => [new URL(key.split("@")[1]).pathname, JSON.parse(value).length]));
  expect(own.sort()).toEqual([["/livy", 1], ["/livy2", 1]]);
  expect(trouble).toEqual([]);
});

for (const how of ["opened by the page", "duplicated by the browser"]) {
  for (const locks of [true, false]) {
    test(`a tab ${how}, ${locks ? "with" : "without"} locks: its own name, its own create, and a reload keeps both`, async ({ page, context, site }) => {
      if (!locks) await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }));
      await page.goto(`${site}#/new`);
      await expect(preview(page)).toContainText("name");
      const first = await name(page);
      await page.getByLabel("Driver memory").fill("2g");
      await page.reload();
      await expect(preview(page)).toContainText("name");
      expect(await name(page)).toBe(first);
      const copy = await duplicate(page, how);
      await expect(copy.getByLabel("Driver memory")).toHaveValue("2");
      const other = await name(copy);
      expect(other).not.toBe(first);
      for (const [it, expected] of [[page, first], [copy, other], [page, first]]) {
        await it.reload();
        await expect(preview(it)).toContainText("name");
        expect(await name(it)).toBe(expected);
      }
      const sent = [posts(page), posts(copy)];
      for (const it of [page, copy]) await press(it, "Create session");
      for (const [it, expected] of [[page, first], [copy, other]]) {
        await expect(it.locator("[data-create]")).toHaveAttribute("data-create", "created");
        await expect(it.getByRole("heading", { name: expected })).toBeVisible();
      }
      expect(page.url()).not.toBe(copy.url());
      expect(sent.map((it) => it.map((one) => JSON.parse(one.postData()).name))).toEqual([[first], [other]]);
    });
  }

  test(`a tab ${how} while a create is under way does not look for it, claim it or send it`, async ({ page, site }) => {
    const sent = posts(page);
    const slow = unique("slow");
    await create(page, site, slow);
    await expect(page.locator("[data-create='sent']")).toBeVisible();
    const copy = await duplicate(page, how);
    const asked = [];
    copy.on("request", (it) => (it.url().includes(slow) || it.method() === "POST") && asked.push(it.url()));
    await expect(copy.getByLabel("Name", { exact: true })).toHaveValue(slow);
    await expect(copy.locator("[data-create]")).toHaveCount(0);
    await expect(page.locator("[data-create='created']")).toBeVisible();
    await expect(copy.getByLabel("Name", { exact: true })).toHaveValue(slow);
    await expect(copy).toHaveURL(/#\/new$/);
    // What the person presses there is checked first: the name is the other one's.
    await press(copy, "Create session");
    await expect(copy.locator("[data-create='refused']")).toBeVisible();
    expect(asked.filter((it) => it.endsWith("/sessions"))).toEqual([]);
    await expect(copy.getByLabel("Name", { exact: true })).toHaveValue(slow);
    expect(sent.length).toBe(1);
  });
}

test("what an earlier version left goes to the first cluster that is opened, but for a create that it lost", async ({ page, context, site, host, trouble }) => {
  await second(context, site, host);
  await page.addInitScript(() => {
    if (localStorage.length > 0) return;
    sessionStorage.setItem("livy-console:draft", JSON.stringify({ driverMemory: ["2g"] }));
    sessionStorage.setItem("livy-console:intent", JSON.stringify({ name: "etl", kind: "spark", sent: 5 }));
    localStorage.setItem("livy-console:own", "[]");
    localStorage.setItem("livy-console:memory", "on");
  });
  const asked = [];
  page.on("request", (it) => it.url().endsWith("/sessions/etl") && asked.push(it.url()));
  await show(page, "/livy");
  await page.goto(`${site}#/new`);
  await expect(page.getByLabel("Driver memory")).toHaveValue("2");
  await expect(page.locator("[data-create]")).toHaveCount(0);
  await show(page, "/livy2");
  await page.reload();
  await expect(preview(page)).toContainText("name");
  await expect(page.getByLabel("Driver memory")).toHaveValue("");
  await expect(page.locator("[data-create]")).toHaveCount(0);
  await page.getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(page.getByRole("checkbox", { name: /ended sessions/ })).toBeChecked();
  expect(asked).toEqual([]);
  expect(trouble).toEqual([]);
});

for (const [what, script] of [
  ["forbidden", () => {
    for (const area of ["sessionStorage", "localStorage"]) {
      Object.defineProperty(window, area, { get() { throw new DOMException("no", "SecurityError"); } });
    }
    Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("no", "SecurityError"); } });
    LockManager.prototype.request = () => Promise.reject(new DOMException("no", "SecurityError"));
  }],
  ["full", () => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; }],
]) {
  test(`storage that is ${what}: the page works, and nothing fails`, async ({ page, site, trouble }) => {
    await page.addInitScript(script);
    await page.goto(`${site}#/new`);
    await expect(preview(page)).toContainText("name");
    await press(page, "Create session");
    await expect(session(page)).toHaveAttribute("data-session-state", "idle");
    await press(page, "Times in UTC");
    await page.reload();
    await expect(session(page)).toHaveAttribute("data-session-state", "idle");
    await page.goto(`${site}#/new`);
    await page.getByLabel("Driver memory").fill("2g");
    await expect(field(page, "driverMemory")).toHaveValue("2g");
    expect(trouble).toEqual([]);
  });
}
