// Statements on a real Livy with a real Spark behind it: LIVY_REAL=http://127.0.0.1:8998. Python needs numpy and matplotlib for its picture.
import { createServer, request as ask } from "node:http";
import { create, expect, press, session, test, unique } from "./console.mjs";
import { code, fate, onServer, region, run, statement, tab } from "./statements.mjs";

const livy = process.env.LIVY_REAL;
const made = [];

test.afterAll(async ({ request }) => {
  for (const name of made) await request.delete(`${livy}/sessions/${name}`, { headers: { "X-Requested-By": "journeys" } });
});

/** Livy behind a proxy that can lose the answer to a POST of a statement, after Livy has taken it. */
async function lossy() {
  const proxy = { loses: false };
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url.replace(/^\//, ""), `${livy}/`);
    const onward = ask(url, { method: incoming.method, headers: { ...incoming.headers, host: url.host } }, (answer) => {
      if (proxy.loses && incoming.method === "POST" && incoming.url.endsWith("/statements")) {
        answer.resume();
        // Not a broken connection, after which Chromium would send the request once more.
        answer.on("end", () => outgoing.writeHead(502, { "content-type": "text/html" }).end("<html><title>Bad gateway</title></html>"));
        return;
      }
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(proxy, { address: `http://127.0.0.1:${server.address().port}`, end: () => server.close() });
}

async function idle(page, address) {
  const name = unique("statements");
  made.push(name);
  await create(page, address, name);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle", { timeout: 240_000 });
  await tab(page, /^Statements/).click();
  await expect(region(page)).toHaveAttribute("data-statements", "read", { timeout: 30_000 });
}

let next = 0;
/** Runs code in a language, and gives its entry once it has ended. */
async function ends(page, kind, text, state = "available") {
  await page.getByLabel("Language").selectOption(kind);
  await run(page, text);
  const entry = statement(page, next++);
  await expect(entry).toHaveAttribute("data-statement-state", state, { timeout: 90_000 });
  return entry;
}

test("each language runs, fails, prints and returns a table; a picture, a large result, a cancel, a lost answer, a reload", async ({ page, host, trouble }) => {
  test.setTimeout(600_000);
  const proxy = await lossy();
  const { address } = await host("--livy", proxy.address);
  next = 0;
  await idle(page, address);
  const output = (entry) => entry.locator("[data-output]").first();

  await expect(output(await ends(page, "pyspark", "print('out')\n1 + 1"))).toContainText("2");
  const failed = await ends(page, "pyspark", "def f(x):\n    return x / 0\n\nf(1)");
  await expect(failed).toHaveAttribute("data-statement-status", "error");
  await expect(failed).toContainText("division by zero");
  const table = await ends(page, "pyspark", "rows = [{'id': 9007199254740993, 'name': 'a'}]\n%table rows");
  await expect(table.locator("table[data-result] td").filter({ hasText: "9007199254740993" })).toHaveCount(1);

  await expect(output(await ends(page, "spark", "println(\"out\")\nval x = 6 * 7"))).toContainText("42");
  await expect(await ends(page, "spark", "1 / 0")).toContainText("/ by zero");
  await expect(output(await ends(page, "sql", "select 9007199254740993 as big, cast(null as int) as none"))).toHaveAttribute("data-output", "table");
  await expect(statement(page, next - 1).locator("td[data-null]")).toHaveCount(1);
  await expect(await ends(page, "sql", "select nosuch from nowhere")).toHaveAttribute("data-statement-status", "error");

  const picture = await ends(page, "pyspark", "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\n%matplot plt");
  await expect(picture.locator("[data-output='image']").or(picture.locator("[data-output='error']"))).toBeVisible();
  const large = await ends(page, "pyspark", "print('\\n'.join('x' * 100 for _ in range(20000)))");
  await expect(output(large)).toHaveAttribute("data-output", "text");

  const listed = await ends(page, "spark", "val rows = List(Map(\"id\" -> 1, \"name\" -> \"a\"), Map(\"id\" -> 2, \"name\" -> \"b\"))\n%table rows");
  await expect(listed.locator("table[data-result]")).toHaveAttribute("data-rows", "2");
  await expect(output(await ends(page, "spark", "for (_ <- 1 to 20000) println(\"x\" * 100)"))).toHaveAttribute("data-output", "text");
  const many = await ends(page, "sql", "select id, repeat('x', 1000) as text from range(5000)");
  await expect(many.locator("table[data-result]")).toHaveAttribute("data-rows", "1000");
  await expect(many).toContainText("there may be more");

  const jobs = {
    pyspark: "sc.parallelize(range(2), 2).map(lambda x: __import__('time').sleep(60)).count()",
    spark: "sc.parallelize(1 to 2, 2).map { it => Thread.sleep(60000); it }.count()",
    sql: "select sum(a.id * b.id) from range(3000000) a cross join range(3000000) b",
  };
  for (const [kind, text] of Object.entries(jobs)) {
    await page.getByLabel("Language").selectOption(kind);
    await run(page, text);
    const job = statement(page, next++);
    await expect(job, kind).toHaveAttribute("data-statement-state", "running", { timeout: 30_000 });
    await page.waitForTimeout(2_000);
    await job.getByRole("button", { name: /^Cancel statement/ }).click();
    await expect(job, kind).toHaveAttribute("data-statement-state", /cancelled|available/, { timeout: 40_000 });
    await expect(session(page), kind).toHaveAttribute("data-session-state", "idle", { timeout: 60_000 });
  }
  await page.getByLabel("Language").selectOption("pyspark");

  const before = await onServer(page, address);
  proxy.loses = true;
  await run(page, "40 + 2");
  await expect(fate(page)).toHaveAttribute("data-run", "found", { timeout: 30_000 });
  await expect(output(statement(page, next++))).toContainText("42", { timeout: 30_000 });
  expect(await onServer(page, address)).toBe(before + 1);

  await run(page, "41 + 2");
  await page.reload({ waitUntil: "commit" });
  proxy.loses = false;
  await expect(statement(page, next)).toHaveAttribute("data-statement-state", "available", { timeout: 60_000 });
  await expect(statement(page, next++)).toHaveAttribute("data-statement-origin", /here|browser/);
  expect(await onServer(page, address)).toBe(before + 2);
  await expect(page.getByRole("article")).toHaveCount(next);
  await expect(code(page)).toBeVisible();
  proxy.end();
  expect(trouble).toEqual([]);
  await press(page, "Delete session");
  await page.getByRole("dialog").getByRole("button", { name: "Delete session" }).click();
});
