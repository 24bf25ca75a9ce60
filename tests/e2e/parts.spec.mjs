// The parts of the program: each is fetched when something needs it, and what cannot be fetched leaves no person without words.
import { expect, fresh, press, test } from "./console.mjs";

/** Which parts the page has asked for, once for each time. */
function asked(page) {
  const files = [];
  page.on("request", (it) => {
    const part = it.url().match(/livy-console-([a-z]+)-[0-9a-f]+\.wasm/);
    if (part && part[1] !== "shared") files.push(part[1]);
  });
  return files;
}

const alert = (page, text) => page.getByRole("alert").filter({ hasText: text });

test("the list asks for the words for failures alone, after its first answer", async ({ page, site, trouble }) => {
  const parts = asked(page);
  await page.goto(site);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect.poll(() => parts).toEqual(["notice"]);
  expect(trouble).toEqual([]);
});

for (const [address, needs] of [["#/new", ["form", "create"]], ["#/sessions/0", ["session"]]]) {
  test(`the parts for ${address} are asked for beside the program, and once`, async ({ page, site }) => {
    const parts = asked(page);
    // The program itself is held back: what is asked for now, the page has asked for.
    let go;
    const held = new Promise((resolve) => (go = resolve));
    await page.route(/livy-console-[0-9a-f]+\.wasm/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${site}${address}`);
    for (const part of needs) await expect.poll(() => parts).toContain(part);
    go();
    await expect(page.getByRole("main")).not.toContainText("Loading the page");
    for (const part of needs) expect(parts.filter((it) => it === part)).toEqual([part]);
  });
}

test("the way to the cluster is cut right after the first answer: the words are here already", async ({ page, site, context }) => {
  const came = page.waitForResponse(/-notice-/);
  await page.goto(site);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await came;
  await context.setOffline(true);
  await expect(alert(page, "This device is offline")).toContainText("Your sessions keep running");
  await expect(page.getByRole("button", { name: "Copy diagnostics" })).toBeVisible();
  await context.setOffline(false);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("the words for failures cannot come: a plain sentence says what failed, and they come with a later failure", async ({ page, site }) => {
  await page.route("**/*-notice-*.wasm", (route) => route.abort());
  let isDown = true;
  await page.route("**/livy/**", (route) => (isDown ? route.abort() : route.continue()));
  await page.goto(site);
  const plain = alert(page, "This page could not be updated");
  await expect(plain).toContainText("Nothing is lost: your sessions keep running");
  await expect(fresh(page)).toContainText("no answer from the server");
  await expect(page).toHaveTitle(/^No answer · /);
  isDown = false;
  await press(page, "Try again now");
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  await expect(plain).toHaveCount(0);
  await page.unroute("**/*-notice-*.wasm");
  isDown = true;
  await expect(alert(page, "No connection to /livy")).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy diagnostics" })).toBeVisible();
});
