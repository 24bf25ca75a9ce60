// The journeys that are walked in every engine. Playwright runs them and drives none of the browsers.
import { defineConfig } from "@playwright/test";
import { ENGINES } from "./engine.mjs";

export default defineConfig({
  testDir: ".",
  testMatch: "*.journey.mjs",
  outputDir: "../results/engines",
  projects: ENGINES.map((engine) => ({ name: engine, use: { engine } })),
  // Two browsers at once, each with a console of its own.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  reporter: [["list"], ["./summary.mjs"]],
});
