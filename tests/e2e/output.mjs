// Statements with any output, as a server would tell of them, without a server.
import { expect } from "./console.mjs";

export const TABLE = "application/vnd.livy.table.v1+json";
export const ok = (data) => ({ status: "ok", execution_count: 0, data });
/** A table as SQL gives it. */
export const query = (fields, data) => ok({ "application/json": { schema: { type: "struct", fields: fields.map(([name, type]) => ({ name, type, nullable: true, metadata: {} })) }, data } });
export const failed = (ename, evalue, traceback = []) => ({ status: "error", execution_count: 0, ename, evalue, traceback });

/**
 * Opens an idle session whose statements have these outputs; what is a text is the body of the answer. A statement's code is `codes` at
 * its place; `more` is told of the session.
 */
export async function shown(page, site, outputs, codes = [], more = {}) {
  const it = { id: 7, kind: "pyspark", name: "told", state: "idle", appInfo: {}, heartbeatTimeoutInSecond: 0, ...more };
  const statement = (id) => ({ id, code: codes[id] ?? `code ${id}`, state: "available", output: outputs[id], progress: 1.0, started: 1_700_000_000_000, completed: 1_700_000_002_300 });
  const body = (id) => (typeof outputs[id] === "string" ? JSON.stringify({ ...statement(id), output: null }).replace('"output":null', `"output":${outputs[id]}`) : JSON.stringify(statement(id)));
  await page.route("**/livy/sessions/7", (route) => (route.request().method() === "GET" ? route.fulfill({ json: it }) : route.fallback()));
  await page.route("**/livy/sessions/7/log?*", (route) => route.fulfill({ json: { id: 7, from: 0, total: 0, log: [] } }));
  await page.route("**/livy/sessions/7/statements**", (route) => {
    const url = new URL(route.request().url());
    const id = Number(url.pathname.split("/").at(-1));
    const json = { contentType: "application/json;charset=utf-8" };
    if (Number.isNaN(id)) return route.fulfill({ ...json, body: `{"total_statements":${outputs.length},"statements":[${outputs.length > 0 ? body(0) : ""}]}` });
    return id < outputs.length ? route.fulfill({ ...json, body: body(id) }) : route.fulfill({ ...json, status: 404, body: '"Statement not found"' });
  });
  await page.goto(`${site}#/sessions/7?view=statements`);
  await expect(page.getByRole("article")).toHaveCount(outputs.length, { timeout: 30_000 });
}

export const entry = (page, id) => page.getByRole("article", { name: `Statement ${id}`, exact: true });
export const output = (page, id) => entry(page, id).locator("[data-output]");
