// The form, for the journeys through it.
import { expect } from "./console.mjs";

export const open = async (page, site) => {
  await page.goto(`${site}#/new`);
  await expect(page.getByText("Ready", { exact: true })).toBeVisible();
};

/** The request as the page shows it. */
export const shown = async (page) => JSON.parse(await page.locator("[data-request-preview]").textContent());

export const conf = (page, row) => ({
  key: page.getByLabel(`Spark configuration ${row} key`, { exact: true }),
  value: page.getByLabel(`Spark configuration ${row} value`, { exact: true }),
});
