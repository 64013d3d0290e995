import { expect, test } from 'vitest';
import { unusable } from '../yaml-values';
import { isSwitch, nativePolicy, settingNamed } from './native-policy';

test('a setting has the name that it has in a file, in capitals or not', () => {
  expect(settingNamed('gateway.enabled')).toBe('gateway.enabled');
  expect(settingNamed('Gateway.Enabled')).toBe('gateway.enabled');
  expect(settingNamed('gateway')).toBeUndefined();
  expect(settingNamed('nobody_knows')).toBeUndefined();
});

test('what is true or false is told apart from numbers and texts', () => {
  expect([isSwitch('gateway.enabled'), isSwitch('gateway.port'), isSwitch('theme')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('what stands at the top is enforced, what stands below Defaults is suggested', () => {
  const registries = [{ id: 'acme' }];
  const { value } = nativePolicy({
    Registries: registries,
    theme: 'dark',
    Defaults: { registries: [], 'gateway.enabled': true },
  });
  expect(value).toEqual({
    enforced: { registries, settings: { theme: 'dark' } },
    defaults: { registries: [], settings: { gateway: { enabled: true } } },
  });
});

test('dotted names of one setting meet in one mapping', () => {
  const { value } = nativePolicy({ 'gateway.enabled': true, 'Gateway.Port': 4000 });
  expect(value).toMatchObject({ enforced: { settings: { gateway: { enabled: true, port: 4000 } } } });
});

test.each([
  ['a setting', { theme: 'dark', Theme: 'light' }, { theme: unusable }],
  ['an inner one', { 'gateway.port': 1, 'Gateway.Port': 2 }, { gateway: { port: unusable } }],
])('%s that is given twice has no value', (_what, top, settings) => {
  expect(nativePolicy(top).value).toMatchObject({ enforced: { settings } });
});

test('two lists of registries are none', () => {
  expect(nativePolicy({ registries: [], Registries: [] }).value).toMatchObject({
    enforced: { registries: unusable },
  });
});

test('defaults that are no dictionary are left for the check that refuses them', () => {
  expect(nativePolicy({ Defaults: 'dark' }).value).toMatchObject({ defaults: 'dark' });
});

test('no name reaches an object that others share', () => {
  const { value } = nativePolicy(
    JSON.parse('{"__proto__": {"theme": "dark"}, "constructor": 1}') as Readonly<Record<string, unknown>>,
  );
  expect({}).not.toHaveProperty('theme');
  expect(value).toMatchObject({ enforced: {} });
});
