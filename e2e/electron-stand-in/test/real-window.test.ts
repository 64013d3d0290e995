import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Page } from '@playwright/test';
import { expect, it, onTestFinished } from 'vitest';
import { processesNaming, runHost, temporaryFolder, writeApp } from './run-host';

/** A window on a page of its own, and whether it is visible. */
const APP = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(async () => {
  const window = new BrowserWindow({ width: 700, height: 500 });
  await window.loadURL('data:text/html,' + encodeURIComponent(
    '<!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1></main></html>'));
  console.log('window is loaded');
});
`;

/** A display without a screen, from Xvfb; its name. */
async function virtualDisplay(): Promise<string> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => {
    server.kill();
  });
  const numbers = server.stdio[3];
  if (!numbers) throw new Error('Xvfb has no pipe');
  const [chunk] = (await once(numbers, 'data')) as [Buffer];
  return `:${chunk.toString('utf8').trim()}`;
}

interface Seen {
  readonly page: Page;
  /** Whether Chromium was started without a window, by its own command line. */
  readonly headless: boolean;
  readonly end: () => Promise<number | string>;
}

async function open(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Seen> {
  const folder = temporaryFolder(onTestFinished);
  const app = writeApp(folder, APP);
  const run = runHost([app, `--user-data-dir=${folder}/data`, '--remote-debugging-port=0', ...args], env);
  const [, endpoint] = await run.until(/DevTools listening on (ws:\S+)/);
  await run.until(/window is loaded/);
  const browser = await chromium.connectOverCDP(endpoint ?? '');
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error('no page');
  const headless = [...processesNaming(`${folder}/data`).values()].some((line) =>
    line.includes('--headless'),
  );
  return {
    page,
    headless,
    end: async () => {
      await browser.close();
      run.child.kill('SIGTERM');
      return run.end();
    },
  };
}

const banners = (page: Page): Promise<number> => page.locator('electron-stand-in-banner').count();

it('shows a real window with a banner where there is a display, and the banner changes nothing of the page', async () => {
  const display = await virtualDisplay();
  const { page, headless, end } = await open([], { DISPLAY: display });
  expect(headless).toBe(false);
  await expect.poll(() => banners(page)).toBe(1);
  const layout = await page.evaluate(() => [
    document.body.children.length,
    document.documentElement.scrollHeight <= innerHeight,
    document.elementFromPoint(innerWidth / 2, innerHeight - 4)?.tagName,
  ]);
  expect(layout).toEqual([1, true, 'HTML']);
  // One script for the page; the other way opens a page of its own, which an app's window cannot.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations).toEqual([]);
  expect(await end()).toBe(0);
});

it('shows none with --hidden, and none when a test runs it', async () => {
  const display = await virtualDisplay();
  for (const [args, env] of [[['--hidden'], {}] as const, [[], { STAND_IN_HEADLESS: '1' }] as const]) {
    const { page, headless, end } = await open(args, { DISPLAY: display, ...env });
    expect(headless).toBe(true);
    expect(await banners(page)).toBe(0);
    expect(await end()).toBe(0);
  }
});
