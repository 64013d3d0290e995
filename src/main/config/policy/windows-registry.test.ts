import * as native from 'native-reg';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../base/manual-clock';
import type { Layer } from '../layer';
import type { PolicyReading } from './policy-source';
import { dword, type Key, list, registryOf, sz, value } from './testing/fake-registry';
import { type RegistryCalls, RegistryPolicy } from './windows-registry';

const location = 'HKLM\\SOFTWARE\\Policies\\Gatepass';

const policyOf = (key: Key, at = location) => {
  const { calls } = registryOf({ HKLM: key, HKCU: key });
  return new RegistryPolicy(at, manualClock(), () => Promise.resolve(calls));
};

async function layers(key: Key): Promise<readonly Layer[]> {
  const policy = policyOf(key);
  const reading = await policy.read();
  if (reading.kind !== 'read') throw new Error(reading.kind);
  const interpreted = await policy.interpret(reading.content);
  if (!interpreted.ok) throw new Error(JSON.stringify(interpreted.failure));
  return interpreted.value;
}

test('numbers, texts, lists, registries and defaults are read as the registry has them', async () => {
  const acme = {
    id: 'acme',
    url: 'https://mcp.acme.example',
    auth: { type: 'oauth', oauth: { issuer: 'https://login.acme.example', client_id: 'gatepass' } },
  };
  const [enforced, defaults] = await layers({
    values: {
      allow_user_registries: dword(0),
      'gateway.enabled': dword(1),
      sign_in_timeout_seconds: dword(300),
    },
    keys: {
      allowed_issuers: list('login.acme.example', '*.okta.com'),
      Registries: list(JSON.stringify(acme), '{"url":"https://mcp.other.example"}'),
      Defaults: {
        values: { theme: sz('dark') },
        keys: { Registries: list('{"id":"tools","url":"https://tools.acme.example"}') },
      },
    },
  });
  expect(enforced).toMatchObject({
    source: 'policy-enforced',
    location,
    settings: {
      allow_user_registries: { value: false },
      'gateway.enabled': { value: true },
      sign_in_timeout_seconds: { value: 300 },
      allowed_issuers: { value: ['login.acme.example', '*.okta.com'] },
    },
    registries: [
      { id: 'acme', locked: true, auth: { type: 'oauth', oauth: { clientId: 'gatepass' } } },
      { url: 'https://mcp.other.example' },
    ],
    problems: [],
  });
  expect(defaults).toMatchObject({
    source: 'policy-default',
    settings: { theme: { value: 'dark' } },
    registries: [{ id: 'tools', locked: false }],
    problems: [],
  });
});

test('a list is in the order of its numbers, whatever order Windows tells them in', async () => {
  const hosts = Array.from({ length: 12 }, (_, index) => `host${index + 1}.example`);
  const [enforced] = await layers({ keys: { allowed_issuers: list(...hosts) } });
  expect(enforced?.settings.allowed_issuers).toEqual({ kind: 'value', value: hosts });
});

describe('a setting stays locked without a value', () => {
  test.each([
    ['a switch of 2', 'allow_user_registries', dword(2)],
    ['a switch as text', 'gateway.enabled', sz('1')],
    ['a number as text', 'sign_in_timeout_seconds', sz('300')],
    ['a text as number', 'theme', dword(1)],
    [
      'a text that Windows would expand',
      'theme',
      value(native.ValueType.EXPAND_SZ, native.formatString('dark')),
    ],
    [
      'several texts',
      'allowed_issuers',
      value(native.ValueType.MULTI_SZ, native.formatMultiString(['a.example'])),
    ],
    ['a list as text', 'allowed_issuers', sz('a.example')],
    ['a number of 64 bits', 'gateway.port', value(native.ValueType.QWORD, native.formatQWORD(1))],
    ['bytes', 'theme', value(native.ValueType.BINARY, Buffer.from('dark'))],
    ['a number that is cut short', 'gateway.port', value(native.ValueType.DWORD, Buffer.from([1]))],
  ] as const)('with %s', async (_what, key, data) => {
    const [enforced] = await layers({ values: { [key]: data } });
    expect(enforced?.settings).toEqual({ [key]: { kind: 'invalid' } });
    expect(enforced?.problems).toMatchObject([{ code: 'CFG_INVALID', location }]);
  });
});

test('names are the same in capital and small letters', async () => {
  const [enforced] = await layers({
    values: { Theme: sz('dark'), 'GATEWAY.Enabled': dword(1) },
    keys: { REGISTRIES: list('{"id":"a","url":"https://a.example"}'), defaults: { values: {} } },
  });
  expect(enforced).toMatchObject({
    settings: { theme: { value: 'dark' }, 'gateway.enabled': { value: true } },
    registries: [{ id: 'a' }],
    problems: [],
  });
});

test('one registry that is no object does not hide the others', async () => {
  const [enforced] = await layers({
    keys: { Registries: list('{"id":', '[]', '{"id":"a","url":"https://a.example"}', '{"id":"b","id":"c"}') },
  });
  expect(enforced?.registries.map(({ url }) => url)).toEqual(['https://a.example', '']);
  expect(enforced?.problems.map(({ code, params }) => [code, params['field']])).toEqual([
    ['CFG_INVALID', 'registries[0]'],
    ['CFG_INVALID', 'registries[1]'],
    ['CFG_INVALID', 'registries[3].id'],
    ['CFG_INVALID', 'registries[3].url'],
  ]);
});

test('a key that is not there is no policy, and an empty one says nothing', async () => {
  const { calls } = registryOf({});
  const policy = new RegistryPolicy(location, manualClock(), () => Promise.resolve(calls));
  expect(await policy.read()).toEqual({ kind: 'absent' });
  expect(await layers({})).toMatchObject([
    { settings: {}, registries: [], problems: [] },
    { settings: {}, registries: [] },
  ]);
});

test('the person’s own key is another policy than the computer’s', async () => {
  const { calls } = registryOf({ HKCU: { values: { theme: sz('dark') } } });
  const read = (at: string) => new RegistryPolicy(at, manualClock(), () => Promise.resolve(calls)).read();
  expect(await read(location)).toEqual({ kind: 'absent' });
  expect(await read('HKCU\\SOFTWARE\\Policies\\Gatepass')).toMatchObject({ kind: 'read' });
});

test('every key that is opened is closed, also when reading fails', async () => {
  const { calls, open } = registryOf({ HKLM: { keys: { Defaults: { keys: { Registries: list('{}') } } } } });
  await new RegistryPolicy(location, manualClock(), () => Promise.resolve(calls)).read();
  expect(open.size).toBe(0);
  const denied = Object.assign(new Error('denied'), { code: 'ERROR_ACCESS_DENIED' });
  const failing: RegistryCalls = {
    ...calls,
    enumValueNames() {
      throw denied;
    },
  };
  const reading: PolicyReading = await new RegistryPolicy(location, manualClock(), () =>
    Promise.resolve(failing),
  ).read();
  expect(reading).toEqual({
    kind: 'unreadable',
    failure: { code: 'CFG_UNREADABLE', params: { reason: 'ERROR_ACCESS_DENIED' } },
  });
  expect(open.size).toBe(0);
});

test('it is read again every minute, until nobody wants to know', async () => {
  const clock = manualClock();
  let asked = 0;
  const stop = new RegistryPolicy(location, clock).watch(() => asked++);
  await clock.advance(59_999);
  expect(asked).toBe(0);
  await clock.advance(120_001);
  expect(asked).toBe(3);
  stop();
  await clock.advance(120_000);
  expect(asked).toBe(3);
});
