/* eslint-disable @typescript-eslint/no-deprecated -- safeStorage's synchronous calls are still Electron's */
import { expect, test } from './contract-app';

test('openExternal opens the system’s browser, once', async ({ opened }) => {
  await opened.electronApp.evaluate(({ shell }) =>
    shell.openExternal('https://example.invalid/authorize?state=a%20b&x=1'),
  );
  expect(await opened.openedUrls()).toEqual(['https://example.invalid/authorize?state=a%20b&x=1']);
});

test('safeStorage seals and opens, and refuses what it did not seal', async ({ electronApp }) => {
  const outcome = await electronApp.evaluate(async ({ safeStorage }) => {
    const messageOf = (action: () => unknown): string => {
      try {
        return String(action());
      } catch (error) {
        return (error as Error).message;
      }
    };
    const sealed = safeStorage.encryptString('a refresh token');
    return {
      available: safeStorage.isEncryptionAvailable(),
      hidden: !sealed.includes('a refresh token'),
      opened: safeStorage.decryptString(sealed),
      later: await safeStorage.decryptStringAsync(await safeStorage.encryptStringAsync('later')),
      fresh: !sealed.equals(safeStorage.encryptString('a refresh token')),
      foreign: messageOf(() => safeStorage.decryptString(Buffer.from('plain text'))),
    };
  });
  expect(outcome).toEqual({
    available: true,
    hidden: true,
    opened: 'a refresh token',
    later: { result: 'later', shouldReEncrypt: false },
    fresh: true,
    foreign:
      'Error while decrypting the ciphertext provided to safeStorage.decryptString. Ciphertext does not appear to be encrypted.',
  });
});

test('the permission handlers decide what a page may do', async ({ electronApp, page }) => {
  await electronApp.evaluate(({ ipcMain, session }) => {
    const asked: unknown[] = [];
    session.defaultSession.setPermissionCheckHandler(() => false);
    session.defaultSession.setPermissionRequestHandler(
      (_contents, permission, callback, { requestingUrl, isMainFrame }) => {
        asked.push([permission, requestingUrl, isMainFrame]);
        callback(false);
      },
    );
    ipcMain.handle('asked', () => asked);
  });
  const code = await page.evaluate(
    () =>
      new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => {
            resolve('located');
          },
          (error) => {
            resolve(error.code);
          },
        );
      }),
  );
  expect(code).toBe(1);
  expect(await page.evaluate(() => window.contract.invoke('asked'))).toEqual([
    ['geolocation', 'app://contract/index.html', true],
  ]);
});

test('the app’s theme is the page’s colour scheme', async ({ electronApp, page }) => {
  const isDark = (): Promise<boolean> =>
    page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await electronApp.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark';
  });
  await expect.poll(isDark).toBe(true);
  expect(await electronApp.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
  await electronApp.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'light';
  });
  await expect.poll(isDark).toBe(false);
});

test('the app knows its name, version, folder and data folder', async ({ opened }) => {
  const identity = await opened.electronApp.evaluate(({ app, session }) => ({
    name: app.getName(),
    version: app.getVersion(),
    packaged: app.isPackaged,
    folder: app.getAppPath().endsWith('contract/app'),
    userData: app.getPath('userData'),
    argv: process.argv.some((argument) => argument.startsWith('--user-data-dir=')),
    agent: /Chrome\/\S+ Electron\/\S+ Safari/.test(session.defaultSession.getUserAgent()),
  }));
  expect(identity).toEqual({
    name: 'Contract App',
    version: '1.2.3',
    packaged: false,
    folder: true,
    userData: opened.userDataDir,
    argv: true,
    agent: true,
  });
});

test('a menu is found and clicked by its items', async ({ electronApp }) => {
  const clicked = await electronApp.evaluate(({ Menu }) => {
    const seen: string[] = [];
    const menu = Menu.buildFromTemplate([
      { label: 'File', submenu: [{ id: 'open', label: 'Open', click: (item) => seen.push(item.label) }] },
      { id: 'check', label: 'Check', type: 'checkbox' },
    ]);
    Menu.setApplicationMenu(menu);
    const application = Menu.getApplicationMenu();
    application?.getMenuItemById('open')?.click();
    application?.getMenuItemById('check')?.click();
    return [
      seen,
      application?.getMenuItemById('check')?.checked,
      application?.items.map(({ type }) => type),
    ] as unknown[];
  });
  expect(clicked).toEqual([['Open'], true, ['submenu', 'checkbox']]);
});

test('an icon in the tray has a menu, is clicked, and goes', async ({ electronApp }) => {
  const seen = await electronApp.evaluate(({ Menu, nativeImage, Tray }) => {
    const clicks: string[] = [];
    const pixel =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const tray = new Tray(nativeImage.createFromDataURL(pixel));
    tray.setToolTip('Contract');
    tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Open' }]));
    const emitter: NodeJS.EventEmitter = tray;
    emitter.on('click', () => clicks.push('click'));
    emitter.emit('click');
    const before = tray.isDestroyed();
    tray.destroy();
    return [clicks, before, tray.isDestroyed()] as unknown[];
  });
  expect(seen).toEqual([['click'], false, true]);
});

test('a notification has its words and passes on a click', async ({ electronApp }) => {
  const seen = await electronApp.evaluate(({ Notification }) => {
    const notification = new Notification({ title: 'Ended', body: 'Sign in again.' });
    const heard: string[] = [];
    const emitter: NodeJS.EventEmitter = notification;
    emitter.on('click', () => heard.push('click'));
    emitter.emit('click');
    notification.close();
    return [typeof Notification.isSupported(), notification.title, notification.body, heard] as unknown[];
  });
  expect(seen).toEqual(['boolean', 'Ended', 'Sign in again.', ['click']]);
});

test('a window keeps its place, size and visibility, and tells the changes', async ({
  electronApp,
  page,
}) => {
  const seen = await electronApp.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    const events: string[] = [];
    const emitter: NodeJS.EventEmitter | undefined = window;
    for (const name of ['show', 'hide']) emitter?.on(name, () => events.push(name));
    const before = window?.isVisible();
    window?.showInactive();
    const shown = window?.isVisible();
    window?.hide();
    window?.setContentSize(500, 400);
    return [before, shown, window?.isVisible(), window?.getContentSize(), events] as unknown[];
  });
  expect(seen).toEqual([false, true, false, [500, 400], ['show', 'hide']]);
  const title = (): Promise<string | undefined> =>
    electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  await expect.poll(title).toBe('Contract');
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([500, 400]);
});

test('waking up is told to those who listen, and only then', async ({ electronApp }) => {
  const heard = await electronApp.evaluate(({ powerMonitor }) => {
    const seen: string[] = [];
    const monitor: NodeJS.EventEmitter = powerMonitor;
    for (const name of ['suspend', 'resume']) monitor.on(name, () => seen.push(name));
    const before = [...seen];
    monitor.emit('suspend');
    monitor.emit('resume');
    return [before, seen] as unknown[];
  });
  expect(heard).toEqual([[], ['suspend', 'resume']]);
});

test('being online is asked of the system each time, and a spec can say otherwise', async ({
  electronApp,
}) => {
  const answers = await electronApp.evaluate(({ net }) => {
    const system = net.isOnline();
    net.isOnline = () => false;
    return [typeof system, net.isOnline()] as unknown[];
  });
  expect(answers).toEqual(['boolean', false]);
});
