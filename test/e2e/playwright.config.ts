import { defineConfig } from '@playwright/test';

/** One browser at a time: the machine is shared, and each test starts its own. */
export default defineConfig({
  testDir: '..',
  testMatch: ['e2e/*.spec.ts', 'compliance/*.spec.ts', 'third-party/*.spec.ts'],
  outputDir: '../../test-results',
  workers: 1,
  timeout: 120_000,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  globalSetup: './global-setup.ts',
});
