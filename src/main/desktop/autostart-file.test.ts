import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { autostartFile, writeAutostart } from './autostart-file';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'autostart-'));
  file = join(folder, 'config', 'autostart', 'gatepass.desktop');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const text = () => readFileSync(file, 'utf8');
const command = ['/opt/Gatepass/gatepass', '--hidden'];

test.each([
  ['/home/alice/.config/autostart/gatepass.desktop', {}],
  ['/xdg/autostart/gatepass.desktop', { XDG_CONFIG_HOME: '/xdg' }],
  ['/home/alice/.config/autostart/gatepass.desktop', { XDG_CONFIG_HOME: 'relative' }],
  ['/home/alice/.config/autostart/gatepass.desktop', { XDG_CONFIG_HOME: '' }],
])('the entry is %s with %j', (expected, env) => {
  expect(autostartFile({ env, homeFolder: '/home/alice' })).toBe(expected);
});

test('an entry is written, with its folders, and starts the app without a window', async () => {
  expect(await writeAutostart(file, command, true)).toEqual({ ok: true, value: undefined });
  expect(text().split('\n')).toEqual([
    '[Desktop Entry]',
    'Type=Application',
    'Name=Gatepass',
    'Exec="/opt/Gatepass/gatepass" "--hidden"',
    'Terminal=false',
    'X-Gatepass-Setting=launch_at_login',
    '',
  ]);
});

test('a path with characters that mean something in an entry is escaped', async () => {
  await writeAutostart(file, ['/opt/100% "A" $b `c` d\\e'], true);
  expect(text()).toContain(String.raw`Exec="/opt/100%% \\"A\\" \\$b \\` + '`c\\\\` d' + String.raw`\\\\e"`);
});

test('an entry that is right already is not written again', async () => {
  await writeAutostart(file, command, true);
  utimesSync(file, 1, 1);
  await writeAutostart(file, command, true);
  expect(statSync(file).mtimeMs).toBe(1000);
  await writeAutostart(file, ['/elsewhere/gatepass', '--hidden'], true);
  expect(text()).toContain('"/elsewhere/gatepass"');
});

test('an own entry goes when it is not wanted any more; one of somebody else stays', async () => {
  await writeAutostart(file, command, true);
  await writeAutostart(file, command, false);
  expect(() => statSync(file)).toThrow('ENOENT');
  await writeAutostart(file, command, false);

  writeFileSync(file, '[Desktop Entry]\nExec=my-own-start\n');
  await writeAutostart(file, command, false);
  expect(text()).toContain('my-own-start');
});

test('an entry that cannot be written is named, and nothing is thrown', async () => {
  mkdirSync(dirname(dirname(file)), { recursive: true });
  writeFileSync(dirname(file), 'a file where the folder should be');
  expect(await writeAutostart(file, command, true)).toEqual({
    ok: false,
    failure: { code: 'LAUNCH_AT_LOGIN_FAILED', params: { reason: 'ENOTDIR' } },
  });
});
