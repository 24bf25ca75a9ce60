// The colours of code: ranges of the browser's highlights, which come and go with what is in sight.
import { expect, test } from "./console.mjs";
import { entry, ok, shown } from "./output.mjs";
import { code, idle, run, statement } from "./statements.mjs";

const NAMES = ["comment", "text", "number", "keyword"];

/** What is coloured in statements, by kind: each text with the statement that it is in. */
const coloured = (page) => page.evaluate((names) => Object.fromEntries(names.map((name) => [name, [...CSS.highlights.get(`lc-code-${name}`) ?? []].map((it) => {
  const statement = it.startContainer.parentElement?.closest("[data-statement-id]")?.dataset.statementId ?? "gone";
  return `${statement} ${it.startContainer.data.slice(it.startOffset, it.endOffset)}`;
})])), NAMES);
const count = async (page) => Object.values(await coloured(page)).flat().length;
const NOTHING = { comment: [], text: [], number: [], keyword: [] };

test("code is coloured in its language and stays one text", async ({ page, site, trouble }) => {
  await idle(page, site);
  const text = "def f(x): # größe 😀\n    return \"😀 # no\" + 'b' * 1_000";
  await run(page, text);
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "available");
  await expect.poll(() => coloured(page)).toEqual({
    comment: ["0 # größe 😀"], text: ["0 \"😀 # no\"", "0 'b'"], number: ["0 1_000"], keyword: ["0 def", "0 return"],
  });
  const block = statement(page, 0).locator("[data-statement-code]");
  expect(await block.evaluate((it) => [it.children.length, it.textContent])).toEqual([0, text]);
  await block.evaluate((it) => getSelection().selectAllChildren(it));
  expect(await block.evaluate(() => String(getSelection()))).toBe(text);
  // A statement's own language goes before the session's.
  await page.getByLabel("Language").selectOption("sql");
  await run(page, "select 1 as def -- one");
  await expect(statement(page, 1)).toHaveAttribute("data-statement-state", "available");
  await expect.poll(async () => (await coloured(page)).keyword.filter((it) => it.startsWith("1 "))).toEqual(["1 select", "1 as"]);
  await expect.poll(async () => (await coloured(page)).comment).toContain("1 -- one");
  // What is typed is plain.
  await code(page).fill("for x in range(3): pass");
  expect((await coloured(page)).keyword.filter((it) => it.startsWith("gone"))).toEqual([]);
  await page.getByRole("navigation").getByRole("link", { name: "Sessions", exact: true }).click();
  await expect.poll(() => coloured(page)).toEqual(NOTHING);
  expect(trouble).toEqual([]);
});

test("only code in sight is coloured, and long code not at all", async ({ page, site, trouble }) => {
  const codes = Array.from({ length: 19 }, (_, at) => `if x${at}:\n    print(${at}) # ${"comment ".repeat(3)}`);
  codes.push(`if x:\n${"    y = 1\n".repeat(2_000)}`);
  await shown(page, site, codes.map(() => ok({ "text/plain": "printed\n".repeat(4) })), codes);
  // The newest is in view.
  await expect(entry(page, 19)).toBeInViewport();
  await entry(page, 18).scrollIntoViewIfNeeded();
  const seen = async () => new Set(Object.values(await coloured(page)).flat().map((it) => Number(it.split(" ")[0])));
  await expect.poll(seen).toContain(18);
  expect(await seen()).not.toContain(19);
  expect(await seen()).not.toContain(2);
  await entry(page, 2).scrollIntoViewIfNeeded();
  await expect.poll(seen).toContain(2);
  expect((await coloured(page)).keyword).toContain("2 if");
  await expect.poll(seen).not.toContain(18);
  expect(trouble).toEqual([]);
});

for (const kind of ["shared", "", "pyspark3"]) {
  test(`a session of the kind “${kind}” says no language, and its code is plain`, async ({ page, site, trouble }) => {
    await shown(page, site, [ok({ "text/plain": "1" })], ["if x: 1"], { kind });
    await expect(entry(page, 0).locator("[data-statement-code]")).toBeVisible();
    await page.waitForTimeout(300);
    expect(await coloured(page)).toEqual(NOTHING);
    expect(trouble).toEqual([]);
  });
}

test("two consoles colour their own code, and one that goes leaves none behind", async ({ page, site, trouble }) => {
  await shown(page, site, [ok({ "text/plain": "1" })], ["if x: 1 # one"]);
  await expect.poll(() => count(page)).toBe(3);
  await page.evaluate(() => {
    const element = document.createElement("livy-console");
    Object.assign(element, { baseUrl: "/livy", route: "/sessions/7?view=statements" });
    document.body.append(element);
  });
  // One may be out of sight while the other is in it.
  const roots = () => page.evaluate(() => [...CSS.highlights.get("lc-code-keyword")].map((it) => [...document.querySelectorAll("livy-console")].indexOf(it.startContainer.getRootNode().host)));
  await expect(page.locator("livy-console").last().locator("[data-statement-code]")).toBeVisible();
  await page.locator("livy-console").last().locator("[data-statement-code]").scrollIntoViewIfNeeded();
  await expect.poll(roots).toContain(1);
  await page.evaluate(() => document.querySelectorAll("livy-console")[1].remove());
  await entry(page, 0).scrollIntoViewIfNeeded();
  await expect.poll(roots).toEqual([0]);
  expect((await coloured(page)).keyword).toEqual(["0 if"]);
  await page.evaluate(() => document.querySelector("livy-console").remove());
  await expect.poll(() => coloured(page)).toEqual(NOTHING);
  expect(trouble).toEqual([]);
});

for (const scheme of ["light", "dark"]) {
  test(`each colour can be read on its ground, ${scheme}`, async ({ page, site }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await shown(page, site, [ok({ "text/plain": "1" })], ["if x: 1 + 'a' # one"]);
    await expect.poll(() => count(page)).toBe(4);
    const colours = () => entry(page, 0).locator("[data-statement-code]").evaluate((block, names) => {
      const channels = (it) => it.match(/[\d.]+/g).slice(0, 3).map(Number);
      const ground = channels(getComputedStyle(block.closest("article")).backgroundColor);
      return { ground, words: names.map((it) => channels(getComputedStyle(block, `::highlight(lc-code-${it})`).color)), plain: channels(getComputedStyle(block).color) };
    }, NAMES);
    const luminance = (it) => {
      const [red, green, blue] = it.map((one) => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (...both) => {
      const [low, high] = both.map(luminance).sort((one, other) => one - other);
      return (high + 0.05) / (low + 0.05);
    };
    const { ground, words, plain } = await colours();
    for (const word of words) {
      expect(contrast(word, ground)).toBeGreaterThanOrEqual(4.5);
      expect(word).not.toEqual(plain);
    }
    expect(new Set(words.map(String)).size).toBe(4);
    await page.emulateMedia({ colorScheme: scheme, forcedColors: "active" });
    const forced = await colours();
    expect(forced.words).toEqual(forced.words.map(() => forced.plain));
  });
}

test("a browser without highlights shows plain code, and points at lines of the log all the same", async ({ page, site, trouble }) => {
  await page.addInitScript(() => {
    delete globalThis.Highlight;
    Object.defineProperty(CSS, "highlights", { value: undefined });
  });
  await idle(page, site);
  await run(page, "if True: 7");
  await expect(statement(page, 0)).toHaveAttribute("data-statement-state", "available");
  await page.getByRole("searchbox", { name: "Search the log" }).fill("INFO");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-pointed]")).toContainText("INFO");
  expect(trouble).toEqual([]);
});
