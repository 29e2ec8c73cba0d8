import { defineConfig } from '@playwright/test';
import { ARGUMENTS, CHROMIUM } from './appui/navigateur.mjs';

/**
 * Nothing is started here: each file of tests starts its own server (see `appui/serveur.mjs`), on its own data.
 *
 * `cargo xtask e2e` builds what is needed and runs these tests. By hand, once built: `npx playwright test depot`.
 */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  reporter: 'list',
  // Each has a server of its own; as many as the machine that checks has cores.
  workers: 2,
  // A second chance where nobody watches; a test that needs it is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: CHROMIUM, args: ARGUMENTS },
    viewport: { width: 1280, height: 900 },
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
  },
});
