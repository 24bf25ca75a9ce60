// People who do not wait: a page that is left before it has drawn must not take the console down.
import { create, expect, fresh, test, unique } from "./console.mjs";

test("creating and leaving at once, again and again", async ({ page, site, trouble }) => {
  for (let round = 0; round < 12; round += 1) {
    await create(page, site, unique("never-idle"));
    await page.waitForURL(/#\/sessions\/\d+$/);
  }
  await page.goto(`${site}#/`);
  await expect(fresh(page)).toHaveAttribute("data-fresh", "live");
  expect(trouble).toEqual([]);
});
