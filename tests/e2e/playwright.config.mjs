// The browser journeys: the built bundle in dist/, served by `cargo xtask serve` under the production headers.
import { defineConfig } from "@playwright/test";

const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
};

const projects = [{ name: "fake", testIgnore: /real\.spec\.mjs/ }];
// The real server is asked only where somebody started one.
if (process.env.LIVY_REAL) projects.push({ name: "real", testMatch: /real\.spec\.mjs/, timeout: 120_000 });

export default defineConfig({
  testDir: ".",
  outputDir: "results",
  projects,
  // One more than the cores of a small machine: most journeys wait for a log to grow.
  workers: 3,
  fullyParallel: true,
  forbidOnly: true,
  // Other work of the machine can take a journey its time: in a long unattended run it is walked once more, and named as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 45_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: { launchOptions, browserName: "chromium", viewport: { width: 1280, height: 900 }, locale: "en-GB" },
});
