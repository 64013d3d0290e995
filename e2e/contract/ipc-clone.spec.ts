import { expect, test } from './contract-app';

test('structured clone carries what it carries from the preload to the main process', async ({ page }) => {
  const arrived = await page.evaluate(async () => {
    const names = [
      'date',
      'regexp',
      'map',
      'typed',
      'buffer',
      'bigint',
      'holes',
      'error',
      'circular',
      'instance',
    ];
    const pairs = names.map(
      async (name) => [name, await window.contract.invokeClone('describe', name)] as const,
    );
    return Object.fromEntries(await Promise.all(pairs));
  });
  expect(arrived).toEqual({
    date: ['Date', String(new Date(86_400_000))],
    regexp: ['RegExp', '/ab+c/giu'],
    map: ['Map', [['key', [1, 2]]]],
    typed: ['Uint16Array', [1, 2, 65535]],
    buffer: ['ArrayBuffer', [0, 255]],
    bigint: ['BigInt', '12345678901234567890'],
    holes: [
      'Object',
      [
        ['missing', 'undefined'],
        ['nan', 'NaN'],
        ['minusZero', '-0'],
        ['infinity', 'Infinity'],
      ],
      true,
    ],
    error: ['Error', 'RangeError', 'out of range'],
    circular: ['Object', true],
    // A class instance loses its class; what its prototype computed is gone.
    instance: ['Object', [['x', '1']], true],
  });
});

test('what cannot be cloned is refused where it is sent: by a rejection, and by an exception', async ({
  page,
}) => {
  const refused = await page.evaluate(async () => {
    const names = ['func', 'promise', 'symbol', 'node'];
    const outcomes = names.map(async (name) => [
      name,
      await window.contract.invokeClone('echo', name).then(
        () => 'sent',
        (error: unknown) => (error as Error).message,
      ),
      window.contract.sendClone('echo', name),
    ]);
    return Promise.all(outcomes);
  });
  const message = 'An object could not be cloned.';
  expect(refused).toEqual(['func', 'promise', 'symbol', 'node'].map((name) => [name, message, message]));
});

test('the main process’s values arrive in the page: a Buffer as bytes, errors by name', async ({
  electronApp,
  page,
}) => {
  await electronApp.evaluate(({ ipcMain }) => {
    ipcMain.handle('values', () => ({
      buffer: Buffer.from('abc'),
      date: new Date(0),
      error: new TypeError('wrong type'),
      list: [undefined, null, -0],
      set: new Set(['a']),
    }));
    ipcMain.handle('function', () => [() => 1]);
  });
  const seen = await page.evaluate(async () => {
    const values = (await window.contract.invoke('values')) as Record<string, never>;
    const list = values['list'] as unknown as unknown[];
    return {
      buffer: [
        Object.prototype.toString.call(values['buffer']),
        [...(values['buffer'] as unknown as Uint8Array)],
      ],
      date: Object.prototype.toString.call(values['date']),
      error: (values['error'] as unknown as Error).message,
      list: [list.length, list[0] === undefined, list[1], Object.is(list[2], -0)],
      set: [...(values['set'] as unknown as Set<string>)],
    };
  });
  expect(seen).toEqual({
    buffer: ['[object Uint8Array]', [97, 98, 99]],
    date: '[object Date]',
    error: 'wrong type',
    list: [3, true, null, true],
    set: ['a'],
  });
  const thrown = await electronApp.evaluate(({ BrowserWindow }) => {
    try {
      BrowserWindow.getAllWindows()[0]?.webContents.send('channel', () => 1);
      return 'sent';
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(thrown).toContain('could not be cloned');
});

test('one megabyte of text and of bytes survives the way there and back', async ({ page }) => {
  const intact = await page.evaluate(async () => {
    const text = 'é🔑x'.repeat(300_000);
    const bytes = Uint8Array.from({ length: 1_000_000 }, (_unused, i) => i % 251);
    const [back, bytesBack] = (await window.contract.invoke('echo', text, bytes)) as [string, Uint8Array];
    return (
      back === text && bytesBack.length === bytes.length && bytesBack.every((byte, i) => byte === bytes[i])
    );
  });
  expect(intact).toBe(true);
});
