// What runs in a session, in every engine: typed, run by the keys, read, cancelled, and found again after a reload.
import { becomes, make, test, unique, watch } from "./journey.mjs";

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
