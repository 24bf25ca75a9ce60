// What is kept of a session, for the journeys of memory.
import { expect, press, session } from "./console.mjs";

export const shelf = (page) => page.getByRole("region", { name: "Ended sessions seen here" });

export const log = (page) => page.getByRole("log");

export const keeps = (page) => page.getByRole("checkbox", { name: "Keep ended sessions in this browser" });

export const keepsStatements = (page) => page.getByRole("checkbox", { name: "With code and results" });

/** All that the browser keeps, as text; without a database nothing. */
export const stored = (page) => page.evaluate(async () => {
  const done = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = no; });
  const all = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) all.push(...await done(database.transaction(store).objectStore(store).getAll()));
    database.close();
  }
  return all;
});

/** Opens the list as a person does, without a new page. */
export const list = (page) => page.getByRole("link", { name: "Sessions", exact: true }).click();

export async function remove(page) {
  await press(page, "Delete session");
  await page.getByRole("dialog").getByRole("button", { name: "Delete session" }).click();
  await expect(page.getByText("The session is deleted")).toBeVisible();
}
