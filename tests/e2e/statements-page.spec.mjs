// The room of the statements on a session's page: its tabs, its editor, its links, and what it says.
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { create, expect, press, session, test, unique } from "./console.mjs";
import { asked, code, fate, idle, region, run, statement, tab } from "./statements.mjs";

test("the log is open until a person chooses, and the choice alone is in the address", async ({ page, site, trouble }) => {
  await page.setViewportSize({ width: 900, height: 900 });
  await create(page, site, unique("etl"));
  await expect(page.getByRole("log")).toBeVisible();
  await expect(tab(page, "Log")).toHaveAttribute("aria-selected", "true");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(tab(page, /^Statements/)).toContainText("ready");
  // The page does not switch by itself.
  await expect(page.getByRole("log")).toBeVisible();
  expect(page.url()).not.toContain("view=");
  await tab(page, "Log").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(tab(page, /^Statements/)).toBeFocused();
  await expect(code(page)).toBeVisible();
  await expect(page.getByRole("log")).toBeHidden();
  expect(page.url()).toContain("?view=statements");
  await page.reload();
  await expect(code(page)).toBeVisible();
  await page.getByRole("tab", { selected: true }).first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("log")).toBeVisible();
  // The log is where it was: at its end, with all the lines that it has room for.
  const lines = page.getByRole("log");
  await expect.poll(() => lines.evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight)).toBeLessThan(9);
  const room = await lines.evaluate((it) => Math.floor(it.clientHeight / 18));
  expect(await page.locator("[data-log-line]").count()).toBeGreaterThanOrEqual(room - 1);
  expect(trouble).toEqual([]);
});

test("where there is room both stand side by side", async ({ page, site }) => {
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(page.getByRole("log")).toBeVisible();
  await expect(code(page)).toBeVisible();
  const [left, right] = [await region(page).boundingBox(), await page.getByRole("log").boundingBox()];
  expect(right.x).toBeGreaterThan(left.x + left.width);
});

test("a link opens at its statement", async ({ page, site, context }) => {
  await idle(page, site);
  for (let at = 0; at < 25; at++) {
    const id = await session(page).getAttribute("data-session-id");
    await page.request.post(`${site}livy/sessions/${id}/statements`, { data: { code: `${at} + 0` }, headers: { "X-Requested-By": "them" } });
  }
  const id = await session(page).getAttribute("data-session-id");
  const other = await context.newPage();
  await other.goto(`${site}#/sessions/${id}?statement=2`);
  await expect(statement(other, 2)).toBeInViewport({ timeout: 30_000 });
  await expect(other).toHaveURL(/\?view=statements$/);
  await other.goto(`${site}#/sessions/${id}?statement=999`);
  await expect(region(other)).toContainText("Statement 999 is not among those that the server has.");
});

test("older statements are read as somebody scrolls up to them, and no more than that", async ({ page, site, context }) => {
  await idle(page, site);
  const id = await session(page).getAttribute("data-session-id");
  for (let at = 0; at < 45; at++) {
    await page.request.post(`${site}livy/sessions/${id}/statements`, { data: { code: `${at} + 0` }, headers: { "X-Requested-By": "them" } });
  }
  // One that waits would be read for its own sake.
  const last = async () => (await (await page.request.get(`${site}livy/sessions/${id}/statements/44`)).json()).state;
  await expect.poll(last, { timeout: 30_000 }).toBe("available");
  const other = await context.newPage();
  await other.goto(`${site}#/sessions/${id}?view=statements`);
  await expect(region(other)).toHaveAttribute("data-statements", "read", { timeout: 30_000 });
  const all = other.getByRole("article");
  await expect(all).toHaveCount(20);
  await statement(other, 44).hover();
  await other.mouse.wheel(0, -50_000);
  await expect(all).toHaveCount(40, { timeout: 30_000 });
  // What was read stays in sight, and nothing more is read by itself.
  await expect(statement(other, 25)).toBeInViewport();
  await other.waitForTimeout(2_000);
  await expect(all).toHaveCount(40);
  await other.getByRole("button", { name: "Show older statements" }).click();
  await expect(all).toHaveCount(45, { timeout: 30_000 });
});

test("the draft outlives every route and the death of the session", async ({ page, site }) => {
  await idle(page, site, "dies-in-a-statement");
  await run(page, "sleep(1)");
  await code(page).fill("typed and never run");
  await page.getByRole("navigation").getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(page.getByRole("table")).toBeVisible();
  await page.goBack();
  await tab(page, /^Statements/).click();
  await expect(code(page)).toHaveValue("typed and never run");
  await expect(region(page)).toHaveAttribute("data-statements", "over", { timeout: 30_000 });
  await expect(code(page)).toHaveValue("typed and never run");
  await expect(statement(page, 0)).toBeVisible();
  await press(page, "Run statement");
  await expect(page.getByText("The session doesn't take statements now.")).toBeVisible();
});

