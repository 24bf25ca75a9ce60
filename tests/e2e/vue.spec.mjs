// A page in Vue 3, built by Vite; the console's bundle is loaded by its address.
import AxeBuilder from "@axe-core/playwright";
import { field, fresh, press, unique } from "./console.mjs";
import { built, expect, run, test } from "./portal.mjs";

test.describe.configure({ mode: "default" });
let folder;
test.beforeAll(async () => { folder = await built("vue"); });

test("its types fit", async () => {
  await run("vue", "tsc", "--noEmit");
});

test("Vue sets the properties, hears the events and calls the methods", async ({ page, portal, trouble }) => {
  await page.goto(await portal({ folder }));
  const element = page.locator("livy-console");
  const events = page.getByRole("list", { name: "Events" });
  await expect(fresh(element)).toHaveAttribute("data-fresh", "live");
  await expect(events.getByText(/^ready /)).toHaveCount(1);
  expect(await element.evaluate((it) => [it.config, it.theme, it.noBar, it.fillHeight, it.baseUrl]))
    .toEqual([{ cluster: "Production", defaults: { driverMemory: "2g" } }, "light", true, true, "/livy"]);
  await press(page, "As last night");
  await expect(page.getByRole("status").filter({ hasText: "Not used" })).toHaveText("Not used: colour");
  await press(page, "Dark");
  await expect(element).toHaveAttribute("theme", "dark");
  await expect(field(element, "queue")).toHaveValue("adhoc");
  const name = unique("vue");
  await element.getByLabel("Name", { exact: true }).fill(name);
  await press(element, "Create session");
  await expect(events.getByText(new RegExp(`created ${name} as \\d+`))).toHaveCount(1);
  await expect(events.getByText(/^ready /)).toHaveCount(1);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((it) => it.target)])).toEqual([]);
  expect(trouble).toEqual([]);
});

test("without the console's bundle the page goes on", async ({ page, portal }) => {
  await page.goto(await portal({ folder, bundle: undefined }));
  await expect(page.getByRole("heading", { name: "Spark" })).toBeVisible();
});
