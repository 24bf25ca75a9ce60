// A page in React 19, in strict mode, built by Vite; the console's bundle is loaded by its address.
import AxeBuilder from "@axe-core/playwright";
import { field, fresh, press, unique } from "./console.mjs";
import { built, expect, run, test } from "./portal.mjs";

test.describe.configure({ mode: "default" });
let folder;
test.beforeAll(async () => { folder = await built("react"); });

const events = (page) => page.getByRole("list", { name: "Events" });

test("its types fit", async () => {
  await run("react", "tsc", "--noEmit");
});

test("React sets the properties, hears the events and calls the methods", async ({ page, portal, trouble }) => {
  await page.goto(await portal({ folder }));
  const element = page.locator("livy-console");
  await expect(fresh(element)).toHaveAttribute("data-fresh", "live");
  // Once: strict mode runs effects twice, and the element stays.
  await expect(events(page).getByText(/^ready /)).toHaveCount(1);
  expect(await element.evaluate((it) => [it.config, it.theme, it.noBar, it.fillHeight, it.baseUrl]))
    .toEqual([{ cluster: "Production", defaults: { driverMemory: "2g" } }, "light", true, true, "/livy"]);

  await press(page, "As last night");
  await expect(page.getByRole("status").filter({ hasText: "Not used" })).toHaveText("Not used: colour");
  await expect(field(element, "queue")).toHaveValue("adhoc");
  await press(page, "Dark");
  // Drawing again changes the theme and nothing else: what was filled in is there.
  await expect(element).toHaveAttribute("theme", "dark");
  await expect(field(element, "queue")).toHaveValue("adhoc");
  const name = unique("react");
  await element.getByLabel("Name", { exact: true }).fill(name);
  await press(element, "Create session");
  await expect(events(page).getByText(`created ${name}`)).toHaveCount(1);
  await expect(element.locator("[data-session-state='idle']")).toBeVisible();
  await press(page, "Hide");
  await expect(element).toBeHidden();
  await press(page, "Show");
  await expect(element.locator("[data-session-state='idle']")).toBeVisible();
  await expect(events(page).getByText(/^ready /)).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((it) => it.target)])).toEqual([]);
  expect(trouble).toEqual([]);
});

test("without the console's bundle the page goes on", async ({ page, portal }) => {
  await page.goto(await portal({ folder, bundle: undefined }));
  await press(page, "Dark");
  await expect(page.getByRole("button", { name: "Light" })).toBeVisible();
});
