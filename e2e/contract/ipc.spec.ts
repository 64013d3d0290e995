import { expect, test } from './contract-app';

test('invoke resolves with what the handler returns, also when it returns a promise', async ({
  electronApp,
  page,
}) => {
  await electronApp.evaluate(({ ipcMain }) => {
    ipcMain.handle('sum', (_event, a: number, b: number) => Promise.resolve(a + b));
  });
  expect(await page.evaluate(() => window.contract.invoke('sum', 2, 3))).toBe(5);
});

test('the errors of invoke have their texts, and nothing of the handler but its text', async ({
  electronApp,
  page,
}) => {
  await electronApp.evaluate(({ ipcMain }) => {
    ipcMain.handle('fails', () => {
      throw Object.assign(new RangeError('out of range'), { code: 'E_RANGE' });
    });
    ipcMain.handle('unclonable', () => () => 1);
  });
  const errors = await page.evaluate(() =>
    Promise.all(
      ['fails', 'unclonable', 'nobody'].map((channel) =>
        window.contract.invoke(channel).then(
          () => ({ message: 'resolved', keys: [] as string[] }),
          (error: unknown) => {
            const { message } = error as Error;
            return { message, keys: Object.keys(error as object) };
          },
        ),
      ),
    ),
  );
  expect(errors).toEqual([
    { message: "Error invoking remote method 'fails': RangeError: out of range", keys: [] },
    { message: "Error invoking remote method 'unclonable': Error: An object could not be cloned.", keys: [] },
    { message: "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'", keys: [] },
  ]);
});

test('a channel has one handler until it is removed; handleOnce removes itself', async ({
  electronApp,
  page,
}) => {
  const second = await electronApp.evaluate(({ ipcMain }) => {
    ipcMain.handleOnce('once', () => 'first');
    try {
      ipcMain.handle('once', () => 'second');
      return 'registered';
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(second).toBe("Attempted to register a second handler for 'once'");
  const results = await page.evaluate(async () => [
    await window.contract.invoke('once'),
    await window.contract.invoke('once').catch((error: unknown) => (error as Error).message),
  ]);
  expect(results).toEqual([
    'first',
    "Error invoking remote method 'once': Error: No handler registered for 'once'",
  ]);
});

test('a webContents’ own ipc serves before ipcMain, and hears what ipcMain hears', async ({
  electronApp,
  page,
}) => {
  await electronApp.evaluate(({ BrowserWindow, ipcMain }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    ipcMain.handle('who', () => 'ipcMain');
    contents?.ipc.handle('who', () => 'webContents');
    const heard: string[] = [];
    contents?.on('ipc-message', (_event, channel) => heard.push(`event ${channel}`));
    contents?.ipc.on('note', () => heard.push('webContents'));
    ipcMain.on('note', () => heard.push('ipcMain'));
    ipcMain.handle('heard', () => heard);
  });
  expect(await page.evaluate(() => window.contract.invoke('who'))).toBe('webContents');
  await page.evaluate(() => {
    window.contract.send('note');
  });
  expect(await page.evaluate(() => window.contract.invoke('heard'))).toEqual([
    'event note',
    'webContents',
    'ipcMain',
  ]);
});

test('messages and answers keep their order in both directions', async ({ electronApp, page }) => {
  await electronApp.evaluate(({ ipcMain }) => {
    const got: number[] = [];
    ipcMain.on('number', (_event, value: number) => got.push(value));
    ipcMain.handle('got', (event) => {
      for (let i = 0; i < 50; i += 1) event.sender.send('back', i);
      return got;
    });
  });
  const { got, back } = await page.evaluate(async () => {
    const collected = window.contract.collect('back');
    for (let i = 0; i < 50; i += 1) window.contract.send('number', i);
    const numbers = await window.contract.invoke('got');
    return { got: numbers, back: collected().map(({ args }) => args[0]) };
  });
  const expected = Array.from({ length: 50 }, (_unused, i) => i);
  expect(got).toEqual(expected);
  expect(back).toEqual(expected);
});

test('reply answers the frame that asked; a removed listener hears nothing more', async ({
  electronApp,
  page,
}) => {
  await electronApp.evaluate(({ ipcMain }) => {
    ipcMain.on('question', (event, value: number) => {
      event.reply('answer', value * 2);
    });
    ipcMain.handle('done', () => true);
  });
  const heard = await page.evaluate(async () => {
    const collected = window.contract.collect('answer');
    window.contract.send('question', 21);
    await window.contract.invoke('done');
    window.contract.stopCollecting('answer');
    window.contract.send('question', 1);
    await window.contract.invoke('done');
    return collected();
  });
  expect(heard).toEqual([{ args: [42], hasSender: true }]);
});