test("the browser asks before code is lost that was never run, and not before", async ({ page, site }) => {
  await idle(page, site);
  await code(page).click();
  await page.keyboard.type("1 + 1");
  const asks = page.waitForEvent("dialog");
  const closing = page.close({ runBeforeUnload: true });
  const dialog = await asks;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await closing;
  await press(page, "Run statement");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "available");
  await page.reload();
  await expect(statement(page, 0)).toBeVisible();
});

test("the keys of the editor have manners, and none is a trap", async ({ page, site }) => {
  await idle(page, site);
  await code(page).click();
  await page.keyboard.type("def f(x):");
  await page.keyboard.press("Enter");
  await page.keyboard.type("return x");
  await expect(code(page)).toHaveValue("def f(x):\n    return x");
  await page.keyboard.press("Control+]");
  await expect(code(page)).toHaveValue("def f(x):\n        return x");
  await page.keyboard.press("Control+[");
  await page.keyboard.press("Control+/");
  await expect(code(page)).toHaveValue("def f(x):\n    # return x");
  // The browser's own undo takes each back.
  await page.keyboard.press("Control+z");
  await expect(code(page)).toHaveValue("def f(x):\n    return x");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Run statement" })).toBeFocused();
  await page.getByLabel("Tab indents").check();
  await code(page).focus();
  await page.keyboard.press("Tab");
  await expect(code(page)).toHaveValue("def f(x):\n        return x");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Run statement" })).toBeFocused();
});

test("long lines of code are wrapped by choice, and the choice is kept", async ({ page, site }) => {
  await idle(page, site);
  const long = `x = "${"wide ".repeat(100)}"`;
  await code(page).fill(long);
  const overflows = () => code(page).evaluate((it) => it.scrollWidth > it.clientWidth);
  expect(await overflows()).toBe(true);
  await page.getByLabel("Wrap code").check();
  await expect.poll(overflows).toBe(false);
  await expect(code(page)).toHaveValue(long);
  await press(page, "Clear");
  await page.reload();
  await expect(page.getByLabel("Wrap code")).toBeChecked();
  await code(page).fill(long);
  expect(await overflows()).toBe(false);
});

test("earlier code comes back with the keys, and so does what was being typed", async ({ page, site }) => {
  await idle(page, site);
  for (const [at, text] of ["1 + 1", "2 + 2"].entries()) {
    await run(page, text);
    await expect(statement(page, at)).toHaveAttribute("data-statement-state", "available");
  }
  await press(page, "Clear");
  await expect(code(page)).toHaveValue("");
  await code(page).click();
  await page.keyboard.type("half");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(code(page)).toHaveValue("2 + 2");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(code(page)).toHaveValue("1 + 1");
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(code(page)).toHaveValue("half");
  await press(page, "Edit statement 0");
  await expect(code(page)).toHaveValue("1 + 1");
  await expect(code(page)).toBeFocused();
  await press(page, "Run statement 1 again");
  await expect(statement(page, 2)).toHaveAttribute("data-statement-state", "available");
  expect(await statement(page, 2).locator("[data-statement-code]").textContent()).toBe("2 + 2");
});

test("what is pasted becomes code", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await idle(page, site);
  const paste = async (text) => {
    await page.evaluate((it) => navigator.clipboard.writeText(it), text);
    await code(page).click();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+v");
  };
  // As other programs hand it over: Chromium's own clipboard makes plain spaces of the others.
  await code(page).evaluate((area) => {
    area.focus();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "x\u00a0= 1\r\ny");
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(code(page)).toHaveValue("x = 1\ny");
  await expect(region(page)).toContainText("1 no-break space was pasted as plain spaces.");
  await paste(">>> x = 1\n>>> x\n1\n");
  await press(page, "Remove the prompts and outputs");
  await expect(code(page)).toHaveValue("x = 1\nx");
});

const WRONG = [
  ["pyspark", "", "Type the code to run."],
  ["pyspark", "x = 1\n%table", "Line 2: name the variable to show"],
];
const DOUBTFUL = [
  ["sql", "select 1; select 2", "Livy runs one SQL statement at a time"],
  ["pyspark", "%matplotlib inline", "Line 1 is a command of notebooks"],
  ["pyspark", "self.spark.stop()", "Line 1 stops Spark or the driver"],
];
test("what cannot work is not sent, and what may do harm is sent by a second press", async ({ page, site }) => {
  await idle(page, site);
  const calls = asked(page);
  for (const [kind, text, said] of WRONG) {
    await page.getByLabel("Language").selectOption(kind);
    await run(page, text);
    await press(page, "Run statement");
    await expect(region(page)).toContainText(said);
  }
  expect(calls.filter((it) => it.method() === "POST").length).toBe(0);
  for (const [at, [kind, text, said]] of DOUBTFUL.entries()) {
    await page.getByLabel("Language").selectOption(kind);
    await run(page, text);
    await expect(region(page)).toContainText(said);
    expect(calls.filter((it) => it.method() === "POST").length).toBe(at);
    await press(page, "Run statement");
    await expect(statement(page, at)).toBeVisible();
  }
  const bodies = calls.filter((it) => it.method() === "POST").map((it) => it.postDataJSON().kind);
  expect(bodies).toEqual(["sql", undefined, undefined]);
  await run(page, "%%sql\nselect 1");
  await press(page, "Run the rest as sql");
  await expect.poll(() => calls.filter((it) => it.method() === "POST").at(-1).postDataJSON().kind).toBe("sql");
});

