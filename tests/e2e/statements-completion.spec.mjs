// Names that Scala could go on with: asked for by a key, once, while the session is idle.
import { expect, session, test } from "./console.mjs";
import { code, idle, region, run, statement } from "./statements.mjs";

const list = (page) => page.getByRole("listbox", { name: "Names that fit", exact: true });
const option = (page, name) => list(page).getByRole("option", { name, exact: true });
const chosen = (page) => list(page).getByRole("option", { selected: true });
const says = (page, text) => expect(region(page).getByRole("status").filter({ hasText: text })).toBeVisible();

/** The questions for names that leave the page from now on. */
function questions(page) {
  const all = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/completion")) all.push(request.postDataJSON());
  });
  return all;
}

/** An idle session with a code in the editor, the caret at its end. */
async function typed(page, site, text, language = "spark") {
  await idle(page, site);
  await page.getByLabel("Language").selectOption(language);
  await code(page).click();
  await page.keyboard.type(text);
}

const hasFocus = (page) => expect(code(page)).toBeFocused();

test("a press lists names, the arrow keys choose one and Enter takes it", async ({ page, site, trouble }) => {
  await typed(page, site, "sc.se");
  const calls = questions(page);
  await page.keyboard.press("Control+Space");
  await expect(list(page)).toBeVisible();
  expect(calls).toEqual([{ code: "sc.se", cursor: 5, kind: "spark" }]);
  await hasFocus(page);
  await says(page, /8 names fit.*renews this session's idle clock/);
  await expect(chosen(page)).toHaveText("sequenceFile");
  await expect(code(page)).toHaveAttribute("aria-controls", await list(page).getAttribute("id"));
  await expect(code(page)).toHaveAttribute("aria-activedescendant", await chosen(page).getAttribute("id"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).toHaveText("setCheckpointDir");
  await page.keyboard.press("End");
  await expect(chosen(page)).toHaveText("setLogLevel");
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).toHaveText("sequenceFile");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(list(page)).toHaveCount(0);
  await expect(code(page)).toHaveValue("sc.setLogLevel");
  await expect(code(page)).not.toHaveAttribute("aria-activedescendant");
  // The browser's own undo takes it back.
  await page.keyboard.press("Control+z");
  await expect(code(page)).toHaveValue("sc.se");
  await hasFocus(page);
  expect(calls.length).toBe(1);
  expect(trouble).toEqual([]);
});

test("a single name is not taken without a press, and Tab takes it", async ({ page, site }) => {
  await typed(page, site, "// 😀\nsc.paral");
  const calls = questions(page);
  await page.keyboard.press("Control+Space");
  await expect(list(page).getByRole("option")).toHaveCount(1);
  await expect(code(page)).toHaveValue("// 😀\nsc.paral");
  await page.keyboard.press("Tab");
  await expect(code(page)).toHaveValue("// 😀\nsc.parallelize");
  await hasFocus(page);
  await page.keyboard.type("(1 to 4)");
  await expect(code(page)).toHaveValue("// 😀\nsc.parallelize(1 to 4)");
  // It is no trap: without a list Tab moves on.
  await page.keyboard.press("Tab");
  await expect(code(page)).not.toBeFocused();
  expect(calls[0].cursor).toBe(14);
});

test("Escape closes the list and stays, and so does whatever changes text or caret", async ({ page, site }) => {
  await typed(page, site, "sc.te");
  const open = async () => {
    await page.keyboard.press("Control+Space");
    await expect(list(page)).toBeVisible();
  };
  await open();
  await page.keyboard.press("Escape");
  await expect(list(page)).toHaveCount(0);
  await hasFocus(page);
  await expect(code(page)).toHaveValue("sc.te");
  await open();
  await page.keyboard.type("x");
  await expect(list(page)).toHaveCount(0);
  await page.keyboard.press("Backspace");
  await open();
  await page.keyboard.press("ArrowLeft");
  await expect(list(page)).toHaveCount(0);
  await page.keyboard.press("End");
  await open();
  await page.keyboard.press("Shift+Tab");
  await expect(list(page)).toHaveCount(0);
  await expect(code(page)).not.toBeFocused();
});

test("an answer that comes after the text or the caret has changed is for nobody", async ({ page, site }) => {
  await typed(page, site, "sc.te");
  let go;
  await page.route("**/completion", async (route) => {
    await new Promise((resolve) => (go = resolve));
    await route.continue();
  });
  for (const key of ["x", "ArrowLeft"]) {
    const answered = page.waitForResponse("**/completion");
    await page.keyboard.press("Control+Space");
    await says(page, "Asking Livy for names");
    await page.keyboard.press(key);
    go();
    await answered;
    await page.waitForTimeout(300);
    await expect(list(page)).toHaveCount(0);
  }
  await expect(code(page)).toHaveValue("sc.tex");
});

test("many names are drawn in part, and a press of the mouse takes one", async ({ page, site }) => {
  await typed(page, site, "sc.");
  await page.keyboard.press("Control+Space");
  await expect(list(page).getByRole("option")).toHaveCount(50);
  await expect(region(page)).toContainText("33 more. Type more letters");
  await says(page, "83 names fit");
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await option(page, "getConf").scrollIntoViewIfNeeded();
  await option(page, "getConf").click();
  await expect(code(page)).toHaveValue("sc.getConf");
  await hasFocus(page);
});

test("nothing is sent of another language or while the session works, and it is said why", async ({ page, site }) => {
  await typed(page, site, "sc.", "pyspark");
  const calls = questions(page);
  await expect(code(page)).not.toHaveAttribute("aria-autocomplete");
  await page.keyboard.press("Control+Space");
  await says(page, "Livy completes Scala (spark) only.");
  await expect(code(page)).toHaveValue("sc.");
  await run(page, "sleep(6)");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "running");
  await page.getByLabel("Language").selectOption("spark");
  await expect(code(page)).toHaveAttribute("aria-autocomplete", "list");
  await expect(code(page)).toHaveAccessibleDescription(/Ctrl\+Space lists names/);
  await code(page).click();
  await page.keyboard.press("Control+Space");
  await says(page, "Try again when it is idle.");
  expect(calls).toEqual([]);
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "available", { timeout: 15_000 });
  await expect(session(page)).toHaveAttribute("data-session-state", "idle", { timeout: 15_000 });
  await code(page).fill("sc.te");
  await page.keyboard.press("Control+Space");
  await expect(chosen(page)).toHaveText("textFile");
  expect(calls.length).toBe(1);
});

test("a failure is said in words, and what the server writes is text", async ({ page, site }) => {
  await typed(page, site, "sc.");
  const answers = [
    { status: 500, body: '"java.lang.IllegalStateException: RPC channel is closed.\\n\\tat x"' },
    { status: 405, body: "" },
    { status: 200, body: '{"candidates":["<img src=x onerror=alert(1)>","is odd"]}' },
  ];
  await page.route("**/completion", (route) => route.fulfill({ contentType: "application/json", ...answers.shift() }));
  await page.keyboard.press("Control+Space");
  await says(page, "Asking for names failed (500). java.lang.IllegalStateException: RPC channel is closed. Your code is as it was.");
  await page.keyboard.press("Control+Space");
  await says(page, "This server can't complete code");
  await page.keyboard.press("Control+Space");
  await expect(option(page, "<img src=x onerror=alert(1)>")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(code(page)).toHaveValue("sc.`is odd`");
});
