// A log that is made to grow, for the journeys through it.
import { create, expect, session, unique } from "./console.mjs";

const RING = 6_000;

/** Answers every reading of the log with the last lines of a stream that is `lines` long and can be made to grow. */
export async function stream(page, line, most, ring = RING) {
  // Livy's usual ring is not full at first, so nothing can have been lost before.
  const state = { length: 0, step: 150, most: Math.min(150, most) };
  await page.route("**/livy/sessions/*/log*", async (route) => {
    state.length = Math.min(state.length + state.step, state.most);
    const from = Math.max(0, state.length - ring);
    const log = ["stdout: ", "\nstderr: ", ...Array.from({ length: state.length - from }, (_, at) => line(from + at))];
    await route.fulfill({ json: { id: 0, from: 0, total: log.length, log } });
  });
  return state;
}

export const plain = (at) => `26/11/23 13:00:00 INFO TaskSetManager: Finished task ${at}.0${at % 1_000 === 7 ? " needle" : ""}`;
export const rows = (page) => page.getByRole("log").locator("[data-log-line]");
export const numbers = (page) => rows(page).evaluateAll((all) => all.map((it) => Number(it.dataset.logLine)));

/** Opens a session whose log has this many lines. */
export async function much(page, site, most, line = plain) {
  const state = await stream(page, line, most);
  await create(page, site, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  Object.assign(state, { step: 4_000, most });
  await expect(page.getByRole("tab", { name: /stderr/ })).toContainText(String(most), { timeout: 60_000 });
  return state;
}

/** The rows beside which a number is drawn that is not theirs: the style counts them from 1 on, and goes on from one to the next. */
export const miscounted = (page) => rows(page).evaluateAll((all) => {
  const named = (value) => value.match(/^lc-line (\d+)$/)?.[1];
  let count;
  return all.filter((row) => {
    const style = getComputedStyle(row);
    count = Number(named(style.counterReset) ?? count) + Number(named(style.counterIncrement));
    return count !== Number(row.dataset.logLine) + 1;
  }).map((row) => row.dataset.logLine);
});
