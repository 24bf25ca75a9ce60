// From the form to a session.
import { becomes, expect, test, unique } from "./journey.mjs";

const preview = async (tab) => JSON.parse(await tab.css("[data-request-preview]").text());

test("a session is created by mouse and keys, watched until it is idle, and its log is there", async ({ tab, site }) => {
  const name = unique("etl");
  await tab.goto(site);
  await tab.link("New session").click();
  await tab.at("#/new");
  await tab.role("radio", "pyspark").click();
  await tab.role("textbox", "Name").enter(name);
  await tab.field("driverMemory").enter("2g");
  await tab.field("numExecutors").enter("3");
  // The unit that was typed moves to the list of units.
  await tab.field("driverMemory").holds("2");
  await tab.field("driverMemory.unit").holds("g");
  await becomes(() => preview(tab), "the request").toEqual({ kind: "pyspark", name, driverMemory: "2g", numExecutors: 3 });
  await tab.button("Create session").click();
  await tab.at(/^#\/sessions\/\d+$/);
  await tab.session.has("data-session-state", "starting");
  await tab.session.has("data-session-state", "idle", { timeout: 30_000 });
  await tab.fresh.has("data-fresh", "live");
  await becomes(() => tab.title(), "the title").toContain(name);
  await tab.log.says("Created Spark session.");
  // In their order; what a folded trace holds is left out.
  const numbers = (await tab.lines.all()).map((it) => Number(it.attributes["data-log-line"]));
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  await tab.link("Sessions").click();
  await tab.role("row").with(name).has("data-session-state", "idle");
  await tab.link("New session").click();
  await tab.role("textbox", "Name").holds("");
});

test("wrong values have a message beside their fields and a summary that leads to them, and nothing is sent", async ({ tab, site }) => {
  await tab.goto(`${site}#/new`);
  await tab.role("textbox", "Name").enter("123");
  await tab.field("driverCores").enter("0");
  await tab.button("Create session").click();
  const alert = tab.role("alert").with(/\w/);
  await alert.shown();
  for (const name of ["name", "driverCores"]) {
    await tab.field(name).has("aria-invalid", "true");
    const message = tab.css(`#${await tab.field(name).attribute("aria-describedby")}`);
    expect((await message.text()).length).toBeGreaterThan(10);
  }
  await alert.link("Driver cores").click();
  await tab.field("driverCores").focused();
  await tab.at("#/new");
  await tab.press("Backspace");
  await tab.type("2");
  await becomes(() => tab.field("driverCores").attribute("aria-invalid"), "whether it is wrong").not.toBe("true");
  await tab.field("name").enter(unique("fixed"));
  await alert.gone();
  expect((await (await fetch(`${site}livy/sessions`)).json()).sessions).toEqual([]);
});

test("a draft survives a reload, and going to another page and back", async ({ tab, site }) => {
  await tab.goto(`${site}#/new`);
  const name = unique("draft");
  await tab.role("textbox", "Name").enter(name);
  await tab.field("queue").enter("größe ✓");
  await tab.button(/^Add jars?$/i).click();
  await tab.role("textbox", "Jars 1").focused();
  await tab.type("hdfs:///lib/a.jar");
  await tab.role("radio", "sparkr").click();
  const wanted = await preview(tab);
  expect(wanted).toMatchObject({ kind: "sparkr", name, queue: "größe ✓", jars: ["hdfs:///lib/a.jar"] });
  await tab.link("Sessions").click();
  await tab.heading("Sessions").shown();
  await tab.back();
  await tab.role("textbox", "Name").holds(name);
  await tab.reload();
  await tab.role("textbox", "Name").holds(name);
  await becomes(() => preview(tab), "the request").toEqual(wanted);
  expect((await tab.role("radio", "sparkr").one()).checked).toBe(true);
  await tab.field("jars").holds("hdfs:///lib/a.jar");
});
