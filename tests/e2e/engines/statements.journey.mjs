// What runs in a session, in every engine: typed, run by the keys, read, cancelled, and found again after a reload.
import { becomes, copied, make, test, unique, watch } from "./journey.mjs";
import { hasKeywords } from "./picture.mjs";

test("a statement is typed, run, read and found again after a reload", async ({ tab, site }) => {
  const [id] = await make(site, unique("etl"));
  await watch(tab, site, id, "idle");
  await tab.role("tab", /^Statements/).click();
  const code = tab.role("textbox", "Code");
  await code.click();
  await tab.type("def f(x):");
  await tab.press("Enter");
  await tab.type("return x");
  await code.holds("def f(x):\n    return x");
  await tab.press("]", "Control");
  await code.holds("def f(x):\n        return x");
  // The browser's own history of what was typed; WebKit's test browser has no key for it.
  await tab.run(() => document.execCommand("undo"));
  await code.holds("def f(x):\n    return x");
  await tab.press("a", "Control");
  await tab.type("40 + 2");
  await tab.press("Enter", "Control");
  const entry = tab.role("article", "Statement 0");
  await entry.has("data-statement-state", "available", { timeout: 20_000 });
  await entry.says("42");
  await tab.css("[data-run]").has("data-run", "accepted");
  await code.click();
  await tab.press("a", "Control");
  await tab.type("sleep(20)");
  await tab.press("Enter", "Control");
  const long = tab.role("article", "Statement 1");
  await long.has("data-statement-state", "running");
  await long.button("Cancel statement 1").click();
  await long.has("data-statement-state", "cancelling");
  await tab.goto("about:blank");
  await tab.goto(`${site}#/sessions/${id}?statement=0`);
  await entry.shown();
  await becomes(async () => (await entry.one()).attributes["data-statement-origin"], "whose it is").toBe("browser");
});

test("a table is scrolled, sorted, walked by keys and copied; a picture, an error and a large text are there", async ({ tab, site }) => {
  const [id] = await make(site, unique("etl"));
  await watch(tab, site, id, "idle");
  const codes = [["sql", "select * from rows(900, 30)"], ["pyspark", "%matplot plt"], ["pyspark", "def f(x):\n    return x / 0\n\nf(1)"], ["pyspark", "big(3000000)"]];
  for (const [kind, code] of codes) {
    await fetch(`${site}livy/sessions/${id}/statements`, { method: "POST", headers: { "X-Requested-By": "journey" }, body: JSON.stringify({ kind, code }) });
  }
  await tab.goto(`${site}#/sessions/${id}?view=statements`);
  const entry = (at) => tab.role("article", `Statement ${at}`);
  await entry(3).css("[data-output]").has("data-output", "text", { timeout: 30_000 });
  await entry(3).css(".lc-output-note").says("A text of 3.0 MB");
  await entry(2).says("division by zero");
  await entry(1).css("img").shown();
  await becomes(() => tab.run(() => document.querySelector("livy-console").shadowRoot.querySelector("article img").naturalWidth), "the picture").toBe(1);

  const table = entry(0).css("table[data-result]");
  await table.has("data-rows", "900");
  const rows = tab.css("tr[data-row]");
  const scrolled = (share) => tab.run((share) => {
    const box = document.querySelector("livy-console").shadowRoot.querySelector(".lc-grid");
    box.scrollTo(box.scrollWidth * share, box.scrollHeight * share);
  }, share);
  await scrolled(1);
  await tab.css("tr[data-row='899']").shown();
  await becomes(() => rows.count(), "rows in the page").toBeLessThan(60);
  await scrolled(0);
  await tab.css("tr[data-row='0']").shown();
  // Up, down, and as it came.
  const sort = tab.css("[data-sort='0']");
  for (const first of ["0", "899", "0"]) {
    await sort.click();
    await becomes(async () => (await rows.all())[0].attributes["data-row"], "the first row").toBe(first);
  }
  await tab.css("tr[data-row='1'] > td").nth(0).click();
  await tab.press("ArrowRight", "Shift");
  await tab.press("ArrowDown", "Shift");
  await becomes(() => tab.css("[data-picked]").count(), "selected cells").toBe(4);
  const cells = await tab.run(() => [1, 2].map((row) => [...document.querySelector("livy-console").shadowRoot.querySelectorAll(`tr[data-row='${row}'] > td`)].slice(0, 2).map((it) => it.textContent)));
  await becomes(async () => {
    await tab.run(() => document.querySelector("livy-console").shadowRoot.querySelectorAll("td[data-picked]")[3].focus());
    return (await copied(tab)).trimEnd().split(/\r?\n/).map((it) => it.split("\t"));
  }, "what was copied").toEqual(cells);
});

test("code is painted in colours, and what leaves the page leaves none behind", async ({ tab, site }) => {
  const [id] = await make(site, unique("etl"));
  await watch(tab, site, id, "idle");
  for (const code of ["while True:\n    break # return", "total = total"]) {
    await fetch(`${site}livy/sessions/${id}/statements`, { method: "POST", headers: { "X-Requested-By": "journey" }, body: JSON.stringify({ code }) });
  }
  await tab.goto(`${site}#/sessions/${id}?view=statements`);
  const code = (at) => tab.role("article", `Statement ${at}`).css("[data-statement-code]");
  await code(1).shown();
  const isPainted = async (at) => {
    await tab.run(() => window.journey.frame());
    return hasKeywords({ shot: await tab.shot(), box: (await code(at).one()).box });
  };
  await becomes(() => isPainted(0), "whether keywords are painted").toBe(true);
  await becomes(() => isPainted(1), "whether names are").toBe(false);
  const ranges = () => tab.run(() => [...CSS.highlights].filter(([name]) => name.startsWith("lc-code-")).map(([, it]) => it.size));
  await becomes(ranges, "ranges of comments, strings, numbers and keywords").toEqual([1, 3]);
  await tab.run(() => document.querySelector("livy-console").remove());
  await becomes(ranges, "ranges that stay").toEqual([0, 0]);
});
