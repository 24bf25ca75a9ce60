// Many sessions in a portal: two consoles, each in a box of its own that scrolls.
import { expect } from "./console.mjs";
import { test } from "./portal.mjs";

test("in two boxes of a portal each list scrolls by itself to its last row", async ({ page, host, portal, trouble }) => {
  const [many, some] = await Promise.all(["fake:40000", "fake:3000"].map((it) => host("--livy", it)));
  const clusters = { "/livy-prod": `${many.address}livy`, "/livy-test": `${some.address}livy`, "/livy": `${many.address}livy` };
  await page.goto(`${await portal({ clusters })}#/both`);
  const [prod, other] = ["prod", "test"].map((id) => page.locator(`livy-console#${id}`));
  const row = (console, id) => console.locator(`tr[data-session-id="${id}"]`);
  await expect(row(prod, 39999)).toBeInViewport();
  await expect(row(other, 2999)).toBeInViewport();
  await prod.evaluate((it) => it.scrollTo(0, it.scrollHeight));
  await expect(row(prod, 0)).toBeInViewport();
  await expect(row(other, 2999)).toBeInViewport();
  expect(await prod.locator("tr").count()).toBeLessThan(120);
  await other.evaluate((it) => it.scrollTo(0, it.scrollHeight / 2));
  await expect(row(other, 1500)).toBeInViewport();
  await expect(row(prod, 0)).toBeInViewport();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await other.getByRole("searchbox", { name: "Search sessions" }).fill("churn");
  await expect(other.getByText(/of 3,000 sessions match/).first()).toBeVisible();
  await expect(prod.getByRole("searchbox", { name: "Search sessions" })).toHaveValue("");
  expect(trouble).toEqual([]);
});
