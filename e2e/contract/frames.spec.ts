import { expect, test } from './contract-app';

test('senderFrame is the main frame of the page that sent the message', async ({ electronApp, page }) => {
  await electronApp.evaluate(({ BrowserWindow, ipcMain }) => {
    ipcMain.handle('frame', (event) => {
      const { sender, senderFrame } = event;
      return {
        url: senderFrame?.url,
        origin: senderFrame?.origin,
        top: senderFrame?.parent === null,
        isMain: senderFrame === sender.mainFrame,
        isWindow: BrowserWindow.fromWebContents(sender) === BrowserWindow.getAllWindows()[0],
        ids: senderFrame?.routingId === event.frameId && senderFrame.processId === event.processId,
      };
    });
  });
  expect(await page.evaluate(() => window.contract.invoke('frame'))).toEqual({
    url: 'app://contract/index.html',
    origin: 'app://contract',
    top: true,
    isMain: true,
    isWindow: true,
    ids: true,
  });
});

test('a frame tells its children by name, parent and address', async ({ electronApp }) => {
  const frames = await electronApp.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    await contents?.loadURL('app://contract/frame.html');
    const main = contents?.mainFrame;
    return main?.frames.map((frame) => [frame.name, frame.url, frame.parent === main, frame.top === main]);
  });
  expect(frames).toEqual([['inner', 'app://contract/second.html', true, true]]);
});

test('executeJavaScript runs in the page’s world and answers with the value of its promise', async ({
  electronApp,
}) => {
  const [value, world] = await electronApp.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return [
      await contents?.executeJavaScript('Promise.resolve(document.title)'),
      await contents?.executeJavaScript('typeof window.secretOfTheIsolatedWorld'),
    ] as unknown[];
  });
  expect([value, world]).toEqual(['Contract', 'undefined']);
});
