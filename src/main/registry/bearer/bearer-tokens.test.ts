import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { manualClock } from '../../base/manual-clock';
import type { Registry } from '../../config';
import { testProfile } from '../../vault/testing/test-vault';
import { aBearerRegistry } from '../testing/bearer';
import { aProtectedRegistry, aRegistry } from '../testing/registries';
import { BearerTokens } from './bearer-tokens';
import { StoredTokens } from './stored-tokens';

const url = 'https://mcp.acme.example';
const clock = manualClock();
let folder: string;
let path: string;
let environment: Record<string, string>;
let told: string[];
let tokens: BearerTokens;
let profile: ReturnType<typeof testProfile>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bearer-'));
  path = join(folder, 'token');
  environment = {};
  told = [];
  profile = testProfile();
  const vault = await profile.open();
  tokens = new BearerTokens({
    environment,
    stored: new StoredTokens((name) => vault.sealedFile(name)),
    clock,
    replaced: (id, isThere) => told.push(`${id} ${isThere ? 'another' : 'none'}`),
    changed: (id) => told.push(`${id} changed`),
  });
});
afterEach(() => {
  tokens.close();
  rmSync(folder, { recursive: true });
});

/** What is sent to the registry, or the code of why nothing is. */
async function sent(refused?: Parameters<BearerTokens['accessToken']>[1]) {
  const token = await tokens.accessToken('acme', refused);
  return token?.ok === true ? token.value.reveal() : token?.failure.code;
}
const configured = async (...registries: Registry[]) => {
  tokens.configure(registries);
  await sent();
  told.length = 0;
};
const writeToken = (text: string) => {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
};
async function refuse() {
  const token = await tokens.accessToken('acme');
  return token?.ok === true ? tokens.accessToken('acme', token.value) : token;
}

test('registries with another way to sign in are nobody’s business here', async () => {
  tokens.configure([aProtectedRegistry(url), aRegistry('https://open.example', { id: 'open' })]);
  expect(tokens.state('acme')).toBeUndefined();
  expect(tokens.view('acme')).toBeUndefined();
  expect(await tokens.accessToken('acme')).toBeUndefined();
});

test('one without a token is signed out, and nothing is sent to it', async () => {
  await configured(aBearerRegistry(url));
  expect(tokens.state('acme')).toEqual({ kind: 'signed-out' });
  expect(tokens.view('acme')).toEqual({ kind: 'absent' });
  expect(await sent()).toBe('REGISTRY_AUTH_REQUIRED');
});

test('the environment comes first, then ToolHive’s for its registry, then the file, then the app’s own', async () => {
  const registry = aBearerRegistry(url, { tokenFile: path }, { id: 'my-ci', source: 'toolhive' });
  tokens.configure([registry]);
  const from = async () => {
    const token = await tokens.accessToken('my-ci');
    return [token?.ok === true ? token.value.reveal() : undefined, tokens.view('my-ci')];
  };
  await tokens.store('my-ci', 'own');
  expect(await from()).toEqual(['own', { kind: 'stored' }]);
  writeToken('file');
  expect(await from()).toEqual(['file', { kind: 'file', path }]);
  environment['TOOLHIVE_REGISTRY_AUTH_TOKEN'] = 'toolhive';
  expect(await from()).toEqual(['toolhive', { kind: 'environment', name: 'TOOLHIVE_REGISTRY_AUTH_TOKEN' }]);
  environment['GATEPASS_REGISTRY_TOKEN_MY_CI'] = 'gatepass';
  const name = 'GATEPASS_REGISTRY_TOKEN_MY_CI';
  expect(await from()).toEqual(['gatepass', { kind: 'environment', name }]);
  tokens.configure([{ ...registry, source: 'user' }]);
  Reflect.deleteProperty(environment, name);
  expect(await from()).toEqual(['file', { kind: 'file', path }]);
});

test('something else in the place of a token is told, and no later place is used in its stead', async () => {
  await configured(aBearerRegistry(url));
  await tokens.store('acme', 'own');
  environment['GATEPASS_REGISTRY_TOKEN_ACME'] = 'not a token';
  expect(await sent()).toBe('TOKEN_UNUSABLE');
  expect(tokens.state('acme')).toMatchObject({ kind: 'error', failure: { code: 'TOKEN_UNUSABLE' } });
  expect(tokens.view('acme')).toEqual({ kind: 'environment', name: 'GATEPASS_REGISTRY_TOKEN_ACME' });
});

test('a file that others may read is used, with a warning beside it', async () => {
  writeFileSync(path, 'file', { mode: 0o644 });
  await configured(aBearerRegistry(url, { tokenFile: path }));
  expect(await sent()).toBe('file');
  expect(tokens.state('acme')).toEqual({
    kind: 'signed-in',
    held: {},
    problem: { code: 'TOKEN_FILE_EXPOSED', params: { path } },
  });
});

test('a file that is exchanged is noticed by itself, and used at once even before', async () => {
  writeToken('first');
  await configured(aBearerRegistry(url, { tokenFile: path }));
  expect(await sent()).toBe('first');
  writeToken('second');
  expect(await sent()).toBe('second');
  rmSync(path);
  await vi.waitFor(() => {
    expect(told).toContain('acme none');
  });
  expect(tokens.state('acme')).toEqual({ kind: 'signed-out' });
});

