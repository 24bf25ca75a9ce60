// What came of a statement: nothing of it runs, nothing is lost, and what is large does not stop the page.
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, inRoot, test } from "./console.mjs";
import { TABLE, entry, failed, ok, output, query, shown } from "./output.mjs";
import { idle, run } from "./statements.mjs";

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const HOSTILE = "<img src=x onerror=\"window.harmed=1\"><script>window.harmed=2</script>";
const rows = (page, id) => output(page, id).locator("tr[data-row]");
const saved = async (page, name) => {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
};

test("every kind of output has its word, and nothing of any runs", async ({ page, site, trouble }) => {
  await shown(page, site, [
    ok({ "text/plain": HOSTILE }),
    query([[HOSTILE, "string"], ["b", { type: "array", elementType: HOSTILE }]], [[HOSTILE, [HOSTILE]]]),
    failed(HOSTILE, `${HOSTILE}\nmore`, [HOSTILE]),
    ok({ [HOSTILE]: HOSTILE }),
    ok({ "application/json": { [HOSTILE]: HOSTILE } }),
    ok({ "image/png": PIXEL }),
    ok({ "image/png": HOSTILE }),
    ok({ "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg" onload="window.harmed=3"><script>window.harmed=4</script></svg>` }),
    ok({ "text/plain": `<!doctype html>${HOSTILE}` }),
    ok({ "text/plain": "" }),
    { status: HOSTILE, data: {} },
    ok({ content: { status: "error", ename: "KeyError", evalue: "'nosuch'", traceback: [] } }),
  ], [HOSTILE]);
  const words = ["text", "table", "error", "unknown", "json", "image", "image", "image", "markup", "empty", "unknown", "error"];
  for (const [id, word] of words.entries()) await expect(output(page, id), `${id}`).toHaveAttribute("data-output", word);
  await expect(output(page, 1).getByRole("cell").first()).toHaveText(HOSTILE);
  await expect(output(page, 5).getByRole("img", { name: "Image output of statement 5" })).toBeVisible();
  await expect(output(page, 5)).toHaveAttribute("data-output-type", "image/png");
  await expect(output(page, 6)).toContainText("no picture");
  await expect(output(page, 11)).toContainText("KeyError: 'nosuch'");
  const made = await inRoot(page, (root) => [...root.querySelectorAll("[data-output] :is(script, svg, iframe, object, embed, style)")].length);
  expect([made, await page.evaluate(() => window.harmed)]).toEqual([0, undefined]);
  expect(trouble).toEqual([]);
});

test("a page in an output is shown only in a frame that can do nothing", async ({ page, site }) => {
  const asked = [];
  // What the policy stops does not come here, though the browser tells of it as of a request.
  await page.route(/fled|asked|\/link/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  const markup = `<html><head><meta http-equiv="refresh" content="0;url=${site}fled"></head><body><h1>Hello</h1>${HOSTILE}<style>h1{color:red}</style><img src="${site}asked.png"><a href="${site}link">link</a></body></html>`;
  await shown(page, site, [ok({ "text/html": markup })]);
  await expect(output(page, 0)).toContainText("<h1>Hello</h1>");
  await output(page, 0).getByRole("button", { name: "Show as page" }).click();
  const frame = output(page, 0).locator("iframe");
  await expect(frame).toHaveAttribute("sandbox", "");
  await expect(frame).toHaveAttribute("srcdoc", /^<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:">/);
  await expect(frame.contentFrame().getByRole("heading", { name: "Hello" })).toBeVisible();
  await frame.contentFrame().getByRole("link", { name: "link" }).click();
  await page.waitForTimeout(500);
  expect(asked).toEqual([]);
  expect(await page.evaluate(() => window.harmed)).toBe(undefined);
  await expect(page).toHaveURL(/#\/sessions\/7/);
});

test("digits, nulls and structs stand in a table as they were sent", async ({ page, site, trouble }) => {
  const body = '{"status":"ok","data":{"application/json":{"schema":{"fields":[{"name":"n","type":"long"},{"name":"d","type":"decimal(10,2)"},{"name":"s","type":{"type":"struct","fields":[{"name":"x","type":"integer"}]}},{"name":"s","type":"string"}]},"data":[[9007199254740993,1.50,{"schema":[{"name":"x","dataType":{}}],"values":[1]},null],[2,1E-10,null,"null"],[3,0.1,null,""]]}}}';
  await shown(page, site, [body, ok({ [TABLE]: { headers: [{ name: "a", type: "INT_TYPE" }, { name: "b", type: "STRING_TYPE" }], data: [[1, "x"], [2]] } })]);
  await expect(rows(page, 0).first().getByRole("cell")).toHaveText(["9007199254740993", "1.50", '{"x":1}', "null"]);
  await expect(output(page, 0).locator("th")).toHaveText([/^n/, /^d/, /^s/, /^s/]);
  expect(await output(page, 0).locator("th").evaluateAll((all) => all.map((it) => it.dataset.type))).toEqual(["bigint", "decimal(10,2)", "struct<x:int>", "string"]);
  expect(await rows(page, 0).evaluateAll((all) => all.map((it) => it.lastElementChild.matches("[data-null]")))).toEqual([true, false, false]);
  await expect(output(page, 0)).toContainText("Livy sends decimals as doubles");
  await expect(output(page, 0).locator("table[data-result]")).toHaveAttribute("data-rows", "3");
  await expect(output(page, 1)).toContainText("1 row has another number of cells");
  await expect(rows(page, 1).nth(1)).toHaveAttribute("data-ragged", "");
  expect(trouble).toEqual([]);
});

test("three presses sort by digits and come back, and files and copies follow", async ({ page, site, context, trouble }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const body = '{"status":"ok","data":{"application/json":{"schema":{"fields":[{"name":"n","type":"long"},{"name":"t","type":"string"}]},"data":[[9007199254740993,"=1+1"],[null,"a,b"],[9007199254740992,"say \\"x\\""],[-5,"-2"]]}}}';
  await shown(page, site, [body]);
  const head = output(page, 0).locator("th").first();
  const places = () => rows(page, 0).evaluateAll((all) => all.map((it) => it.dataset.row).join(" "));
  for (const [order, expected] of [["ascending", "3 2 0 1"], ["descending", "0 2 3 1"], [null, "0 1 2 3"]]) {
    await head.getByRole("button").click();
    expect([await head.getAttribute("aria-sort"), await places()]).toEqual([order, expected]);
  }
  await head.getByRole("button").click();
  const safe = await saved(page, "Download statement 0 as CSV");
  expect(safe).toEqual({ name: "statement-0.csv", text: "\ufeffn,t\r\n-5,'-2\r\n9007199254740992,\"say \"\"x\"\"\"\r\n9007199254740993,'=1+1\r\n,\"a,b\"\r\n" });
  await page.getByLabel("Safe for spreadsheets").uncheck();
  expect((await saved(page, "Download statement 0 as CSV")).text).toContain("9007199254740993,=1+1\r\n");
  expect((await saved(page, "Download statement 0 as JSON")).text).toContain('"data":[[9007199254740993,"=1+1"]');
  await rows(page, 0).first().getByRole("cell").first().click();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ControlOrMeta+c");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("-5\t-2\n9007199254740992\tsay \"x\"\n");
  await page.getByRole("button", { name: "Copy output of statement 0" }).click();
  await expect(output(page, 0).getByRole("status")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("n\tt\n-5\t-2\n");
  expect(trouble).toEqual([]);
});

test("of a large table only what is near is in the page, and keys reach all of it", async ({ page, site, trouble }) => {
  const columns = Array.from({ length: 40 }, (_, at) => [`c${at}`, at % 2 ? "string" : "long"]);
  await shown(page, site, [query(columns, Array.from({ length: 1_000 }, (_, row) => columns.map((_, at) => (at % 2 ? `row ${row}` : row * 40 + at)))),
    query(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, "long"]), [Array.from({ length: 10_000 }, (_, at) => at), Array.from({ length: 10_000 }, () => null)])]);
  await expect(output(page, 0)).toContainText("there may be more");
  const grid = output(page, 0).locator("[role=group]");
  // All that is seen is drawn before anybody scrolls, and no more than some screens.
  expect(await rows(page, 0).count() * 28).toBeGreaterThan(await grid.evaluate((it) => it.clientHeight));
  expect(await rows(page, 0).count()).toBeLessThan(80);
  await grid.evaluate((it) => it.scrollTo(0, 500 * 28));
  await expect(output(page, 0).locator("tr[data-row='505']")).toBeVisible();
  expect(await rows(page, 0).count()).toBeLessThan(80);
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await expect(output(page, 0).locator("tr[data-row] > td:focus")).toHaveText(/^row \d+$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText(/c39, row \d+/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  const wide = output(page, 1).locator("[role=group]");
  expect(await output(page, 1).locator("td, th").count()).toBeLessThan(300);
  await wide.evaluate((it) => it.scrollTo(it.scrollWidth, 0));
  await expect(output(page, 1).locator("th").last()).toContainText("k9999");
  await expect(rows(page, 1).first().locator("td:not(:empty)").last()).toHaveText("9999");
  expect(trouble).toEqual([]);
});

test("texts have their colours, hidden characters are seen, and of large ones the ends come first", async ({ page, site, trouble }) => {
  const long = Array.from({ length: 120_000 }, (_, at) => `line ${at} of a text`).join("\n");
  await shown(page, site, [ok({ "text/plain": "10%\r100% \u001b[31mred\u001b[0m\u202e\u0007 end\n" }), ok({ "text/plain": long }), ok({ "text/plain": "x".repeat(3_000_000) }),
    ok({ "text/plain": "+---+----+\n| id|name|\n+---+----+\n|007|   a|\n|  2|    |\n+---+----+\nonly showing top 2 rows\n" })]);
  await expect(output(page, 0).locator(".lc-ansi-1")).toHaveText("red");
  await expect(output(page, 0)).toContainText("100% red⟨U+202E⟩␇ end");
  await expect(output(page, 0)).not.toContainText("10%\r");
  await expect(output(page, 1)).toContainText("line 0 of a text");
  await output(page, 1).getByRole("button", { name: /^Show all 2\.\d MB$/ }).click();
  const pane = output(page, 1).locator("[role=group]");
  await expect.poll(() => pane.evaluate((it) => it.scrollHeight)).toBeGreaterThan(2_000_000);
  await pane.evaluate((it) => it.scrollTo(0, it.scrollHeight));
  await expect(output(page, 1)).toContainText("line 119999 of a text");
  expect(await pane.locator("div > div").count()).toBeLessThan(300);
  await expect(output(page, 2)).toContainText("are not shown here …xxx");
  await output(page, 3).getByRole("button", { name: "Show as table" }).click();
  await expect(rows(page, 3).first().getByRole("cell")).toHaveText(["007", "a"]);
  expect(trouble).toEqual([]);
});

test("no line is linked where magics split the code, and a death and NaN are explained", async ({ page, site, trouble }) => {
  const frame = ["Traceback (most recent call last):\n", '  File "<stdin>", line 4, in f\n', "ZeroDivisionError: division by zero\n"];
  await shown(page, site, [
    ok({ "text/plain": "" }),
    failed("ZeroDivisionError", "division by zero", frame),
    failed("Error", "Interpreter died:\nTraceback", []),
    failed("com.fasterxml.jackson.core.JsonParseException", "Non-standard token 'NaN'", []),
  ], ["def f(x):\n  1\n  2\n  3", "a = [1]\n%json a\ndef f(x):\n y = 1\n z = 2\n return x / 0\nf(1)", "%json", "%json x"]);
  await expect(output(page, 1)).toContainText("ZeroDivisionError");
  await expect(output(page, 1).getByRole("button", { name: /^Go to line/ })).toHaveCount(0);
  await expect(output(page, 2)).toContainText("The pyspark interpreter has ended");
  await expect(output(page, 3)).toContainText("NaN and infinity are not JSON");
  expect(trouble).toEqual([]);
});

test("all of a cell can be copied, and of pictures and pages what they are made of", async ({ page, site, context, trouble }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const [text, long] = ["x".repeat(5_000), "y".repeat(300_000)];
  const fields = [["t", "string"], ["l", { type: "array", elementType: "string" }]];
  await shown(page, site, [
    query(fields, [[text, [long]], ["two\tcells\nin one", null]]),
    ok({ "image/png": PIXEL, "text/plain": "" }),
    ok({ "text/html": "<h1>Hello</h1>" }),
  ], ["", "%matplot plt"], { conf: { "livy.rsc.sql.num-rows": "2" } });
  await expect(output(page, 0)).toContainText("2 rows, the most that this session returns");
  const cells = rows(page, 0).first().getByRole("cell");
  await expect(cells.first()).toHaveText(text);
  await expect(cells.nth(1)).toHaveAttribute("data-cut", "");
  await cells.nth(1).click();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("more are not shown here.");
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect.poll(clipboard).toBe(`[\n  "${long}"\n]\n`);
  await page.keyboard.press("Escape");
  await rows(page, 0).nth(1).getByRole("cell").first().click();
  await page.keyboard.press("ControlOrMeta+c");
  await expect.poll(clipboard).toBe("two\tcells\nin one");
  await page.getByRole("button", { name: "Copy output of statement 1" }).click();
  await expect.poll(clipboard).toBe(`data:image/png;base64,${PIXEL}`);
  await expect(output(page, 1)).toContainText("plt.clf()");
  await output(page, 2).getByRole("button", { name: "Show as page" }).click();
  await page.getByRole("button", { name: "Copy output of statement 2" }).click();
  await expect.poll(clipboard).toBe("<h1>Hello</h1>");
  expect(trouble).toEqual([]);
});

test("JSON folds by its lines, and several kinds are tabs", async ({ page, site, trouble }) => {
  await shown(page, site, ['{"status":"ok","data":{"text/plain":"said","application/json":{"a":[1.50,9007199254740993],"b":{"c":null}}}}']);
  const pane = output(page, 0).locator("[role=group]");
  await expect(pane.locator("div > div")).toHaveText(["{", '  "a": [', "    1.50,", "    9007199254740993", "  ],", '  "b": {', '    "c": null', "  }", "}"], { useInnerText: true });
  await pane.getByRole("button", { name: "Fold 2 lines" }).first().click();
  await expect(pane).toContainText('"a": [ … ],');
  await expect(pane.getByRole("button", { name: "Unfold 2 lines" })).toBeFocused();
  await page.getByRole("tab", { name: "text/plain" }).click();
  await expect(output(page, 0)).toHaveAttribute("data-output", "text");
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("tab", { name: "application/json" })).toBeFocused();
  await expect(output(page, 0)).toHaveAttribute("data-output", "json");
  expect(trouble).toEqual([]);
});

test("an error leads to its line, and says what was lost with it", async ({ page, site, trouble }) => {
  const selected = () => inRoot(page, (root) => (root.getSelection?.() ?? getSelection()).toString());
  await shown(page, site, [
    ok({ "text/plain": "" }),
    failed("ZeroDivisionError", "division by zero", ["Traceback (most recent call last):\n", '  File "<stdin>", line 2, in f\n', "ZeroDivisionError: division by zero\n"]),
    failed("Error", "[NO_TABLE] The table is not there; line 2 pos 5\nmore words", ["a.b(c)", "d.e(f)"]),
    failed("Error", "Interpreter died:\nTraceback", []),
  ], ["def f():\n    1/0", "print(1)\nf()", "select *\nfrom nosuch", "%json"]);
  await expect(output(page, 1)).toContainText("ZeroDivisionError: division by zero");
  await expect(output(page, 1)).toContainText("Livy does not return what the code printed before the error.");
  await expect(output(page, 2)).not.toContainText("printed before");
  await output(page, 1).getByRole("button", { name: "Go to line 2 in f of statement 0" }).click();
  expect(await selected()).toBe("    1/0");
  await output(page, 2).getByRole("button", { name: "Go to line 2", exact: true }).click();
  expect(await selected()).toBe("nosuch");
  await output(page, 2).getByText("Details and traceback (3 lines)").click();
  await expect(output(page, 2)).toContainText("a.b(c)");
  await expect(output(page, 3)).toContainText("Statements in other languages still run");
  await expect(entry(page, 3)).toHaveAttribute("data-statement-status", "error");
  expect(trouble).toEqual([]);
});

test("Java's frames fold in the details of an error and open in place, and a copy has them all", async ({ page, context, site, trouble }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { rows: recorded } = JSON.parse(await readFile(new URL("../fixtures/livy-0.9.0/statements.json", import.meta.url), "utf8"));
  const real = (row) => JSON.parse(recorded.find((it) => it.row === row).body);
  const python = real("py task error");
  const frames = (count) => Array.from({ length: count }, (_, at) => `\tat a.b.C.d(C.java:${at})\n`);
  await shown(page, site, [
    python.output,
    real("sql no such table").output,
    failed("Error", "java.lang.X: no", [...frames(1), ...frames(5_000), "Caused by: java.lang.Y: last\n", ...frames(2)]),
  ], [python.code]);
  const pane = (id) => page.getByRole("group", { name: `Output of statement ${id}`, exact: true });
  const folds = (id) => pane(id).getByRole("button", { name: /^\d+ lines of a stack trace$/ });
  for (const id of [0, 1, 2]) await output(page, id).getByText(/^Details and traceback/).click();
  await expect(pane(0)).toContainText('File "<stdin>", line 1, in <lambda>');
  const trace = python.output.evalue.split("\n");
  const first = trace.findIndex((it) => it.startsWith("\tat "));
  const count = trace.slice(first).findIndex((it) => !it.startsWith("\tat ") && !it.startsWith("\t... "));
  await expect(folds(0).first()).toHaveAccessibleName(`${count} lines of a stack trace`);
  await expect(folds(0).first()).toHaveAttribute("aria-expanded", "false");
  await expect(pane(0).getByText(trace[first].trim()).first()).toBeHidden();
  await folds(0).first().focus();
  await page.keyboard.press("Enter");
  await expect(folds(0).first()).toHaveAttribute("aria-expanded", "true");
  await expect(folds(0).first()).toBeFocused();
  await expect(pane(0).getByText(trace[first].trim()).first()).toBeVisible();
  // What was opened stays open while the details are closed.
  await output(page, 0).getByText(/^Details and traceback/).click();
  await output(page, 0).getByText(/^Details and traceback/).click();
  await expect(folds(0).first()).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Space");
  await expect(folds(1)).toHaveAccessibleName("3 lines of a stack trace");

  await expect(folds(2)).toHaveAccessibleName("5000 lines of a stack trace");
  await expect(pane(2)).toContainText("Caused by: java.lang.Y: last");
  // Across the fold, from a line above it to one below it.
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const lines = pane(2).locator(".lc-paper-lines > div");
  await lines.first().click({ position: { x: 28, y: 9 } });
  await lines.nth(1).click({ modifiers: ["Shift"], position: { x: 400, y: 9 } });
  await page.keyboard.press("Control+c");
  await expect.poll(async () => (await copied()).split("\n").length).toBe(5_002);
  await folds(2).click();
  await expect(folds(2)).toHaveAttribute("aria-expanded", "true");
  expect(await lines.count()).toBeLessThan(200);
  await pane(2).evaluate((it) => it.scrollTo(0, it.scrollHeight));
  await expect(pane(2)).toContainText("Caused by: java.lang.Y: last");
  await expect(pane(2)).toContainText("C.java:4999");
  await page.getByRole("button", { name: "Copy output of statement 2" }).click();
  await expect.poll(async () => (await copied()).split("\n").filter((it) => it.startsWith("\tat ")).length).toBe(5_003);
  expect(trouble).toEqual([]);
});

test("an output over 16 MB is not read to its end, but for a press", async ({ page, site, trouble }) => {
  test.setTimeout(120_000);
  const reads = [];
  const isRead = (request, id) => request.method() === "GET" && request.url().endsWith(`/statements/${id}`);
  page.on("request", (request) => reads.push(request));
  await idle(page, site);
  const brokenOff = page.waitForEvent("requestfailed", { predicate: (request) => isRead(request, 0), timeout: 30_000 });
  await run(page, "big(213000000)");
  await expect(output(page, 0)).toHaveAttribute("data-output", "unknown", { timeout: 30_000 });
  await expect(output(page, 0)).toContainText("The output is larger than 16 MB, so it was not read.");
  await expect(entry(page, 0)).toHaveAttribute("data-statement-state", "available");
  await expect(entry(page, 0)).toHaveAttribute("data-statement-status", "ok");
  await brokenOff;
  await run(page, "big(20000000)");
  await expect(output(page, 1)).toHaveAttribute("data-output", "unknown", { timeout: 30_000 });
  const count = (id) => reads.filter((it) => isRead(it, id)).length;
  const before = [count(0), count(1)];
  // The way fails, once; then it is slow.
  const held = [];
  await page.route("**/statements/1", (route) => held.push(route));
  const button = output(page, 1).getByRole("button");
  await expect(button).toHaveText("Read all of it");
  await button.click();
  await expect(button).toHaveText("Reading all of it…");
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await button.click({ force: true });
  await expect.poll(() => held.length).toBe(1);
  await held[0].abort();
  await expect(output(page, 1)).toContainText("Reading all of it failed. Try again.");
  await expect(button).toBeFocused();
  await button.click();
  await expect(output(page, 1)).not.toContainText("failed");
  await expect.poll(() => held.length).toBe(2);
  await held[1].continue();
  await expect(output(page, 1)).toHaveAttribute("data-output", "text", { timeout: 60_000 });
  await expect(output(page, 1)).toContainText("A text of 20.1 MB");
  await expect(entry(page, 0)).toHaveAttribute("data-statement-state", "available");
  expect([count(0), count(1)]).toEqual([before[0], before[1] + 2]);
  expect(trouble).toEqual([]);
});

test("of an output that a tab has no room for nothing is kept, and it is said what to do", async ({ page, site, trouble }) => {
  test.setTimeout(120_000);
  await idle(page, site);
  await run(page, "big(90000000)");
  await expect(output(page, 0)).toContainText("larger than 16 MB", { timeout: 30_000 });
  await output(page, 0).getByRole("button", { name: "Read all of it" }).click();
  await expect(output(page, 0)).toContainText("The output is larger than 64 MB, more than this tab has room for.", { timeout: 60_000 });
  await expect(output(page, 0)).toContainText("Have the code write it to a file, or return less of it.");
  await expect(output(page, 0)).toHaveAttribute("data-output", "unknown");
  await expect(output(page, 0).getByRole("button")).toHaveCount(0);
  await run(page, "40 + 2");
  await expect(output(page, 1)).toContainText("42");
  expect(trouble).toEqual([]);
});

test("the size of what is not read is said where it is known", async ({ page, site, trouble }) => {
  await shown(page, site, [ok({ "text/plain": "ö".repeat(10_000_000) }), ok({ "text/plain": "2" })]);
  await expect(output(page, 0)).toContainText("The output has 20.0 MB, so it was not read.");
  await expect(output(page, 1)).toHaveAttribute("data-output", "text");
  expect(trouble).toEqual([]);
});

test("on a narrow screen nothing scrolls sideways but tables and texts", async ({ page, site, trouble }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await shown(page, site, [query(Array.from({ length: 12 }, (_, at) => [`column ${at}`, "decimal(38,18)"]), [Array.from({ length: 12 }, () => 1.5)]), ok({ "text/plain": "x".repeat(900) }), failed("E", "y".repeat(400))]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await expect(output(page, 0).locator("th").first()).toBeVisible();
  expect(trouble).toEqual([]);
});

test("axe objects to no kind of output, light and dark", async ({ page, site, trouble }) => {
  await shown(page, site, [
    ok({ "text/plain": "\u001b[31mred\u001b[0m text", "application/json": { a: [1, { b: null }] } }),
    query([["n", "long"], ["", "decimal(10,2)"]], [[1, 1.5], [null, 2]]),
    failed("Py4JJavaError", "An error\nCaused by: java.lang.X: no", ["Traceback\n", '  File "<stdin>", line 1, in f\n']),
    ok({ "image/png": PIXEL }),
    ok({ "text/html": "<h1>Hello</h1>" }),
    ok({ "text/plain": Array.from({ length: 60_000 }, (_, at) => `line ${at} of a text`).join("\n") }),
  ], ["def f(): 1/0"]);
  await output(page, 2).getByText(/^Details/).click();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((it) => [it.id, it.nodes[0].html])).toEqual([]);
  }
  expect(trouble).toEqual([]);
});
