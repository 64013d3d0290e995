import { expect, test } from 'vitest';
import { failure } from '../base/failure';
import { type RunningFlow, type SessionEvent, type SessionState, heldBy, reduce, statusOf } from './state';

const alice = { account: 'alice@acme.example' };
const flow: RunningFlow = { step: 'waiting-for-browser', startedAt: 1, deadline: 2, canExtend: true };
const timeout = failure('LOGIN_TIMEOUT', { redirectUri: 'http://127.0.0.1:8666/callback' });
const ended = failure('SESSION_ENDED');
const offline = failure('NET_OFFLINE');

const after = (state: SessionState, ...events: SessionEvent[]): SessionState => events.reduce(reduce, state);
const signedOut: SessionState = { kind: 'signed-out' };
const signedIn: SessionState = { kind: 'signed-in', held: alice, expiresAt: 10 };
const progress: SessionEvent = { type: 'sign-in-progressed', flow };

test('a cancelled sign-in leaves things as they were before it', () => {
  for (const before of [signedOut, signedIn, { kind: 'expired', failure: ended } as const])
    expect(after(before, progress, { type: 'sign-in-cancelled' })).toEqual(before);
});

test('a sign-in that fails from signed out needs attention', () => {
  expect(after(signedOut, progress, { type: 'sign-in-failed', failure: timeout })).toEqual({
    kind: 'error',
    failure: timeout,
  });
});

test('a sign-in that fails while signed in keeps the session and shows the problem', () => {
  expect(after(signedIn, progress, { type: 'sign-in-failed', failure: timeout })).toEqual({
    ...signedIn,
    problem: timeout,
  });
});

test('an expired session stays expired when signing in again fails', () => {
  const expired = after(signedIn, { type: 'ended', failure: ended });
  expect(after(expired, progress, { type: 'sign-in-failed', failure: timeout })).toMatchObject({
    kind: 'expired',
    account: alice.account,
    failure: timeout,
  });
});

test('a refresh that fails for now keeps the session, the next good one clears the problem', () => {
  const failed = after(signedIn, { type: 'refresh-started' }, { type: 'refresh-failed', failure: offline });
  expect(failed).toMatchObject({ kind: 'signed-in', problem: offline });
  expect(
    after(failed, { type: 'refresh-started' }, { type: 'refresh-succeeded', held: alice, expiresAt: 99 }),
  ).toEqual({ kind: 'signed-in', held: alice, expiresAt: 99 });
});

test('a session that ends during a new sign-in does not end that sign-in', () => {
  const state = after(signedIn, progress, { type: 'ended', failure: ended });
  expect(state.kind).toBe('signing-in');
  expect(after(state, { type: 'sign-in-cancelled' })).toMatchObject({ kind: 'expired', failure: ended });
});

test('a session that cannot be used as configured is still held', () => {
  const state = after(signedIn, { type: 'unusable', failure: failure('CLIENT_REJECTED') });
  expect(state).toMatchObject({ kind: 'error', held: alice });
  expect(statusOf(state)).toBe('authenticated');
});

test('a registry that takes the token again ends the need for attention', () => {
  const refused = after(signedIn, { type: 'unusable', failure: failure('REGISTRY_REJECTED_TOKEN') });
  expect(after(refused, { type: 'usable' })).toEqual({ kind: 'signed-in', held: alice });
  expect(after(signedOut, { type: 'usable' })).toEqual(signedOut);
});

test('nothing is held once it ended, was signed out or is blocked', () => {
  for (const event of [
    { type: 'ended', failure: ended },
    { type: 'signed-out' },
    { type: 'blocked', failure: failure('CFG_INVALID') },
  ] satisfies SessionEvent[])
    expect(heldBy(after(signedIn, event))).toBeUndefined();
});

test.each<[SessionState, string]>([
  [signedOut, 'configured'],
  [signedIn, 'authenticated'],
  [{ kind: 'refreshing', held: alice }, 'authenticated'],
  [{ kind: 'expired', failure: ended }, 'expired'],
  [{ kind: 'error', failure: timeout }, 'configured'],
  [{ kind: 'error', failure: timeout, held: {} }, 'authenticated'],
  [{ kind: 'blocked', failure: failure('CFG_INVALID') }, 'configured'],
  [{ kind: 'signing-in', flow, before: { kind: 'expired', failure: ended } }, 'expired'],
  [{ kind: 'signing-in', flow, before: { kind: 'signed-in', held: alice } }, 'authenticated'],
])('%j is %s on the wire', (state, status) => {
  expect(statusOf(state)).toBe(status);
});

test('whether a session outlives the app changes in every state that holds one, and in no other', () => {
  const locked = failure('STORE_LOCKED');
  const news: SessionEvent = { type: 'storage-changed', notRemembered: locked };
  const limits = [failure('SCOPE_MISSING')];
  const limited: SessionState = { kind: 'signed-in', held: { ...alice, limits } };
  expect(heldBy(after(limited, news))).toEqual({ ...alice, limits, notRemembered: locked });
  for (const before of [
    signedIn,
    after(signedIn, progress),
    after(signedIn, { type: 'refresh-started' }),
    after(signedIn, { type: 'unusable', failure: ended }),
  ]) {
    expect(heldBy(after(before, news))).toEqual({ ...alice, notRemembered: locked });
    expect(after(before, news, { type: 'storage-changed' })).toEqual(before);
  }
  for (const before of [signedOut, { kind: 'expired', failure: ended } as const])
    expect(after(before, news)).toBe(before);
});
