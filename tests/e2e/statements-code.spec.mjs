// The code in the editor: its language goes with it, and a part of it can run alone.
import { expect, press, session, test, unique } from "./console.mjs";
import { asked, code, idle, posted, region, run, statement, tab } from "./statements.mjs";

const language = (page) => page.getByLabel("Language");
const bodies = (calls) => posted(calls).map((it) => it.postDataJSON());

test("a draft comes back in its language, and so does earlier code", async ({ page, site }) => {
  await idle(page, site);
  const calls = asked(page);
  await language(page).selectOption("sql");
  await run(page, "select 1 as one");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "available");
  await code(page).fill("select 2 as two");
  await page.getByRole("navigation").getByRole("link", { name: "Sessions", exact: true }).click();
  await expect(page.getByRole("table")).toBeVisible();
  await page.goBack();
  await tab(page, /^Statements/).click();
  await expect(code(page)).toHaveValue("select 2 as two");
  await expect(language(page)).toHaveValue("sql");
  await press(page, "Run statement");
  await expect(statement(page, 1)).toHaveAttribute("data-statement-status", "ok");
  expect(bodies(calls).map((it) => it.kind)).toEqual(["sql", "sql"]);
  // Away from what is being typed, and back to it.
  await press(page, "Clear");
  await language(page).selectOption("pyspark");
  await code(page).click();
  await page.keyboard.type("half");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(code(page)).toHaveValue("select 2 as two");
  await expect(language(page)).toHaveValue("sql");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(code(page)).toHaveValue("half");
  await expect(language(page)).toHaveValue("pyspark");
});

test("after a reload it is said in which language a statement would run again", async ({ page, site }) => {
  await idle(page, site);
  await language(page).selectOption("sql");
  await run(page, "select 1 as one");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "available");
  const again = page.getByRole("button", { name: "Run statement 0 again", exact: true });
  await expect(again).not.toContainText(" as ");
  await press(page, "Clear");
  await page.reload();
  await expect(again).toContainText("as pyspark");
  await expect(again).toHaveAccessibleDescription(/doesn't say in which language it ran/);
  await language(page).selectOption("sql");
  await expect(again).toContainText("as sql");
  const calls = asked(page);
  await again.click();
  await expect(statement(page, 1)).toHaveAttribute("data-statement-status", "ok");
  expect(bodies(calls).map((it) => it.kind)).toEqual(["sql"]);
  await expect(page.getByRole("button", { name: "Run statement 1 again", exact: true })).not.toContainText(" as ");
});

test("where the host allows one language, code runs in it whatever the session's own is", async ({ page, site }) => {
  await page.route("**/config.json", (route) => route.fulfill({ json: { policy: { kinds: ["sql"] } } }));
  const answer = await page.request.post(`${site}livy/sessions`, { data: { kind: "pyspark", name: unique("etl") }, headers: { "X-Requested-By": "them" } });
  const { id } = await answer.json();
  const calls = asked(page);
  await page.goto(`${site}#/sessions/${id}?view=statements`);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle", { timeout: 30_000 });
  await expect(code(page)).toBeVisible();
  await expect(page.locator("select[name=kind]")).toHaveCount(0);
  await expect(region(page)).toContainText("Language sql");
  await run(page, "select 1 as one");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-status", "ok");
  expect(bodies(calls).map((it) => it.kind)).toEqual(["sql"]);
});

test("the selected lines run alone, and all where nothing is selected", async ({ page, site }) => {
  await idle(page, site);
  await code(page).fill("1 + 1\n2 + 2\n3 + 3");
  await code(page).evaluate((it) => it.setSelectionRange(8, 14));
  await page.keyboard.press("Control+Shift+Enter");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "available");
  expect(await statement(page, 0).locator("[data-statement-code]").textContent()).toBe("2 + 2\n3 + 3");
  await code(page).evaluate((it) => it.setSelectionRange(3, 3));
  await page.keyboard.press("Control+Shift+Enter");
  await expect(statement(page, 1)).toHaveAttribute("data-statement-state", "available");
  expect(await statement(page, 1).locator("[data-statement-code]").textContent()).toBe("1 + 1\n2 + 2\n3 + 3");
  await expect(code(page)).toHaveValue("1 + 1\n2 + 2\n3 + 3");
  await expect(code(page)).toHaveAccessibleDescription(/Ctrl\+Shift\+Enter only the selected lines/);
});
