import { currentUrl, expect, test } from './contract-app';

test('a link asks will-navigate, and stays when the app prevents it', async ({ electronApp, page }) => {
  await electronApp.evaluate(({ BrowserWindow, ipcMain }) => {
    const asked: unknown[] = [];
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.on('will-navigate', (event) => {
      asked.push([event.url, event.isMainFrame, event.isSameDocument]);
      event.preventDefault();
    });
    ipcMain.handle('asked', () => asked);
  });
  await page.click('#second', { noWaitAfter: true });
  await expect
    .poll(() => page.evaluate(() => window.contract.invoke('asked')))
    .toEqual([['app://contract/second.html', true, false]]);
  expect(await currentUrl(electronApp)).toBe('app://contract/index.html');
});

test('a link that nobody prevents navigates, and the app’s own loads do not ask', async ({
  electronApp,
  page,
}) => {
  await electronApp.evaluate(({ BrowserWindow, ipcMain }) => {
    const asked: string[] = [];
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', ({ url }) => asked.push(url));
    ipcMain.handle('asked', () => asked);
  });
  await page.click('#second');
  await expect(page.getByRole('heading', { name: 'Second' })).toBeVisible();
  expect(await currentUrl(electronApp)).toBe('app://contract/second.html');
  await electronApp.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.loadURL('app://contract/index.html'),
  );
  await expect(page.getByRole('heading', { name: 'Contract' })).toBeVisible();
  expect(await page.evaluate(() => window.contract.invoke('asked'))).toEqual(['app://contract/second.html']);
});

test('a hash is a navigation in the page: no will-navigate, no new preload', async ({
  electronApp,
  page,
}) => {
  await electronApp.evaluate(({ BrowserWindow, ipcMain }) => {
    const happened: unknown[] = [];
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.on('will-navigate', () => happened.push('will-navigate'));
    contents?.on('did-navigate-in-page', (_event, url, isMainFrame) => happened.push([url, isMainFrame]));
    ipcMain.on('preload-ran', () => happened.push('preload'));
    ipcMain.handle('happened', () => happened);
  });
  await page.click('#hash');
  await expect
    .poll(() => page.evaluate(() => window.contract.invoke('happened')))
    .toEqual([['app://contract/index.html#part', true]]);
});

test('a load reports its steps in order', async ({ electronApp }) => {
  const steps = await electronApp.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) return [];
    const names = [
      'did-start-loading',
      'did-navigate',
      'dom-ready',
      'did-finish-load',
      'did-stop-loading',
    ] as const;
    const seen: string[] = [];
    const stopped = new Promise<void>((resolve) =>
      contents.once('did-stop-loading', () => {
        resolve();
      }),
    );
    const emitter: NodeJS.EventEmitter = contents;
    for (const name of names) emitter.on(name, () => seen.push(name));
    await contents.loadURL('app://contract/second.html');
    await stopped;
    return seen;
  });
  expect(steps).toEqual([
    'did-start-loading',
    'did-navigate',
    'dom-ready',
    'did-finish-load',
    'did-stop-loading',
  ]);
});

test('loadURL rejects with the name and number of the network’s error, and a status is not an error', async ({
  electronApp,
}) => {
  const outcomes = await electronApp.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const load = async (url: string): Promise<unknown> => {
      try {
        await contents?.loadURL(url);
        return 'loaded';
      } catch (error) {
        const { message, code, errno } = error as Error & { readonly code: string; readonly errno: number };
        return [message, code, errno];
      }
    };
    return [
      await load('app://contract/throw'),
      await load('app://contract/error'),
      await load('app://contract/no-such-page'),
      await load('http://127.0.0.1:1/'),
    ];
  });
  expect(outcomes).toEqual([
    ["ERR_UNEXPECTED (-9) loading 'app://contract/throw'", 'ERR_UNEXPECTED', -9],
    ["ERR_FAILED (-2) loading 'app://contract/error'", 'ERR_FAILED', -2],
    'loaded',
    ["ERR_UNSAFE_PORT (-312) loading 'http://127.0.0.1:1/'", 'ERR_UNSAFE_PORT', -312],
  ]);
});

test('a load nobody looks at may fail without harm, and a newer load aborts an older one', async ({
  electronApp,
}) => {
  const outcome = await electronApp.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    void contents?.loadURL('app://contract/throw');
    await new Promise<void>((resolve) =>
      contents?.once('did-fail-load', () => {
        resolve();
      }),
    );
    const older = contents?.loadURL('app://contract/second.html').then(
      () => 'loaded',
      (error: unknown) => (error as Error & { readonly code: string }).code,
    );
    await contents?.loadURL('app://contract/index.html');
    return [await older, contents?.getURL()];
  });
  expect(outcome).toEqual(['ERR_ABORTED', 'app://contract/index.html']);
});

test('a new window is asked for with its address and name, and a denied one never exists', async ({
  electronApp,
  page,
}) => {
  await electronApp.evaluate(({ app, BrowserWindow, ipcMain }) => {
    const asked: unknown[] = [];
    app.on('browser-window-created', () => asked.push('created'));
    BrowserWindow.getAllWindows()[0]?.webContents.setWindowOpenHandler(({ url, frameName, disposition }) => {
      asked.push([url, frameName, disposition]);
      return { action: 'deny' };
    });
    ipcMain.handle('asked', () => [asked, BrowserWindow.getAllWindows().length]);
  });
  await page.click('#blank', { noWaitAfter: true });
  const first = ['https://example.invalid/somewhere', '', 'foreground-tab'];
  await expect.poll(() => page.evaluate(() => window.contract.invoke('asked'))).toEqual([[first], 1]);
  await page.evaluate(() => {
    window.open('https://example.invalid/popup', 'named', 'width=300,height=200');
  });
  const second = ['https://example.invalid/popup', 'named', 'new-window'];
  await expect.poll(() => page.evaluate(() => window.contract.invoke('asked'))).toEqual([[first, second], 1]);
});

test('an allowed window is a BrowserWindow with the handler’s options', async ({ electronApp, page }) => {
  await electronApp.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setWindowOpenHandler(() => ({
      action: 'allow',
      overrideBrowserWindowOptions: { width: 321, height: 234, show: false },
    }));
  });
  await page.evaluate(() => {
    window.open('app://contract/second.html');
  });
  const opened = (): Promise<unknown> =>
    electronApp.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.getSize()[0] === 321)
        .map((window) => window.webContents.getURL()),
    );
  await expect.poll(opened).toEqual(['app://contract/second.html']);
});
