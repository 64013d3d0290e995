import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startApp, type StartedApp } from '../../e2e/fixtures/launch';
import { pipeName } from '../../src/contract/pipe';
import { writeRegistries } from './registries-file';

/** An app in a window of the host at hand, and the moment its process was asked for, milliseconds since the epoch. */
export interface RunningWindow extends StartedApp {
  readonly page: Page;
  readonly askedAt: number;
}

// Bundled, this module lies in dist/bench.
const root = join(import.meta.dirname, '../..');

/** A window with one word in it. */
export const blankWindow = (folder: string): Promise<RunningWindow> =>
  start(join(root, 'bench/blank-app'), folder);

/** Gatepass itself, configured for so many registries; what it starts with is what main.ts starts. */
export function gatepassWindow(
  folder: string,
  registries: number,
  provider?: { readonly issuer: string },
): Promise<RunningWindow> {
  writeRegistries(folder, registries, provider);
  return start(root, folder);
}

async function start(appDir: string, userDataDir: string): Promise<RunningWindow> {
  const askedAt = performance.timeOrigin + performance.now();
  const started = await startApp({ appDir, userDataDir, args: ['--policy-dir=/nonexistent'] });
  const page = await started.electronApp.firstWindow();
  // Before its preload has run, the window may show the blank page it began with.
  await page.waitForFunction((name) => typeof Reflect.get(window, name) === 'object', pipeName);
  await page.waitForLoadState('load');
  return { ...started, page, askedAt };
}
