import { expect, test } from 'vitest';
import { placesOn } from './places';

const alice = { env: {}, userName: 'alice' };

test('on Linux', () => {
  expect(placesOn({ ...alice, platform: 'linux', homeFolder: '/home/alice' })).toEqual({
    policyFile: '/etc/gatepass/policy.yaml',
    managedPreferences: [],
    registryKeys: [],
    toolhiveFile: '/home/alice/.config/toolhive/config.yaml',
  });
});

test('on macOS, with what a device management delivers for the person before what it delivers for the computer', () => {
  expect(placesOn({ ...alice, platform: 'darwin', homeFolder: '/Users/alice' })).toEqual({
    policyFile: '/Library/Application Support/Gatepass/policy.yaml',
    managedPreferences: [
      '/Library/Managed Preferences/alice/app.gatepass.desktop.plist',
      '/Library/Managed Preferences/app.gatepass.desktop.plist',
    ],
    registryKeys: [],
    toolhiveFile: '/Users/alice/Library/Application Support/toolhive/config.yaml',
  });
});

test('on Windows, without any policy file', () => {
  const env = { LOCALAPPDATA: 'C:\\Users\\alice\\AppData\\Local' };
  expect(placesOn({ ...alice, env, platform: 'win32', homeFolder: 'C:\\Users\\alice' })).toEqual({
    managedPreferences: [],
    registryKeys: ['HKLM\\SOFTWARE\\Policies\\Gatepass', 'HKCU\\SOFTWARE\\Policies\\Gatepass'],
    toolhiveFile: 'C:\\Users\\alice\\AppData\\Local\\toolhive\\config.yaml',
  });
});

test.each([
  ['linux', '/home/alice', '/conf', '/conf/toolhive/config.yaml'],
  ['darwin', '/Users/alice', '/conf', '/conf/toolhive/config.yaml'],
  ['win32', 'C:\\Users\\alice', 'D:\\conf', 'D:\\conf\\toolhive\\config.yaml'],
] as const)(
  'XDG_CONFIG_HOME moves ToolHive’s file on %s, and counts only as a complete path',
  (platform, homeFolder, folder, file) => {
    const at = (XDG_CONFIG_HOME: string, LOCALAPPDATA?: string) =>
      placesOn({ ...alice, platform, homeFolder, env: { XDG_CONFIG_HOME, LOCALAPPDATA } }).toolhiveFile;
    expect(at(folder)).toBe(file);
    expect(at('conf')).toBe(placesOn({ ...alice, platform, homeFolder }).toolhiveFile);
    expect(at('')).toBe(placesOn({ ...alice, platform, homeFolder }).toolhiveFile);
  },
);

test('without LOCALAPPDATA, ToolHive’s file is looked for where Windows usually has it', () => {
  expect(placesOn({ ...alice, platform: 'win32', homeFolder: 'C:\\Users\\alice' }).toolhiveFile).toBe(
    'C:\\Users\\alice\\AppData\\Local\\toolhive\\config.yaml',
  );
});
