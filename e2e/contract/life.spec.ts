import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { hostEnvironment } from '../fixtures/launch';
import { resolveHost } from '../fixtures/host';
import { appDir, expect, test } from './contract-app';

const lines = (file: string): string[] => fs.readFileSync(file, 'utf8').trimEnd().split('\n');

test('a start and a quit happen in Electron’s order', async ({ open }, testInfo) => {
  const file = testInfo.outputPath('events');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const { close } = await open({ env: { CONTRACT_EVENTS: file } });
  await close();
  expect(lines(file)).toEqual([
    'will-finish-launching',
    'ready',
    'whenReady',
    'before-quit',
    'close',
    'closed',
    'will-quit',
    'quit 0',
  ]);
});

test('a prevented before-quit and a prevented close each keep the app', async ({ electronApp }) => {
  const before = await electronApp.evaluate(({ app, BrowserWindow }) => {
    app.once('before-quit', (event) => {
      event.preventDefault();
    });
    app.quit();
    const count = contract.events.length;
    BrowserWindow.getAllWindows()[0]?.once('close', (event) => {
      event.preventDefault();
    });
    app.quit();
    return count;
  });
  const since = (): Promise<string[]> =>
    electronApp.evaluate((_electron, count) => contract.events.slice(count), before);
  await expect.poll(since).toEqual(['before-quit', 'close']);
  expect(await electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a prevented will-quit keeps the app, without its windows', async ({ electronApp }) => {
  const before = await electronApp.evaluate(({ app }) => {
    app.once('will-quit', (event) => {
      event.preventDefault();
    });
    const count = contract.events.length;
    app.quit();
    return count;
  });
  const since = (): Promise<string[]> =>
    electronApp.evaluate((_electron, count) => contract.events.slice(count), before);
  await expect.poll(since).toEqual(['before-quit', 'close', 'closed', 'will-quit']);
  expect(await electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);
});

test('closing the last window is window-all-closed, and the app may stay', async ({ open }) => {
  const { electronApp } = await open({ env: { CONTRACT_STAY: 'yes' } });
  const seen = await electronApp.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    const closed = new Promise<void>((resolve) =>
      window?.once('closed', () => {
        resolve();
      }),
    );
    window?.close();
    await closed;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    const attempt = (): string => {
      try {
        window?.getTitle();
        return 'answered';
      } catch (error) {
        return (error as Error).message;
      }
    };
    return [
      contract.events.slice(-3),
      BrowserWindow.getAllWindows().length,
      window?.isDestroyed(),
      attempt(),
    ] as unknown[];
  });
  expect(seen).toEqual([['close', 'closed', 'window-all-closed'], 0, true, 'Object has been destroyed']);
});

test('an app with all windows closed can open another', async ({ open }) => {
  const { electronApp } = await open({ env: { CONTRACT_STAY: 'yes' } });
  const title = await electronApp.evaluate(async ({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.destroy();
    const window = contract.createWindow();
    await new Promise<void>((resolve) =>
      window.webContents.once('did-finish-load', () => {
        resolve();
      }),
    );
    return window.webContents.executeJavaScript('document.title') as Promise<string>;
  });
  expect(title).toBe('Contract');
});

test('SIGTERM quits as a person does', async ({ open }, testInfo) => {
  const file = testInfo.outputPath('events');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const { electronApp } = await open({ env: { CONTRACT_EVENTS: file } });
  const gone = electronApp.waitForEvent('close');
  electronApp.process().kill('SIGTERM');
  await gone;
  expect(lines(file).slice(-5)).toEqual(['before-quit', 'close', 'closed', 'will-quit', 'quit 0']);
});

test('work before ready ends with the code of app.exit', async ({ host }, testInfo) => {
  const child = spawn(
    host.executablePath,
    [
      ...(host.kind === 'electron' ? ['--no-sandbox'] : []),
      appDir,
      `--user-data-dir=${testInfo.outputPath('data')}`,
      '--report',
    ],
    { env: hostEnvironment({}), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number];
  expect(JSON.parse(output)).toEqual({
    name: 'Contract App',
    userData: testInfo.outputPath('data'),
    ready: expect.any(Boolean),
  });
  expect(code).toBe(7);
});

test('one instance per user-data folder: the second tells the first and ends', async ({ open }, testInfo) => {
  const { electronApp, userDataDir } = await open({ args: ['--single-instance', '--name=first'] });
  const child = spawn(
    resolveHost().executablePath,
    ['--no-sandbox', appDir, `--user-data-dir=${userDataDir}`, '--single-instance', '--name=second'],
    { env: hostEnvironment({}), stdio: 'ignore', cwd: testInfo.project.testDir },
  );
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
  const heard = (): Promise<string | undefined> =>
    electronApp.evaluate(() => contract.events.find((name) => name.startsWith('second-instance')));
  const told = {
    last: '--name=second',
    workingDirectory: testInfo.project.testDir,
    data: { from: '--name=second' },
  };
  await expect.poll(heard).toBe(`second-instance ${JSON.stringify(told)}`);
  expect(await electronApp.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
});
