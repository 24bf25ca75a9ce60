// What comes of a statement is drawn as it was sent, in every engine: each kind of output, its digits, and text that is text.
import { createServer } from "node:http";
import { TABLE, failed, ok, query } from "../output.mjs";
import { becomes, expect, test } from "./journey.mjs";
import { enter, room } from "./room.mjs";

const HOSTILE = "<img src=x onerror=\"window.hit = 1\"><script>window.hit = 1</script>";
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** The outputs, each with what the page calls it. Digits stand in a text, for JavaScript has other numbers. */
const OUTPUTS = [
  ["text", ok({ "text/plain": `${HOSTILE}\n\u001b[31mred\u001b[0m` })],
  ["table", query([[HOSTILE, "long"], ["price", "decimal(10,2)"], ["word", "string"]], [["BIG", "PRICE", HOSTILE], [null, null, null], ["null", "", "null"]])],
  ["table", ok({ [TABLE]: { headers: [{ name: "a", type: "INT_TYPE" }, { name: "b", type: "STRING_TYPE" }], data: [[1, "x"], [2]] } })],
  ["json", ok({ "application/json": { big: "BIG", price: "PRICE" } })],
  ["image", ok({ "image/png": PIXEL })],
  ["markup", ok({ "text/html": HOSTILE })],
  ["error", failed(HOSTILE, `${HOSTILE}\nmore`, [`  File "<stdin>", line 1, in ${HOSTILE}\n`])],
  ["error", ok({ content: { status: "error", ename: "NameError", evalue: "name 'x' is not defined", traceback: [] } })],
  ["empty", ok({ "text/plain": "" })],
  ["unknown", ok({ "application/vnd.unheard-of": "as it is" })],
];
const [BIG, PRICE] = ["9007199254740993", "1.50"];
const statement = (id) => {
  const told = JSON.stringify({ id, code: `${HOSTILE} # ${id}`, state: "available", output: OUTPUTS[id][1], progress: 1.0, started: 1_700_000_000_000, completed: 1_700_000_002_300 });
  return told.replace('"BIG"', BIG).replace('"PRICE"', PRICE);
};

/** A Livy that has one session with these statements, and knows nothing else. */
const livy = () => createServer((request, answer) => {
  const path = new URL(request.url, "http://livy").pathname;
  const number = /^\/sessions\/7\/statements\/(\d+)$/.exec(path)?.[1];
  const bodies = {
    "/version": { version: "0.9.0" },
    "/sessions/7": { id: 7, kind: "pyspark", name: "told", state: "idle", appInfo: {}, heartbeatTimeoutInSecond: 0 },
    "/sessions/7/log": { id: 7, from: 0, total: 0, log: [] },
  };
  const body = number && OUTPUTS[number] ? statement(Number(number)) : JSON.stringify(bodies[path] ?? "Statement not found");
  answer.writeHead(body === '"Statement not found"' ? 404 : 200, { "Content-Type": "application/json" }).end(body);
});

test("each kind of output is drawn with the digits that were sent, and nothing in it runs", async ({ tab, host }) => {
  const server = livy();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { address } = await host("--livy", `http://127.0.0.1:${server.address().port}`);
    await enter(tab, address, 7);
    const { entry, region } = room(tab);
    const output = (number) => entry(number).css("[data-output]");
    for (const [number, [kind]] of OUTPUTS.entries()) {
      await becomes(() => output(number).first.attribute("data-output"), `output ${number}`).toBe(kind);
      expect(await entry(number).css("[data-statement-code]").text()).toBe(`${HOSTILE} # ${number}`);
    }
    const cells = await entry(1).css("tr[data-row] td").all();
    expect(cells.slice(0, 9).map((it) => it.attributes["data-null"] === undefined && it.text)).toEqual(
      [BIG, PRICE, HOSTILE, false, false, false, "null", "", "null"]);
    expect((await entry(1).css("th").all()).some((it) => it.text.includes(HOSTILE)), "the head of a column").toBe(true);
    expect(await entry(2).css("tr[data-ragged]").count()).toBe(1);
    for (const digits of [BIG, PRICE]) await output(3).first.says(digits);
    await output(0).first.says(HOSTILE);
    await entry(5).says(HOSTILE);
    await entry(6).says(HOSTILE);
    await entry(7).says("name 'x' is not defined");
    await entry(9).says("as it is");
    // The one picture is the one that was sent.
    expect([await region.css("img").count(), await region.css("script").even().count(), await tab.run(() => window.hit ?? 0)]).toEqual([1, 0, 0]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