test("an error leads with its first line, and what is lost with it is said", async ({ page, site }) => {
  await idle(page, site);
  await run(page, "print('before')\n1 / 0");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-status", "error");
  await expect(statement(page, 0)).toContainText("ZeroDivisionError: division by zero");
  await expect(statement(page, 0)).toContainText("Livy does not return what the code printed before the error.");
  await expect(page.getByRole("status").filter({ hasText: /^Statement 0 finished after .*: ZeroDivisionError\.$/ })).toHaveCount(1);
});

test("hostile text is text", async ({ page, site, trouble }) => {
  await idle(page, site);
  const text = "'<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>'";
  await run(page, text);
  await expect(statement(page, 0).locator("[data-output]")).toContainText("<script>");
  expect(await statement(page, 0).locator("[data-statement-code]").textContent()).toBe(text);
  expect(await page.evaluate(() => window.hit)).toBeUndefined();
  await expect(region(page).locator("img, script")).toHaveCount(0);
  expect(trouble).toEqual([]);
});

test("the session can be used elsewhere, and all statements be saved", async ({ page, site }) => {
  await idle(page, site);
  await run(page, "6 * 7");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "available");
  const id = await session(page).getAttribute("data-session-id");
  await page.getByText("Good to know before you run code").click();
  await expect(page.getByText("Everyone who may view this session can read its code and outputs")).toBeVisible();
  await page.getByText("Use this session elsewhere").click();
  const shown = page.getByLabel("Code for the other tool");
  await expect(shown).toContainText(`${site}livy/sessions/${id}/statements`);
  await expect(shown).toContainText("6 * 7");
  for (const [name, text] of [["livy (PyPI)", "LivySession("], ["sparkmagic", `%%spark -s session-${id}`], ["Python (requests)", "requests.Session()"]]) {
    await press(page, name);
    await expect(shown).toContainText(text);
  }
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Download all")]);
  expect(file.suggestedFilename()).toBe(`livy-session-${id}-statements.py`);
  const saved = await readFile(await file.path(), "utf8");
  expect(saved).toContain("# Statement 0: available\n6 * 7\n");
});

test("the part cannot come: it is said, and comes with a later attempt", async ({ page, site }) => {
  await page.route("**/*-statements-*.wasm", (route) => route.abort());
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await tab(page, /^Statements/).click();
  await expect(page.getByRole("alert").filter({ hasText: "shows statements couldn't be loaded" })).toBeVisible();
  await expect(page.getByRole("log")).toBeVisible();
  await page.unroute("**/*-statements-*.wasm");
  await region(page).getByRole("button", { name: "Try again" }).click();
  await expect(code(page)).toBeVisible();
  await run(page, "1 + 1");
  await expect(fate(page)).toHaveAttribute("data-run", "accepted");
});

for (const width of [360, 1280]) {
  test(`the room has nothing that axe finds wrong, ${width} px wide`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 800 });
    await idle(page, site);
    await run(page, "def f(x):\n    return x / 0\n\nf(1)");
    await expect(statement(page, 0)).toHaveAttribute("data-statement-status", "error");
    await run(page, "sleep(8)");
    await page.getByText("Use this session elsewhere").click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBe(0);
  });
}

test("where the host allows one language there is no choice, and others run in it", async ({ page, site }) => {
  await page.route("**/config.json", (route) => route.fulfill({ json: { policy: { kinds: ["pyspark"] } } }));
  await idle(page, site);
  await expect(page.getByLabel("Language")).toHaveCount(0);
  await run(page, "1 + 1");
  await expect(statement(page, 0).locator("[data-output]")).toContainText("2");
});

test("a session without a language of its own asks for one", async ({ page, site }) => {
  const calls = asked(page);
  await page.goto(`${site}#/new`);
  await page.getByLabel("shared", { exact: true }).check();
  await page.getByLabel("Name", { exact: true }).fill(unique("etl"));
  await press(page, "Create session");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle", { timeout: 30_000 });
  await tab(page, /^Statements/).click();
  await run(page, "select 1 as one");
  await expect(region(page)).toContainText("Choose the language of the code.");
  expect(calls.filter((it) => it.method() === "POST").length).toBe(0);
  await page.getByLabel("Language").selectOption("sql");
  await press(page, "Run statement");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "available");
  expect(calls.find((it) => it.method() === "POST").postDataJSON().kind).toBe("sql");
});
