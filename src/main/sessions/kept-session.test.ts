import { beforeEach, describe, expect, test } from 'vitest';
import { failure } from '../base/failure';
import { Secret } from '../base/secret';
import type { TokenSet } from '../identity';
import { clientOf } from '../identity/testing/client';
import type { Vault } from '../vault';
import { type FaultyDisk, faultyDisk } from '../vault/testing/faulty-disk';
import { testProfile, type TestProfile } from '../vault/testing/test-vault';
import { KeptSession } from './kept-session';

const issuer = 'https://login.acme.example';
const url = 'https://acme.example';
const client = clientOf(issuer, { scopes: ['openid', 'offline_access', 'api.read', 'api.write'] });
const always = () => true;
const tokens = (more: Partial<TokenSet> = {}): TokenSet => ({
  accessToken: new Secret('access'),
  refreshToken: new Secret('refresh-token'),
  expiresInSeconds: 300,
  missingScopes: [],
  identity: { issuer, subject: 'alice', account: 'alice@acme.example' },
  ...more,
});
const withoutRefreshToken = (more: Partial<TokenSet> = {}): TokenSet => {
  const { refreshToken, ...others } = tokens(more);
  return refreshToken === undefined ? tokens(more) : others;
};

let profile: TestProfile;
let vault: Vault;
let kept: KeptSession;
beforeEach(async () => {
  profile = testProfile();
  vault = await profile.open();
  kept = new KeptSession(url, client, vault);
});

test('what a sign-in brought is kept, and found again with its account and its limits', async () => {
  expect([kept.exists(), kept.restored(profile.clock)]).toEqual([false, undefined]);
  const held = await kept.keep(
    tokens({ grantedScope: 'openid api.read', missingScopes: ['api.write'] }),
    always,
  );
  const limits = [{ code: 'SCOPE_MISSING', params: { issuer, scope: 'api.write' } }];
  expect(held).toEqual({ account: 'alice@acme.example', limits });
  await vault.close();

  const again = new KeptSession(url, client, await profile.open());
  expect(again.restored(profile.clock)?.event).toEqual({ type: 'restored', held });
});

test('what is not wanted any more is not kept', async () => {
  await kept.keep(tokens(), () => false);
  expect(kept.exists()).toBe(false);
});

test('a record from the future is of no known age', async () => {
  await kept.keep(tokens(), always);
  await profile.clock.advance(5_000);
  expect(kept.restored(profile.clock)?.refreshedAt).toBe(profile.clock.monotonic() - 5_000);
  profile.clock.jump(-86_400_000);
  expect(kept.restored(profile.clock)?.refreshedAt).toBe(-Infinity);
});

describe('whose it is', () => {
  const bob = { issuer, subject: 'bob' };

  test('another subject is somebody else, as far as both are known', async () => {
    expect(kept.isOfSomebodyElse({ identity: bob })).toBe(false);
    await kept.keep(tokens(), always);
    expect(kept.isOfSomebodyElse({ identity: bob })).toBe(true);
    expect(kept.isOfSomebodyElse({ identity: { issuer, subject: 'alice' } })).toBe(false);
    expect(kept.isOfSomebodyElse({})).toBe(false);
  });

  test('a sign-in without a refresh token leaves that of the same person, and none of another', async () => {
    await kept.keep(tokens(), always);
    const held = await kept.keep(withoutRefreshToken(), always);
    expect(held.notRemembered?.code).toBe('NO_REFRESH_TOKEN');
    expect(kept.exists()).toBe(true);
    await kept.keep(withoutRefreshToken({ identity: bob }), always);
    expect(kept.exists()).toBe(false);
  });
});

test('a refresh that names nobody leaves the account, and one without scope the limits', () => {
  const { identity, ...unnamed } = tokens({ grantedScope: 'api.read', missingScopes: ['api.write'] });
  expect(identity).toBeDefined();
  const first = kept.heldAfter(unnamed, { account: 'alice@acme.example' });
  expect(first).toMatchObject({ account: 'alice@acme.example', limits: [{ code: 'SCOPE_MISSING' }] });
  expect(kept.heldAfter(tokens(), first)).toMatchObject({ limits: [{ code: 'SCOPE_MISSING' }] });
});

test.each<[string, (disk: FaultyDisk) => void]>([
  [
    'the folder of records',
    (disk) =>
      (disk.fault = ({ kind, name }) => (kind === 'list' && name === 'sessions' ? 'EACCES' : undefined)),
  ],
  [
    'its record',
    (disk) =>
      (disk.fault = ({ kind, name }) => (kind === 'read' && name.endsWith('.session') ? 'EIO' : undefined)),
  ],
])('while %s cannot be read, nobody is said to be signed out', async (_what, breakIt) => {
  await kept.keep(tokens(), always);
  await vault.close();
  const disk = faultyDisk();
  breakIt(disk);
  const blind = await profile.open({ disk });
  const unseen = new KeptSession(url, client, blind);
  expect(unseen.restored(profile.clock)?.event).toEqual({
    type: 'not-restored',
    failure: failure('STORE_READ_FAILED'),
  });
  // What a person does then is certain, whatever the disk holds.
  disk.fault = () => undefined;
  await unseen.keep(tokens(), always);
  expect(unseen.restored(profile.clock)?.event.type).toBe('restored');
  await unseen.remove();
  expect(unseen.restored(profile.clock)).toBeUndefined();
});

test('one record that cannot be read says nothing of another session', async () => {
  await kept.keep(tokens(), always);
  await vault.close();
  const disk = faultyDisk();
  disk.fault = ({ kind }) => (kind === 'read' ? 'EIO' : undefined);
  const other = new KeptSession(`${url}/other`, client, await profile.open({ disk }));
  expect(other.restored(profile.clock)).toBeUndefined();
});
