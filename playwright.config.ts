import { defineConfig } from '@playwright/test';
import { resolveHost } from './e2e/fixtures/host';

const host = resolveHost();
// Workers read this file too; the report says it once.
if (process.env['TEST_WORKER_INDEX'] === undefined)
  console.log(`Host: ${host.kind} (${host.executablePath})`);

export default defineConfig({
  testDir: 'e2e',
  testMatch: ['specs/**/*.spec.ts', 'contract/**/*.spec.ts'],
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // No spec measures time by its limit: these only end what hangs, also on a machine that is busy with other things.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  metadata: { host: host.kind },
});
