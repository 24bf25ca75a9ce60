// All statements of a session as a notebook, as another program reads it.
import { readFile } from "node:fs/promises";
import { expect, press, session, test } from "./console.mjs";
import { TABLE, failed, ok, shown } from "./output.mjs";
import { idle, run, statement } from "./statements.mjs";

async function saved(page) {
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Download as notebook")]);
  const text = await readFile(await file.path(), "utf8");
  return { name: file.suggestedFilename(), text, notebook: JSON.parse(text) };
}

test("what ran is saved as a notebook: code without the mark, outputs and errors", async ({ page, site, trouble }) => {
  await idle(page, site);
  await run(page, "6 * 7");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-status", "ok");
  await run(page, "def f(x):\n    return x / 0\n\nf(1)");
  await expect(statement(page, 1)).toHaveAttribute("data-statement-status", "error");
  await page.getByLabel("Language").selectOption("sql");
  await run(page, "select 1 as one");
  await expect(statement(page, 2)).toHaveAttribute("data-statement-status", "ok");
  const id = await session(page).getAttribute("data-session-id");
  const { name, notebook } = await saved(page);
  expect(name).toBe(`livy-session-${id}-statements.ipynb`);
  expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
  expect(notebook.metadata.language_info.name).toBe("python");
  expect(notebook.cells.map((it) => it.source.join(""))).toEqual(["6 * 7", "def f(x):\n    return x / 0\n\nf(1)", "select 1 as one"]);
  expect(notebook.cells.map((it) => it.execution_count)).toEqual([0, 1, 2]);
  expect(notebook.cells.map((it) => it.metadata.livy.kind)).toEqual(["pyspark", "pyspark", "sql"]);
  expect(new Set(notebook.cells.map((it) => it.id)).size).toBe(3);
  const [good, bad, table] = notebook.cells.map((it) => it.outputs);
  expect(good).toEqual([{ output_type: "execute_result", execution_count: 0, metadata: {}, data: { "text/plain": ["42"] } }]);
  expect(bad).toHaveLength(1);
  expect(bad[0]).toMatchObject({ output_type: "error", ename: "ZeroDivisionError" });
  expect(bad[0].traceback.join("\n")).toContain("ZeroDivisionError");
  expect(table[0].data["application/json"].schema.fields[0].name).toBe("one");
  expect(table[0].data["text/plain"].join("")).toMatch(/^one\n1\n$/);
  expect(trouble).toEqual([]);
});

test("digits, pictures and what was printed are in the notebook as they were sent", async ({ page, site, trouble }) => {
  const table = `{"headers":[{"name":"a","type":"BIGINT_TYPE"}],"data":[[9007199254740993],[1.50]]}`;
  const image = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await shown(page, site, [
    `{"status":"ok","execution_count":0,"data":{"${TABLE}":${table},"text/plain":"printed"}}`,
    ok({ "image/png": image, "text/plain": "" }),
    failed("Error", "no such table", ["a.b(c)", "d.e(f)"]),
    ok({ "text/plain": "</script>\u202e\u0007" }),
  ], ["%table t", "%matplot plt", "select", "\"\\\"\\n\"\t# ä"]);
  const { text, notebook } = await saved(page);
  expect(text).toContain(`"${TABLE}":${table}`);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  const outputs = notebook.cells.map((it) => it.outputs);
  expect(outputs[0].map((it) => it.output_type)).toEqual(["display_data", "execute_result"]);
  expect(outputs[0][0].data).toEqual({ "text/plain": ["printed"] });
  expect(outputs[0][1].data["text/plain"]).toEqual(["a\n", "9007199254740993\n", "1.50\n"]);
  expect(outputs[1][0].data["image/png"].join("")).toBe(image);
  expect(outputs[2][0].traceback).toEqual(["Error: no such table", "a.b(c)", "d.e(f)"]);
  expect(outputs[3][0].data["text/plain"]).toEqual(["</script>\u202e\u0007"]);
  expect(notebook.cells[3].source).toEqual(["\"\\\"\\n\"\t# ä"]);
  expect(trouble).toEqual([]);
});
