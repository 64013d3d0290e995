import { expect, test } from 'vitest';
import type { RegistryForm, RegistryFormValues } from '../../contract/registry-form';
import { failed, type Result, success } from '../base/failure';
import { readEntry, type Registry } from '../config';
import type { SignInSaid } from '../registry';
import { SignInFinder } from './sign-in-finder';

const form = (changes: Partial<RegistryFormValues> = {}): RegistryForm => ({
  values: {
    name: '',
    url: ' https://mcp.acme.example/registry ',
    allowPrivateIp: false,
    authType: 'oauth',
    issuer: '',
    clientId: '',
    scopes: '',
    audience: '',
    audienceParameter: 'audience',
    callbackHost: 'automatic',
    callbackPort: '',
    callbackPath: '',
    tokenFile: '',
    ...changes,
  },
});
const offer = { issuer: 'https://login.acme.example/realms/main', audienceParameter: 'resource' } as const;

/** A finder whose registry says this, with the addresses it asked; `judge` stands for the user's file. */
function finder(
  said: Result<SignInSaid> | (() => Promise<Result<SignInSaid>>),
  judge: (registry: Registry) => Result<Registry> = success,
) {
  const asked: unknown[] = [];
  const signals: AbortSignal[] = [];
  const made = new SignInFinder({
    configurationFile: '/profile/config.yaml',
    userFile: {
      checkRegistry: (entry) => {
        const registry = readEntry(entry, '/profile/config.yaml')?.registry;
        return Promise.resolve(registry === undefined ? failed('CFG_INVALID') : judge(registry));
      },
    },
    ask: ({ url, allowPrivateIp }, signal) => {
      asked.push({ url, allowPrivateIp });
      signals.push(signal);
      return typeof said === 'function' ? said() : Promise.resolve(said);
    },
  });
  return { made, asked, signals };
}

test('what the registry offers comes in the words of the form, with hosts as the network sees them', async () => {
  const complete = {
    ...offer,
    clientId: 'gatepass',
    scopes: ['openid', 'mcp'],
    audience: 'api://mcp',
    callbackHost: 'localhost' as const,
  };
  const mixed = { ...offer, issuer: 'https://login.\u0430cme.example' };
  const { made, asked } = finder(success({ kind: 'offers', offers: [complete, mixed] }));
  expect(await made.find(form())).toEqual({
    kind: 'offers',
    registryHost: 'mcp.acme.example',
    offers: [
      {
        issuerHost: 'login.acme.example',
        values: {
          issuer: offer.issuer,
          clientId: 'gatepass',
          scopes: 'openid mcp',
          audience: 'api://mcp',
          audienceParameter: 'resource',
          callbackHost: 'localhost',
        },
      },
      {
        issuerHost: 'login.xn--cme-5cd.example',
        values: {
          issuer: mixed.issuer,
          clientId: '',
          scopes: '',
          audience: '',
          audienceParameter: 'resource',
          callbackHost: 'automatic',
        },
      },
    ],
  });
  expect(asked).toEqual([{ url: 'https://mcp.acme.example/registry', allowPrivateIp: false }]);
});

test('"inside the company network" is the person’s word, and goes along', async () => {
  const { made, asked } = finder(success({ kind: 'none-needed' }));
  expect(await made.find(form({ allowPrivateIp: true }))).toEqual({ kind: 'none-needed' });
  expect(asked).toMatchObject([{ allowPrivateIp: true }]);
});

test.each([
  ['', 'CFG_INVALID'],
  ['http://mcp.acme.example', 'CFG_URL_SCHEME'],
  ['https://alice:secret@mcp.acme.example', 'CFG_URL_INVALID'],
])('nobody is asked for the address "%s"', async (url, code) => {
  const { made, asked } = finder(success({ kind: 'none-needed' }));
  const said = await made.find(form({ url }));
  expect(said).toMatchObject({ kind: 'refused', problems: [{ field: 'url', problem: { code } }] });
  expect(JSON.stringify(said)).not.toContain('secret');
  expect(asked).toEqual([]);
});

test('nobody is asked for a registry that the organization does not let a person add', async () => {
  const { made, asked } = finder(success({ kind: 'none-needed' }), () => failed('SETTING_LOCKED'));
  expect(await made.find(form())).toMatchObject({
    kind: 'refused',
    problems: [{ problem: { code: 'SETTING_LOCKED' } }],
  });
  expect(asked).toEqual([]);
});

test('why a registry cannot be asked is said at its address', async () => {
  const { made } = finder(failed('REGISTRY_PRIVATE_ADDRESS', { host: 'mcp.acme.example' }));
  expect(await made.find(form())).toMatchObject({
    kind: 'refused',
    problems: [{ field: 'url', problem: { code: 'REGISTRY_PRIVATE_ADDRESS' } }],
  });
});

test('an offer that cannot be used is told with its reason', async () => {
  const reason = { code: 'REGISTRY_SIGN_IN_INVALID', params: { host: 'mcp.acme.example', field: 'issuer' } };
  const { made } = finder(
    success({ kind: 'not-said', reason: { ...reason, code: 'REGISTRY_SIGN_IN_INVALID' } }),
  );
  expect(await made.find(form())).toEqual({ kind: 'not-said', problem: reason });
});

test('a question that was cancelled, or overtaken by another, has no other answer', async () => {
  const waiting: ((said: Result<SignInSaid>) => void)[] = [];
  const { made, signals } = finder(() => new Promise((resolve) => waiting.push(resolve)));
  const first = made.find(form());
  while (waiting.length < 1) await Promise.resolve();
  const second = made.find(form());
  while (waiting.length < 2) await Promise.resolve();
  made.cancel();
  for (const answer of waiting) answer(success({ kind: 'none-needed' }));
  expect(await Promise.all([first, second])).toEqual([{ kind: 'cancelled' }, { kind: 'cancelled' }]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});
