// Other servers that speak Livy's protocol, or almost, each as the pretend cluster plays it from their sources.
import { create, expect, fresh, posts, press, session, test, unique } from "./console.mjs";

const why = (page) => page.getByRole("region", { name: "Why it ended" });

test("Lighter: a session is made, shown and deleted by somebody else", async ({ page, host, trouble }) => {
  const { address } = await host("--livy", "fake:lighter");
  const name = unique("etl");
  await create(page, address, name);
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  await expect(session(page)).toHaveAttribute("data-session-id", /^00000000-0000-4000-8000-/);
  await expect(page.getByRole("log")).toContainText("Created Spark session.");
  // What the page has no place for is there as it came.
  await page.getByText("Other fields", { exact: true }).click();
  await expect(page.getByText("createdAt", { exact: true })).toBeVisible();
  const id = await session(page).getAttribute("data-session-id");
  await page.request.delete(`${address}livy/sessions/${id}`, { headers: { "X-Requested-By": "x" } });
  await expect(page.getByText("The server has forgotten this session")).toBeVisible();
  await expect(fresh(page)).toHaveAttribute("data-fresh", "over");
  await expect(session(page)).toContainText(name);
  expect(trouble).toEqual([]);
});

test("Synapse: without a log of its own, and the server's reason first", async ({ page, host }) => {
  const { address } = await host("--livy", "fake:synapse");
  await create(page, address, unique("dies-while-starting"));
  await expect(session(page)).toHaveAttribute("data-session-state", "dead");
  const first = why(page).locator("[data-cause]").first();
  await expect(first).toHaveAttribute("data-cause", "server");
  await expect(first).toContainText("Livy session has failed.");
  await expect(page.getByText("Livy is not at this address")).toHaveCount(0);
});

test("Fabric: a session that is being acquired, and a capacity without room", async ({ page, host }) => {
  const { address } = await host("--livy", "fake:fabric");
  await create(page, address, unique("etl"));
  await expect(session(page)).toHaveAttribute("data-session-state", "acquiringSession");
  await expect(session(page)).toHaveAttribute("data-session-state", "idle");
  const message = "This spark job can't be run because you have hit a spark compute or API rate limit.";
  const full = JSON.stringify({ errorCode: "TooManyRequestsForCapacity", message });
  await page.route("**/livy/sessions", (route) =>
    route.request().method() === "POST" ? route.fulfill({ status: 430, contentType: "application/json", body: full }) : route.continue());
  await create(page, address, unique("etl"));
  const fate = page.locator('[data-create="refused"]');
  await expect(fate).toContainText("The server is at its limit (430)");
  await expect(fate).toContainText(message);
  await expect(fate).toContainText("nothing in your request is wrong");
});

test("an old Livy cannot tell what became of a lost create: the person decides", async ({ page, host }) => {
  const { address } = await host("--livy", "fake:old");
  const sent = posts(page);
  await page.request.post(`${address}livy/sessions`, { headers: { "X-Requested-By": "x" }, data: { kind: "spark" } });
  await page.clock.install();
  await page.route("**/livy/sessions", (route) =>
    route.request().method() === "POST"
      ? route.fulfill({ status: 504, contentType: "application/json", body: '{"msg":"Gateway timeout"}' })
      : route.continue());
  await create(page, address, unique("etl"));
  const fate = page.locator("[data-create]");
  await expect(fate).toHaveAttribute("data-create", "unknown");
  const wait = async () => {
    for (let second = 0; second < 90 && !(await fate.getByRole("button", { name: "Give up" }).count()); second += 1) {
      await page.clock.runFor(1000);
    }
  };
  await wait();
  await expect(fate).toContainText("may start a second session");
  expect(sent.length).toBe(1);
  await fate.getByRole("button", { name: "Send again" }).click();
  await expect.poll(() => sent.length).toBe(2);
  await page.reload();
  await expect(fate).toHaveAttribute("data-create", "unknown");
  await wait();
  await press(page, "Give up");
  await expect(fate).toHaveCount(0);
  expect(sent.length).toBe(2);
});
