// What the journeys of statements do with the page.
import { create, expect, press, session, unique } from "./console.mjs";

export const region = (page) => page.getByRole("region", { name: "Statements", exact: true });
export const code = (page) => page.getByRole("textbox", { name: "Code", exact: true });
export const statement = (page, id) => page.getByRole("article", { name: `Statement ${id}`, exact: true });
export const fate = (page) => page.locator("[data-run]");
export const tab = (page, name) => page.getByRole("tab", { name });

/** An idle session of that story, its statements open. */
export async function idle(page, site, story = "etl") {
  await create(page, site, unique(story));
  await expect(session(page)).toHaveAttribute("data-session-state", /idle|busy/, { timeout: 30_000 });
  await tab(page, /^Statements/).click();
  await expect(code(page)).toBeVisible();
}

export async function run(page, text) {
  await code(page).fill(text);
  await press(page, "Run statement");
}

/** The calls about statements that leave the page from now on. */
export function asked(page) {
  const calls = [];
  page.on("request", (request) => {
    if (/\/sessions\/[^/]+\/(statements|connect)/.test(request.url())) calls.push(request);
  });
  return calls;
}

export const posted = (calls) => calls.filter((it) => it.method() === "POST" && it.url().endsWith("/statements"));

/** How many statements the server has. */
export async function onServer(page, site) {
  const id = await session(page).getAttribute("data-session-id");
  const answer = await page.request.get(`${site}livy/sessions/${id}/statements?from=0&size=1`);
  return (await answer.json()).total_statements;
}