test.each([
  ['GATEPASS_REGISTRY_TOKEN_ACME', { reason: 'token-environment', place: 'GATEPASS_REGISTRY_TOKEN_ACME' }],
  [undefined, { reason: 'token-stored' }],
])('a refusal names where the token came from: %s', async (variable, origin) => {
  await configured(aBearerRegistry(url));
  if (variable !== undefined) environment[variable] = 'token';
  else await tokens.store('acme', 'token');
  const failure = { code: 'TOKEN_REFUSED', params: { name: 'Acme', ...origin } };
  expect(await refuse()).toEqual({ ok: false, failure });
  expect(tokens.state('acme')).toEqual({ kind: 'error', failure, held: {} });
});

test('a refused token of a file is not sent again in that request, and one that took its place is', async () => {
  writeToken('old');
  await configured(aBearerRegistry(url, { tokenFile: path }));
  const old = await tokens.accessToken('acme');
  if (old?.ok !== true) throw new Error('no token');
  expect(await sent(old.value)).toBe('TOKEN_REFUSED');
  expect(tokens.state('acme')).toMatchObject({ failure: { params: { place: path } } });
  writeToken('new');
  expect(await sent(old.value)).toBe('new');
  expect(tokens.state('acme')).toMatchObject({ kind: 'signed-in' });
});

test('a registry that takes the token after all ends the refusal', async () => {
  await configured(aBearerRegistry(url));
  await tokens.store('acme', 'token');
  await refuse();
  told.length = 0;
  tokens.judge('acme', { ok: true, value: undefined });
  expect(tokens.state('acme')).toMatchObject({ kind: 'signed-in' });
  tokens.judge('acme', { ok: true, value: undefined });
  expect(told).toEqual(['acme changed']);
});

test('what a person copied is kept without the space around it; something else is refused and changes nothing', async () => {
  await configured(aBearerRegistry(url));
  expect(await tokens.store('acme', 'my shopping list')).toMatchObject({
    failure: { code: 'TOKEN_UNUSABLE' },
  });
  expect(await sent()).toBe('REGISTRY_AUTH_REQUIRED');
  expect(await tokens.store('acme', ' Bearer token\n')).toMatchObject({ ok: true });
  expect(await sent()).toBe('token');
  expect(told).toEqual(['acme changed', 'acme another']);
  expect(await tokens.remove('acme')).toMatchObject({ ok: true });
  expect(await sent()).toBe('REGISTRY_AUTH_REQUIRED');
  expect(told.slice(2)).toEqual(['acme changed', 'acme none']);
});

test('an edited address does not get the token that was given for the one before', async () => {
  await configured(aBearerRegistry(url));
  await tokens.store('acme', 'token');
  tokens.configure([aBearerRegistry('https://mcp.evil.example')]);
  expect(await sent()).toBe('REGISTRY_AUTH_REQUIRED');
  tokens.configure([aBearerRegistry(url)]);
  expect(await sent()).toBe('token');
});

test('the token of a registry that leaves the configuration can still be deleted, and comes back with nothing', async () => {
  await configured(aBearerRegistry(url));
  await tokens.store('acme', 'token');
  const removeToken = tokens.removeLater('acme');
  tokens.configure([]);
  expect(await removeToken()).toEqual({ ok: true, value: undefined });
  expect(await tokens.removeLater('nobody')()).toEqual({ ok: true, value: undefined });
  tokens.configure([aBearerRegistry(url)]);
  expect(await sent()).toBe('REGISTRY_AUTH_REQUIRED');
});

test('the same configuration again keeps what is known, and a blocked registry has no token', async () => {
  await configured(aBearerRegistry(url));
  await tokens.store('acme', 'token');
  await refuse();
  tokens.configure([aBearerRegistry(url)]);
  expect(tokens.state('acme')).toMatchObject({ kind: 'error' });
  tokens.configure([aBearerRegistry(url, {}, { blocked: { code: 'CFG_POLICY_UNKNOWN', params: {} } })]);
  expect(tokens.state('acme')).toBeUndefined();
  expect(await tokens.store('acme', 'token')).toMatchObject({ failure: { code: 'OP_STALE' } });
});

test('a sealed token that could not be opened at the start is found once it can be', async () => {
  await configured(aBearerRegistry(url));
  await tokens.store('acme', 'token');
  profile.keychain.fails = 'STORE_LOCKED';
  const vault = await profile.open();
  const later = new BearerTokens({
    environment,
    stored: new StoredTokens((name) => vault.sealedFile(name)),
    clock,
    replaced: () => undefined,
    changed: () => undefined,
  });
  later.configure([aBearerRegistry(url)]);
  await later.accessToken('acme');
  expect(later.state('acme')).toEqual({ kind: 'signed-out' });
  profile.keychain.fails = undefined;
  await vault.retryKey();
  later.reload();
  await vi.waitFor(() => {
    expect(later.state('acme')).toMatchObject({ kind: 'signed-in' });
  });
});
