import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { expect, it, onTestFinished } from 'vitest';
import { contractApp, runHost, temporaryFolder, writeApp } from './run-host';

const root = path.resolve(import.meta.dirname, '../../..');
const dist = path.join(root, 'e2e/electron-stand-in/dist');

it('has what a distribution of Electron has: the executable and its version', () => {
  const { version } = JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8'),
  ) as {
    readonly version: string;
  };
  expect(fs.readFileSync(path.join(dist, 'version'), 'utf8')).toBe(version);
  expect(fs.statSync(path.join(dist, 'electron')).mode & 0o111).not.toBe(0);
});

it('is run by the electron package through ELECTRON_OVERRIDE_DIST_PATH', async () => {
  const folder = temporaryFolder(onTestFinished);
  const app = writeApp(folder, `require('electron').app.exit(process.versions.electron ? 4 : 5);`);
  const cli = path.join(root, 'node_modules/electron/cli.js');
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist };
  const run = promisify(execFile)(process.execPath, [cli, app, `--user-data-dir=${folder}/data`], { env });
  await expect(run).rejects.toMatchObject({ code: 4 });
});

it('is Node when ELECTRON_RUN_AS_NODE says so', () => {
  const output = execFileSync(path.join(dist, 'electron'), ['-p', '6 * 7'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
  });
  expect(output.trim()).toBe('42');
});

it('lets another program attach to its page over the debugging port', async () => {
  const folder = temporaryFolder(onTestFinished);
  const run = runHost([
    contractApp,
    `--user-data-dir=${folder}/data`,
    '--remote-debugging-port=0',
    '--hidden',
  ]);
  const [, endpoint] = await run.until(/DevTools listening on (ws:\S+)/);
  const browser = await chromium.connectOverCDP(endpoint ?? '');
  const context = browser.contexts()[0];
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  await page?.waitForFunction(() => 'contract' in window);
  expect(await page?.title()).toBe('Contract');
  await browser.close();
  run.child.kill('SIGTERM');
  expect(await run.end()).toBe(0);
});

it('says what is missing instead of an app', async () => {
  const folder = temporaryFolder(onTestFinished);
  const run = runHost([path.join(folder, 'nothing')]);
  expect(await run.end()).toBe(1);
  expect(run.output()).toContain(`Unable to find Electron app at ${folder}/nothing`);
});

it('explains a main script that awaits ready at its top level', async () => {
  const folder = temporaryFolder(onTestFinished);
  fs.writeFileSync(path.join(folder, 'main.mjs'), `import { app } from 'electron'; await app.whenReady();`);
  const run = runHost([path.join(folder, 'main.mjs'), `--user-data-dir=${folder}/data`]);
  expect(await run.end()).toBe(13);
  expect(run.output()).toContain('awaits something at its top level');
});

it('throws by name for what it does not implement', async () => {
  const folder = temporaryFolder(onTestFinished);
  const app = writeApp(folder, `require('electron').autoUpdater.checkForUpdates();`);
  const run = runHost([app]);
  expect(await run.end()).toBe(1);
  expect(run.output()).toContain('autoUpdater.checkForUpdates is not implemented');
});
