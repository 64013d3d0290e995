import { afterEach, beforeEach, expect, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import { failure } from '../base/failure';
import { testProfile } from '../vault/testing/test-vault';
import { openDesk } from './testing/desk';

let provider: IdentityProvider;
beforeEach(async () => {
  provider = await startIdentityProvider({ name: 'Acme', rotation: 'strict' });
});
afterEach(() => provider.close());

/** A desk that was started again while its keychain fails, and told of changes as the app does. */
async function restartedWithout(code: 'STORE_LOCKED' | 'STORE_UNAVAILABLE' | 'gone') {
  const profile = testProfile();
  const first = await openDesk({ issuer: provider.issuer, profile });
  await first.signIn('acme', 'bob@acme.example');
  const entries = [...profile.keychain.entries];
  if (code === 'gone') profile.keychain.entries.clear();
  else profile.keychain.fails = code;
  const desk = await first.restart();
  const unlock = async () => {
    profile.keychain.fails = undefined;
    for (const [account, secret] of entries) profile.keychain.entries.set(account, secret);
    await desk.vault.retryKey();
    desk.sessions.keychainOpened();
  };
  return { desk, unlock, profile };
}

const codeOf = async (
  answer: ReturnType<Awaited<ReturnType<typeof openDesk>>['sessions']['accessToken']>,
) => {
  const result = await answer;
  return result.ok ? 'ok' : result.failure.code;
};

test.each(['STORE_LOCKED', 'STORE_UNAVAILABLE'] as const)(
  'a keychain that is missing at the start (%s) costs nothing; once it is there the session works without a restart',
  async (code) => {
    const { desk, unlock } = await restartedWithout(code);
    expect(await codeOf(desk.sessions.accessToken('acme'))).toBe(code);
    const held = { account: 'bob@acme.example' };
    expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in', held, problem: { code } });
    expect(provider.counts.token.refresh_token).toBe(0);
    await unlock();
    expect(desk.sessions.state('acme')).toEqual({ kind: 'signed-in', held });
    expect(await codeOf(desk.sessions.accessToken('acme'))).toBe('ok');
    expect(provider.counts.token).toEqual({ authorization_code: 1, refresh_token: 1 });
  },
);

test('a session whose key was gone needs a sign-in, and is itself again when the key comes back', async () => {
  const { desk, unlock } = await restartedWithout('gone');
  expect(await codeOf(desk.sessions.accessToken('acme'))).toBe('STORE_UNREADABLE');
  expect(desk.sessions.state('acme')).toMatchObject({
    kind: 'expired',
    failure: { code: 'STORE_UNREADABLE' },
  });
  await unlock();
  expect(desk.sessions.state('acme')).toEqual({ kind: 'signed-in', held: { account: 'bob@acme.example' } });
  expect(await codeOf(desk.sessions.accessToken('acme'))).toBe('ok');
});

test('a sign-in that was kept in memory loses its note when the keychain is there, and is on disk', async () => {
  const profile = testProfile();
  profile.keychain.fails = 'STORE_LOCKED';
  const desk = await openDesk({ issuer: provider.issuer, profile });
  const events: string[] = [];
  desk.sessions.onChange((_id, event) => events.push(event.type));
  expect(await desk.signIn('acme')).toMatchObject({ held: { notRemembered: failure('STORE_LOCKED') } });
  desk.vault.onChange(() => {
    desk.sessions.storageChanged();
  });
  events.length = 0;
  profile.keychain.fails = undefined;
  await desk.vault.retryKey();
  await expect.poll(() => events).toEqual(['storage-changed']);
  expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
  expect(desk.sessions.state('acme')).not.toHaveProperty('held.notRemembered');
  const again = await desk.restart();
  expect(await codeOf(again.sessions.accessToken('acme'))).toBe('ok');
});

test('what has nothing to do with the keychain stays when it opens', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  await desk.signIn('acme');
  desk.sessions.judge('acme', { ok: false, failure: failure('REGISTRY_FORBIDDEN') });
  const before = desk.sessions.state('acme');
  desk.sessions.keychainOpened();
  desk.sessions.storageChanged();
  expect(desk.sessions.state('acme')).toBe(before);
});
