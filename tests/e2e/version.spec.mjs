// A new version on the server while pages of the last one are open, and two versions on one page.
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dist, expect, field, press, test } from "./console.mjs";

/** The bundle of another version: every hashed file has another name, and the modules that name them follow. */
async function other(folder, version) {
  await mkdir(folder, { recursive: true });
  await cp(dist, folder, { recursive: true });
  const names = (await readdir(folder)).filter((it) => !/\.(br|gz)$/.test(it));
  const renamed = names.filter((it) => /-[0-9a-f]{16}\./.test(it)).map((it) => [it, it.replace(/-[0-9a-f]{3}/, "-fff")]);
  for (const name of names.filter((it) => /\.(js|html)$/.test(it))) {
    let text = await readFile(`${folder}/${name}`, "utf8");
    for (const [from, to] of renamed) text = text.replaceAll(from, to);
    await writeFile(`${folder}/${name}`, text.replaceAll(/version:"[^"]*"/g, `version:"${version}"`));
  }
  for (const [from, to] of renamed) {
    await cp(`${folder}/${from}`, `${folder}/${to}`);
    await rm(`${folder}/${from}`);
  }
  // Compressed copies are of the old texts.
  for (const name of await readdir(folder)) if (/\.(br|gz)$/.test(name)) await rm(`${folder}/${name}`);
  return folder;
}

test("a page of the last version goes on, and says that it must be loaded again where it needs a file that is gone", async ({ page, host }, { outputDir }) => {
  const dir = `${outputDir}/served`;
  await cp(dist, dir, { recursive: true });
  const { address } = await host("--livy", "fake", "--dir", dir);
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "No sessions yet" })).toBeVisible();
  const next = await other(`${outputDir}/next`, "9.9.9");
  await rm(dir, { recursive: true });
  await cp(next, dir, { recursive: true });
  // What is open goes on.
  await expect(page.locator("[data-fresh]")).toHaveAttribute("data-fresh", "live");
  await page.getByRole("link", { name: "New session" }).click();
  await expect(page.getByRole("heading", { name: "This page could not be loaded" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("a new version was installed");
  await press(page, "Reload the page");
  await expect(field(page, "queue")).toBeVisible();
  expect(await page.evaluate(() => customElements.get("livy-console").version)).toBe("9.9.9");
});

test("a second version on a page warns and leaves the first alone", async ({ page, host }, { outputDir }) => {
  const dir = `${outputDir}/both`;
  await cp(dist, dir, { recursive: true });
  await other(`${dir}/next`, "9.9.9");
  const { address } = await host("--livy", "fake", "--dir", dir);
  const said = [];
  page.on("console", (it) => it.type() === "warning" && said.push(it.text()));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  await page.goto(address);
  await expect(page.locator("[data-fresh]")).toHaveAttribute("data-fresh", "live");
  const versions = await page.evaluate(async () => {
    const before = customElements.get("livy-console").version;
    const { LivyConsole } = await import("./next/livy-console.js");
    return [before, customElements.get("livy-console").version, LivyConsole.version];
  });
  expect(versions).toEqual([versions[0], versions[0], "9.9.9"]);
  expect(said).toEqual([`This page has <livy-console> of version ${versions[0]} already. Version 9.9.9 is not used.`]);
  await page.getByRole("link", { name: "New session" }).click();
  await expect(field(page, "queue")).toBeVisible();
});
