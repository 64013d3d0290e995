import { expect, test } from './contract-app';

test('a page sees the exposed object and nothing else of the preload or of Node', async ({
  page,
  electronApp,
}) => {
  expect(await page.evaluate(() => window.seenByThePage)).toEqual({
    bridge: 'object',
    secret: 'undefined',
    require: 'undefined',
    process: 'undefined',
    electron: 'undefined',
  });
  const { version, argv, sandboxed } = await page.evaluate(() => {
    const { version: electron, argv: list, sandboxed: inSandbox } = window.contract;
    return { version: electron, argv: list, sandboxed: inSandbox };
  });
  expect(version).toBe(await electronApp.evaluate(() => process.versions.electron));
  expect(argv).toContain('--from-main=yes');
  expect(sandboxed).toBe(true);
});

test('an exposed object is frozen through and through and cannot be replaced', async ({ page }) => {
  const state = await page.evaluate(() => {
    const property = Object.getOwnPropertyDescriptor(window, 'contract');
    return {
      writable: property?.writable,
      configurable: property?.configurable,
      frozen: [
        window.contract,
        window.contract.invoke,
        window.contract.nested,
        window.contract.nested.list,
      ].map((value) => Object.isFrozen(value)),
      redefine: (() => {
        try {
          Object.defineProperty(window, 'contract', { value: 1 });
          return 'redefined';
        } catch (error) {
          return (error as Error).name;
        }
      })(),
    };
  });
  expect(state).toEqual({
    writable: false,
    configurable: false,
    frozen: [true, true, true, true],
    redefine: 'TypeError',
  });
});

test('values crossing contextBridge are copied: bytes as bytes, errors as their text', async ({ page }) => {
  const seen = await page.evaluate(() => {
    const { list, bytes, error } = window.contract.nested;
    const circular: Record<string, unknown> = { name: 'page' };
    circular['self'] = circular;
    const back = window.contract.identity(circular) as typeof circular;
    return {
      list,
      bytes: [bytes instanceof Uint8Array, [...bytes]],
      error: [error instanceof Error, error.message],
      circular: [back !== circular, back['self'] === back],
      date: window.contract.identity(new Date(5)) instanceof Date,
      described: window.contract.describe(new TypeError('mine')).isError,
    };
  });
  expect(seen).toEqual({
    list: [1, { deep: true }],
    bytes: [true, [1, 2, 3]],
    error: [true, 'kept as text'],
    circular: [true, true],
    date: true,
    described: true,
  });
});

test('functions and promises cross contextBridge as proxies; exceptions cross as an Error with the message', async ({
  page,
}) => {
  const seen = await page.evaluate(async () => {
    const messageOf = (action: () => unknown): string => {
      try {
        action();
        return 'returned';
      } catch (error) {
        return `${(error as Error).constructor === Error ? 'Error' : 'other'}: ${(error as Error).message}`;
      }
    };
    return {
      callback: window.contract.callBack((count, { from }) => `${from} ${count}`),
      thrown: messageOf(() => window.contract.throwError()),
      text: messageOf(() => window.contract.throwText()),
      rejected: await window.contract.reject().catch((error: unknown) => (error as Error).message),
      awaited: await (window.contract.identity(Promise.resolve('later')) as Promise<string>),
    };
  });
  expect(seen).toEqual({
    callback: 'preload 2',
    thrown: 'Error: thrown in the preload',
    text: 'Error: An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.',
    rejected: 'rejected in the preload',
    awaited: 'later',
  });
});

test('a preload cannot expose over what the window has, nor require what a sandbox lacks', async ({
  page,
}) => {
  const outcome = await page.evaluate(() => [
    window.contract.exposeAgain('contract'),
    window.contract.exposeAgain('document'),
    window.contract.requireOther('node:fs'),
  ]);
  const bound = 'Cannot bind an API on top of an existing property on the window object';
  expect(outcome.slice(0, 2)).toEqual([bound, bound]);
  expect(outcome[2]).toContain('module not found: node:fs');
});

test('every document gets a fresh preload, in the top frame only', async ({ electronApp, page }) => {
  await electronApp.evaluate(({ ipcMain }) => {
    const ran: string[] = [];
    ipcMain.on('preload-ran', (_event, { href }: { href: string }) => ran.push(new URL(href).pathname));
    ipcMain.handle('ran', () => ran);
  });
  await electronApp.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.loadURL('app://contract/frame.html'),
  );
  await page.waitForFunction(() => typeof window.contract === 'object');
  expect(await page.evaluate(() => window.contract.invoke('ran'))).toEqual(['/frame.html']);
  const inner = page.frame('inner');
  expect(await inner?.evaluate(() => typeof window.contract)).toBe('undefined');
});
