import { beforeEach, expect, test } from 'vitest';
import type { RegistryForm } from '../../contract/registry-form';
import { type Result, success } from '../base/failure';
import type { AddressRule } from '../base/net';
import { ownCallbackPath, readEntry, type Registry } from '../config';
import { clientOf } from '../identity/testing/client';
import { CallbackPaths, type IssuerMemory } from '../sessions';
import { issuerMemory } from '../sessions/testing/issuer-memory';
import { registryOf } from '../sessions/testing/registry-of';
import { RegistryEditor } from './registry-editor';

const rival = registryOf('rival', clientOf('https://rival.example'));
const issuer = 'https://login.acme.example';
const form: RegistryForm = {
  values: {
    name: 'Acme',
    url: 'https://mcp.acme.example',
    allowPrivateIp: false,
    authType: 'oauth',
    issuer,
    clientId: 'gatepass',
    scopes: '',
    audience: '',
    audienceParameter: 'audience',
    callbackHost: 'automatic',
    callbackPort: '',
    callbackPath: '',
    tokenFile: '',
  },
};
const plain = 'http://127.0.0.1:8666/callback';
const own = `http://127.0.0.1:8666${ownCallbackPath(issuer)}`;

let memory: IssuerMemory;
/** What the issuers say of themselves, as far as they were asked. */
let known: Record<string, boolean>;
let saved: Registry | undefined;
/** Where each issuer that was asked was allowed to be. */
let askedAt: AddressRule[];

beforeEach(() => {
  askedAt = [];
  memory = issuerMemory();
  known = {};
  saved = undefined;
});

function editor(): RegistryEditor {
  const callbackPaths = new CallbackPaths({
    providers: {
      prepare: () => Promise.reject(new Error('Nobody may be asked')),
      advertisesIss: (asked) => known[asked],
    },
    memory,
    learnt: () => undefined,
  });
  const judged = (entry: Parameters<typeof readEntry>[0]) => {
    const registry = readEntry(entry, '/profile/config.yaml')?.registry;
    if (registry === undefined) throw new Error('Not an entry');
    return Promise.resolve<Result<Registry>>(success(registry));
  };
  return new RegistryEditor({
    registries: () => [rival],
    userFile: {
      checkRegistry: judged,
      saveRegistry: async (entry) => {
        const result = await judged(entry);
        saved = result.ok ? result.value : undefined;
        return result;
      },
      removeRegistry: () => Promise.resolve(success(undefined)),
    },
    writtenEntry: () => Promise.resolve(success(undefined)),
    configurationFile: '/profile/config.yaml',
    sessions: {
      state: () => undefined,
      signOutLater: () => () => Promise.resolve(success(undefined)),
      confirmAll: () => undefined,
    },
    removeTokenLater: () => () => Promise.resolve(success(undefined)),
    discover: (_client, addresses) => {
      askedAt.push(addresses);
      return Promise.resolve(success(undefined));
    },
    callbackPaths,
    reach: () => Promise.resolve(success(undefined)),
  });
}

const addressShown = async () => {
  const check = await editor().check(form);
  return check.kind === 'good' ? check.facts.signIn?.redirectUri : check;
};

test('the address to register is shown while typing as soon as it is certain', async () => {
  expect((await editor().preview(form)).redirectUri).toBeUndefined();
  known = { [issuer]: true };
  expect((await editor().preview(form)).redirectUri).toBe(plain);
  known = { [issuer]: false, 'https://rival.example': true };
  expect((await editor().preview(form)).redirectUri).toBe(plain);
  known = { [issuer]: false, 'https://rival.example': false };
  expect((await editor().preview(form)).redirectUri).toBe(own);
});

test('the confirmation shows the address that a sign-in will use', async () => {
  known = { [issuer]: false, 'https://rival.example': true };
  expect(await addressShown()).toBe(plain);
  known = { [issuer]: false, 'https://rival.example': false };
  expect(await addressShown()).toBe(own);
});

test('an address that nobody can be sure of is not shown', async () => {
  expect(await addressShown()).toBeUndefined();
});

test('what a person was told to register stays when it is saved', async () => {
  known = { [issuer]: false, 'https://rival.example': false };
  const adding = editor();
  await adding.check(form);
  await adding.save({ ...form, confirmed: [] });
  expect(saved?.name).toBe('Acme');
  known = { [issuer]: false, 'https://rival.example': true };
  expect(await addressShown()).toBe(own);
});

test('a check alone settles nothing', async () => {
  known = { [issuer]: false, 'https://rival.example': false };
  await editor().check(form);
  known = { [issuer]: false, 'https://rival.example': true };
  expect(await addressShown()).toBe(plain);
});

test('an issuer that only the registry named may be private only where the registry may', async () => {
  const inside = { ...form, values: { ...form.values, allowPrivateIp: true } };
  await editor().check(form);
  await editor().check({ ...form, isIssuerLearnt: true });
  await editor().check({ ...inside, isIssuerLearnt: true });
  await editor().save({ ...form, isIssuerLearnt: true, confirmed: [] });
  expect(askedAt).toEqual(['any', 'public', 'any', 'public']);
});
