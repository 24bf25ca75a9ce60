// A portal of somebody else with two consoles, in a strict policy: the plain page of examples/portal.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { portal } from "../../../examples/serve.mjs";
import { example } from "../portal.mjs";
import { becomes, expect, test as base, unique } from "./journey.mjs";

/** `address`: the portal with two pretend clusters of its own; its page names the script of the journeys before all others. */
const test = base.extend({
  address: async ({ bundle, host }, use) => {
    const folder = await mkdtemp(join(tmpdir(), "console-portal-"));
    await cp(example("portal"), folder, { recursive: true });
    const html = await readFile(join(folder, "index.html"), "utf8");
    await writeFile(join(folder, "index.html"), html.replace("<head>", '<head><script src="/livy-console/journey-watch.js"></script>'));
    const [prod, other] = await Promise.all([host("--livy", "fake"), host("--livy", "fake")]);
    const clusters = { "/livy-prod": `${prod.address}livy`, "/livy-test": `${other.address}livy` };
    const server = await portal({ folder, bundle: bundle.dir, clusters });
    await use(server.address);
    await server.end();
    await rm(folder, { recursive: true });
  },
});

test("two consoles: typing is not a shortcut, each tells its own, and the page keeps its title, address and scroll", async ({ tab, address }) => {
  await tab.goto(`${address}#/both`);
  const [prod, other] = ["Production", "Test"].map((name) => tab.role("region", `Livy sessions of ${name}`));
  await prod.role("heading", "Sessions").shown();
  await other.role("heading", "Sessions").shown();
  await tab.run(() => { document.getElementById("prod").route = "/new"; });
  const name = prod.css(`[name="name"]`);
  await name.enter("sn-");
  await name.holds("sn-");
  await name.focused();
  expect(await tab.hash()).toBe("#/both");
  const made = unique("portal");
  await name.enter(made);
  await prod.button("Create session").click();
  await prod.css("[data-session-state='idle']").first.shown();
  await becomes(() => tab.run(() => document.getElementById("events").textContent), "the events").toContain("livy-created");
  expect(await tab.run(() => document.getElementById("prod").session.name)).toBe(made);
  expect(await tab.run(() => document.getElementById("test").session === null)).toBe(true);
  expect([await tab.hash(), await tab.title(), await tab.run(() => scrollY)]).toEqual(["#/both", "Both clusters · Data portal", 0]);

  await prod.button("Delete session").click();
  await tab.role("dialog").shown();
  await tab.press("Escape");
  await tab.role("dialog").gone();
  // Moving it changes nothing; hiding and showing it neither.
  await tab.run(() => { document.body.append(document.getElementById("prod")); });
  await prod.css("[data-session-state='idle']").first.shown();
  await tab.run(() => { document.getElementById("prod").hidden = true; });
  await prod.gone();
  await tab.run(() => { document.getElementById("prod").hidden = false; });
  await prod.css("[data-session-state='idle']").first.shown();
});
