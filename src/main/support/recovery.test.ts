import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import { failed, success } from '../base/failure';
import type { Registry } from '../config';
import { type Desk, openDesk } from '../sessions/testing/desk';
import { testProfile, type TestProfile } from '../vault/testing/test-vault';
import { Recovery, type RecoveryParts } from './recovery';

let provider: IdentityProvider;
let profile: TestProfile;
let desk: Desk;
beforeEach(async () => {
  provider = await startIdentityProvider({ name: 'Acme' });
  profile = testProfile();
  desk = await openDesk({ issuer: provider.issuer, registries: ['acme', 'globex'], profile });
});
afterEach(() => provider.close());

const forgotten: string[] = [];
const recovery = (more: Partial<RecoveryParts> = {}) =>
  new Recovery({
    vault: desk.vault,
    sessions: desk.sessions,
    tokens: { remove: () => Promise.resolve(success(undefined)) },
    registries: () => ['acme', 'globex'].flatMap((id) => desk.registry(id) ?? []),
    forgetAnswer: (id) => forgotten.push(id),
    setConfigurationAside: () => Promise.resolve(success(undefined)),
    ...more,
  });
const keyOf = (id: string) => {
  const registry = desk.registry(id);
  if (registry?.auth.type !== 'oauth') throw new Error('no OAuth');
  const { issuer, clientId } = registry.auth.oauth;
  return { registry: registry.url, issuer, clientId };
};
const files = (folder: string) => readdir(join(profile.folder, folder)).catch(() => []);

test('a damaged record is listed with its owner, and deleted only when that is asked for', async () => {
  await desk.signIn('acme', 'alice');
  const [name = ''] = await files('sessions');
  await desk.vault.close();
  const path = join(profile.folder, 'sessions', name);
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, -4));
  desk = await desk.restart();
  await desk.vault.list();
  const { setAside } = await recovery().kept();
  if (setAside === 'unreadable') throw new Error('The folder cannot be listed.');
  expect(setAside).toMatchObject([{ owner: { registry: 'https://acme.example', issuer: provider.issuer } }]);
  expect(await recovery().deleteSetAside(setAside[0]?.id)).toMatchObject({ ok: true });
  expect((await recovery().kept()).setAside).toEqual([]);
});

test('a session whose registry is gone is listed with the time since', async () => {
  await desk.signIn('acme', 'alice');
  await desk.vault.retain([]);
  const { unused } = await recovery().kept();
  expect(unused).toMatchObject([{ owner: { registry: 'https://acme.example' } }]);
  expect(Math.abs(Date.now() - (unused[0]?.since ?? 0))).toBeLessThan(60_000);
});

test('resetting one session deletes just that one, in whatever state it is', async () => {
  await desk.signIn('acme');
  await desk.signIn('globex');
  provider.revokeGrants();
  await desk.sessions.accessToken('acme', { force: true });
  expect(desk.sessions.state('acme')?.kind).toBe('expired');
  expect(await recovery().resetSession('acme')).toMatchObject({ ok: true });
  expect(desk.sessions.state('acme')?.kind).toBe('signed-out');
  expect(forgotten).toContain('acme');
  expect(desk.vault.find(keyOf('acme'))).toBeUndefined();
  expect(desk.vault.find(keyOf('globex'))).toBeDefined();
  expect(await recovery().resetSession('gone')).toMatchObject({ failure: { code: 'OP_STALE' } });
});

test('the record of a blocked registry is deleted too, and a token that the app stored', async () => {
  await desk.signIn('acme');
  const acme = desk.registry('acme');
  if (acme === undefined) throw new Error('no registry');
  const removed: string[] = [];
  const blocked: Registry = { ...acme, blocked: { code: 'CFG_ISSUER_NOT_ALLOWED', params: {} } };
  const bearer: Registry = { ...acme, id: 'ci', auth: { type: 'bearer' } };
  const parts = {
    registries: () => [blocked, bearer],
    tokens: {
      remove: (id: string) => {
        removed.push(id);
        return Promise.resolve(success(undefined));
      },
    },
  };
  await recovery(parts).resetSession('acme');
  await recovery(parts).resetSession('ci');
  expect(desk.vault.find(keyOf('acme'))).toBeUndefined();
  expect(removed).toEqual(['ci']);
});

test('resetting everything leaves no record, not even of what is gone, and moves the configuration aside', async () => {
  await desk.signIn('acme');
  await desk.signIn('globex');
  await desk.vault.retain([keyOf('acme')]);
  let isAside = false;
  const reset = recovery({
    registries: () => [desk.registry('acme')].filter((registry) => registry !== undefined),
    setConfigurationAside: () => {
      isAside = true;
      return Promise.resolve(success(undefined));
    },
  });
  expect(await reset.resetEverything()).toMatchObject({ ok: true });
  expect(await files('sessions')).toEqual([]);
  expect(await files('set-aside')).toEqual([]);
  expect(isAside).toBe(true);
});

test('what could not be reset is said, and the rest is reset nevertheless', async () => {
  await desk.signIn('acme');
  const stuck = { setConfigurationAside: () => Promise.resolve(failed('CFG_NOT_WRITABLE')) };
  expect(await recovery(stuck).resetEverything()).toMatchObject({ failure: { code: 'CFG_NOT_WRITABLE' } });
  expect(await files('sessions')).toEqual([]);
});
