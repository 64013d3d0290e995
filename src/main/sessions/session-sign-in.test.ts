import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishSignIn } from '../../../e2e/servers/browser';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { type Desk, openDesk } from './testing/desk';

let provider: MisbehavingProvider;
let desk: Desk;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
  desk = await openDesk({ issuer: provider.issuer });
  await desk.signIn('acme');
  provider.behaviour.userName = 'bob@acme.example';
});
afterEach(() => provider.close());

const force = { force: true };
const refreshTokens = () =>
  provider.issued.filter(({ kind }) => kind === 'refresh_token').map(({ value }) => value);

/** Plays a sign-in to its end, whatever that is. */
async function signIn(account: 'default' | 'another'): Promise<void> {
  const before = desk.opened.length;
  desk.sessions.signIn('acme', account);
  await expect.poll(() => desk.opened.length).toBe(before + 1);
  const over = desk.until('acme', 'signed-in');
  await finishSignIn(desk.opened[before] ?? '');
  await over;
}

test('another account that answers a sign-in is not let in unasked: the session stays whose it was', async () => {
  await signIn('default');
  expect(desk.sessions.state('acme')).toMatchObject({
    held: { account: 'alice@acme.example' },
    problem: { code: 'IDENTITY_CHANGED' },
  });
  const [first = '', second = ''] = refreshTokens();
  expect((await desk.sessions.accessToken('acme', force)).ok).toBe(true);
  expect([provider.timesPresented(first), provider.timesPresented(second)]).toEqual([1, 0]);
  // Revoking what came could end the session that is held.
  expect(provider.revocation.count).toBe(0);
});

test('"Use another account" lets it in', async () => {
  await signIn('another');
  expect(desk.sessions.state('acme')).toMatchObject({ held: { account: 'bob@acme.example' } });
  const again = await desk.restart();
  expect(again.sessions.state('acme')).toMatchObject({ held: { account: 'bob@acme.example' } });
});

test('another account without a refresh token leaves nothing of the one before', async () => {
  provider.behaviour.tokenResponse = { refresh_token: undefined };
  await signIn('another');
  expect(desk.sessions.state('acme')).toMatchObject({ held: { account: 'bob@acme.example' } });
  expect((await desk.sessions.accessToken('acme', force)).ok).toBe(false);
  expect(provider.timesPresented(refreshTokens()[0] ?? '')).toBe(0);
  expect((await desk.restart()).sessions.state('acme')).toEqual({ kind: 'signed-out' });
});

test('whoever comes after a sign-out is let in', async () => {
  await desk.sessions.signOut('acme');
  await signIn('default');
  expect(desk.sessions.state('acme')).toMatchObject({ held: { account: 'bob@acme.example' } });
});
