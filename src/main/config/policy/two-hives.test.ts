import { expect, test } from 'vitest';
import { manualClock } from '../../base/manual-clock';
import { ConfigStore } from '../config-store';
import type { ConfigSource } from '../layer';
import { hurriedClock } from '../testing/hurried-clock';
import { readText } from '../testing/read-text';
import { LastGood } from './last-good';
import { ManagedSource } from './managed-source';
import { dword, type Key, list, registryOf, sz } from './testing/fake-registry';
import { RegistryPolicy } from './windows-registry';

const computers = 'HKLM\\SOFTWARE\\Policies\\Gatepass';
const persons = 'HKCU\\SOFTWARE\\Policies\\Gatepass';

/** What is in force on Windows with these keys, above a person who wants everything otherwise. */
async function effectiveOf(keys: { HKLM?: Key; HKCU?: Key }) {
  const { calls } = registryOf(keys);
  const clock = hurriedClock();
  const nothingKept = {
    read: () => Promise.resolve(undefined),
    write: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
  const user: ConfigSource = {
    read: async () => ({
      kind: 'read',
      layers: [await readText('settings: { theme: light, allow_user_registries: true }\n')],
    }),
    watch: () => () => {},
  };
  const policies = [computers, persons].map(
    (location) =>
      new ManagedSource({
        policy: new RegistryPolicy(location, manualClock(), () => Promise.resolve(calls)),
        lastGood: new LastGood(nothingKept),
        clock,
      }),
  );
  const store = new ConfigStore({ sources: [...policies, user], clock });
  const effective = await store.start();
  store.close();
  return effective;
}

const registry = (id: string, url: string) => sz(JSON.stringify({ id, url }));

test('each setting is the computer’s where it has one, else the person’s, and both are locked', async () => {
  const { settings } = await effectiveOf({
    HKLM: { values: { theme: sz('dark') } },
    HKCU: { values: { theme: sz('system'), sign_in_timeout_seconds: dword(60) } },
  });
  expect(settings.theme).toMatchObject({ value: 'dark', location: computers, locked: true });
  expect(settings.sign_in_timeout_seconds).toMatchObject({ value: 60, location: persons, locked: true });
});

test('what the computer’s policy closes, the person’s does not open', async () => {
  const { settings } = await effectiveOf({
    HKLM: {
      values: { allow_user_registries: dword(0) },
      keys: { allowed_issuers: list('login.acme.example') },
    },
    HKCU: { values: { allow_user_registries: dword(1) }, keys: { allowed_issuers: list('*.evil.example') } },
  });
  expect(settings.allow_user_registries).toMatchObject({ value: false, location: computers });
  expect(settings.allowed_issuers).toMatchObject({ value: ['login.acme.example'], location: computers });
});

test('a bad value in the computer’s policy stays a lock, whatever the person’s says', async () => {
  const { settings } = await effectiveOf({
    HKLM: { values: { allow_user_registries: sz('no'), sign_in_timeout_seconds: dword(1) } },
    HKCU: { values: { allow_user_registries: dword(1), sign_in_timeout_seconds: dword(900) } },
  });
  expect(settings.allow_user_registries).toMatchObject({ value: false, location: computers, locked: true });
  expect(settings.sign_in_timeout_seconds).toMatchObject({ value: 120, location: computers, locked: true });
});

test('the person’s policy adds registries, and takes the place of none', async () => {
  const { registries, problems } = await effectiveOf({
    HKLM: { keys: { Registries: { values: { 1: registry('acme', 'https://mcp.acme.example') } } } },
    HKCU: {
      keys: {
        Registries: {
          values: {
            1: registry('ACME', 'https://elsewhere.example'),
            2: registry('mine', 'https://MCP.acme.example/'),
            3: registry('team', 'https://mcp.team.example'),
          },
        },
      },
    },
  });
  expect(registries.map(({ id, url, location, locked }) => [id, url, location, locked])).toEqual([
    ['acme', 'https://mcp.acme.example', computers, true],
    ['team', 'https://mcp.team.example', persons, true],
  ]);
  expect(problems.map(({ code, location }) => [code, location])).toContainEqual(['CFG_MANAGED_URL', persons]);
});

test('a computer’s policy that cannot be read locks everything, whatever the person’s says', async () => {
  const { settings, registries } = await effectiveOf({
    HKLM: { values: { Registries: sz('not a list') } },
    HKCU: {
      values: { theme: sz('dark') },
      keys: { Registries: list('{"id":"mine","url":"https://m.example"}') },
    },
  });
  expect(settings.theme).toMatchObject({ value: 'system', location: computers, locked: true });
  expect(registries.map(({ id, blocked }) => [id, blocked?.code])).toEqual([['mine', 'CFG_POLICY_UNKNOWN']]);
});
