import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishSignIn } from '../../../e2e/servers/browser';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { empty, json } from '../../../e2e/servers/answers';
import { failed, failure, success } from '../base/failure';
import { manualClock } from '../base/manual-clock';
import { clientOf } from '../identity/testing/client';
import { freePort } from '../../../e2e/servers/free-port';
import { faultyDisk } from '../vault/testing/faulty-disk';
import { openDesk } from './testing/desk';
import { registryOf } from './testing/registry-of';

let provider: IdentityProvider;
let misbehaving: MisbehavingProvider;
beforeEach(async () => {
  provider = await startIdentityProvider({ name: 'Acme', rotation: 'strict' });
  misbehaving = await startMisbehavingProvider({});
});
afterEach(async () => {
  await provider.close();
  await misbehaving.close();
});

const force = { force: true };

test('a sign-in gives an access token, and a restart restores the session without a browser', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  expect(desk.sessions.state('acme')).toEqual({ kind: 'signed-out' });
  await desk.signIn('acme', 'bob@acme.example');
  expect((await desk.sessions.accessToken('acme')).ok).toBe(true);

  const again = await desk.restart();
  expect(again.sessions.state('acme')).toEqual({ kind: 'signed-in', held: { account: 'bob@acme.example' } });
  expect((await again.sessions.accessToken('acme')).ok).toBe(true);
  expect(again.opened).toEqual([]);
});

test('a hundred callers share one refresh, and get one token', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  await desk.signIn('acme');
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => desk.sessions.accessToken('acme', force)),
  );
  expect(provider.counts.token.refresh_token).toBe(1);
  expect(
    new Set(answers.map((answer) => (answer.ok ? answer.value.reveal() : answer.failure.code))).size,
  ).toBe(1);
});

test('a fresh token is served from memory without a request', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  await desk.signIn('acme');
  const before = provider.requests.length;
  for (let i = 0; i < 10; i++) await desk.sessions.accessToken('acme');
  expect(provider.requests).toHaveLength(before);
});

test('what a registry says with every answer is an event only when it is news', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  await desk.signIn('acme');
  const events: string[] = [];
  desk.sessions.onChange((_id, { type }) => events.push(type));
  const taken = success(undefined);
  desk.sessions.judge('acme', taken);
  desk.sessions.judge('acme', failed('REGISTRY_REJECTED_TOKEN'));
  expect(desk.sessions.state('acme')).toMatchObject({ kind: 'error' });
  desk.sessions.judge('acme', taken);
  desk.sessions.judge('acme', taken);
  expect(events).toEqual(['unusable', 'usable']);
  expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
});

test('no session means that a person is needed, and never a browser', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  expect(await desk.sessions.accessToken('acme')).toMatchObject({
    failure: { code: 'REGISTRY_AUTH_REQUIRED' },
  });
  expect(desk.opened).toEqual([]);
});

test('twenty rotations use each refresh token once', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  await desk.signIn('acme');
  for (let i = 0; i < 20; i++) expect((await desk.sessions.accessToken('acme', force)).ok).toBe(true);
  const tokens = provider.issued.filter(({ kind }) => kind === 'refresh_token');
  expect(tokens).toHaveLength(21);
  expect(Math.max(...tokens.map(({ value }) => provider.timesPresented(value)))).toBe(1);
});

test('a revoked session expires with its next use, also after a restart', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  await desk.signIn('acme');
  provider.revokeGrants();
  expect(await desk.sessions.accessToken('acme', force)).toMatchObject({
    failure: { code: 'SESSION_ENDED' },
  });
  expect(desk.sessions.state('acme')).toMatchObject({ kind: 'expired', account: 'alice@acme.example' });
  const again = await desk.restart();
  expect(again.sessions.state('acme')).toMatchObject({ kind: 'expired', failure: { code: 'SESSION_ENDED' } });
});

test('signing out revokes the token only where no other registry holds a session of the provider', async () => {
  const desk = await openDesk({ issuer: provider.issuer, registries: ['one', 'two'] });
  await desk.signIn('one');
  await desk.signIn('two');
  expect([desk.sessions.siblings('one'), desk.sessions.siblings('two')]).toEqual([1, 1]);
  await desk.sessions.signOut('one');
  expect(desk.sessions.state('one')).toEqual({ kind: 'signed-out' });
  expect((await desk.sessions.accessToken('two', force)).ok).toBe(true);
  expect(provider.counts.revocation).toBe(0);
  await desk.sessions.signOut('two');
  await expect.poll(() => provider.counts.revocation).toBe(1);
});

test('a sign-out during a refresh wins: what the refresh brings is not kept', async () => {
  const desk = await openDesk({ issuer: misbehaving.issuer });
  await desk.signIn('acme');
  const hold = misbehaving.token.holdAnswers();
  const refresh = desk.sessions.accessToken('acme', force);
  await hold.arrived;
  await desk.sessions.signOut('acme');
  hold.release();
  expect(await refresh).toMatchObject({ failure: { code: 'OP_STALE' } });
  expect(desk.sessions.state('acme')).toEqual({ kind: 'signed-out' });
  expect((await desk.restart()).sessions.state('acme')).toEqual({ kind: 'signed-out' });
});

test('a cancel during the code exchange wins, and what comes back is not kept', async () => {
  const desk = await openDesk({ issuer: misbehaving.issuer });
  const hold = misbehaving.token.holdAnswers();
  await finishSignIn(await desk.startSignIn('acme'));
  await hold.arrived;
  desk.sessions.cancelSignIn('acme');
  expect(desk.sessions.state('acme')).toEqual({ kind: 'signed-out' });
  hold.release();
  expect((await desk.restart()).sessions.state('acme')).toEqual({ kind: 'signed-out' });
});

test('a cancel while the session is being written wins too, and its token is given back', async () => {
  const disk = faultyDisk();
  const desk = await openDesk({ issuer: provider.issuer, disk });
  disk.before = ({ kind, name }) => {
    if (kind === 'syncFolder' && name === 'sessions') desk.sessions.cancelSignIn('acme');
  };
  await finishSignIn(await desk.startSignIn('acme'));
  await expect.poll(() => provider.counts.revocation).toBe(1);
  expect(desk.sessions.state('acme')).toEqual({ kind: 'signed-out' });
  disk.before = () => undefined;
  expect((await desk.restart()).sessions.state('acme')).toEqual({ kind: 'signed-out' });
});

test('a provider that wants to be asked later is not asked before, and a token that is valid goes on being served', async () => {
  const clock = manualClock();
  const desk = await openDesk({ issuer: misbehaving.issuer, clock });
  await desk.signIn('acme');
  misbehaving.token.answerOnce(empty(429, { 'retry-after': '60' }));
  expect(await desk.sessions.accessToken('acme', force)).toMatchObject({
    failure: { code: 'IDP_RATE_LIMITED' },
  });
  expect(desk.sessions.state('acme')).toMatchObject({
    kind: 'signed-in',
    problem: { code: 'IDP_RATE_LIMITED' },
  });
  const asked = misbehaving.token.count;
  expect((await desk.sessions.accessToken('acme')).ok).toBe(true);
  for (let i = 0; i < 10; i++)
    expect(await desk.sessions.accessToken('acme', force)).toMatchObject({
      failure: { code: 'IDP_RATE_LIMITED' },
    });
  expect(misbehaving.token.count).toBe(asked);
  // Due for a refresh and still valid.
  await clock.advance(59_000);
  expect((await desk.sessions.accessToken('acme')).ok).toBe(true);
  expect(misbehaving.token.count).toBe(asked);

  await clock.advance(20_000);
  expect((await desk.sessions.accessToken('acme', force)).ok).toBe(true);
  expect(desk.sessions.state('acme')).not.toHaveProperty('problem');
});

test('a token that is due for a refresh is served while the provider is busy with others', async () => {
  const clock = manualClock();
  const registries = ['one', 'two', 'three', 'four', 'five'];
  const desk = await openDesk({ issuer: misbehaving.issuer, clock, registries });
  for (const id of registries) await desk.signIn(id);
  await clock.advance(270_000);
  const asked = misbehaving.token.count;
  const hold = misbehaving.token.holdAnswers();
  const [, , , , served] = registries.map((id) => desk.sessions.accessToken(id));
  expect((await served)?.ok).toBe(true);
  await hold.arrived;
  hold.release();
  await desk.sessions.close();
  expect(misbehaving.token.count).toBeLessThanOrEqual(asked + 4);
});

test('a refresh that nobody waits for shows nothing when it fails, and ends the session when it must', async () => {
  const desk = await openDesk({ issuer: misbehaving.issuer });
  const events: string[] = [];
  desk.sessions.onChange((_id, { type }) => events.push(type));
  await desk.signIn('acme');
  events.length = 0;
  const before = desk.sessions.state('acme');
  const refresh = () => desk.sessions.refreshable()[0]?.session.refreshUnasked();
  for (const answer of [empty(503), json(400, { error: 'unauthorized_client' })]) {
    misbehaving.token.answerOnce(answer);
    await refresh();
    expect(desk.sessions.state('acme')).toEqual(before);
  }
  expect(events).toEqual(['refresh-postponed', 'refresh-postponed']);
  misbehaving.token.answerOnce(json(400, { error: 'invalid_grant' }));
  await refresh();
  expect(desk.sessions.state('acme')).toMatchObject({ kind: 'expired' });
  expect(desk.sessions.refreshable()).toEqual([]);
});

test('somebody who joins a refresh in the background is told of its failure', async () => {
  const desk = await openDesk({ issuer: misbehaving.issuer });
  await desk.signIn('acme');
  const hold = misbehaving.token.holdRequests();
  const background = desk.sessions.refreshable()[0]?.session.refreshUnasked();
  await hold.arrived;
  const asked = desk.sessions.accessToken('acme', force);
  misbehaving.token.answerOnce(empty(503));
  hold.release();
  await background;
  expect(await asked).toMatchObject({ failure: { code: 'IDP_UNAVAILABLE' } });
  expect(desk.sessions.state('acme')).toMatchObject({ problem: { code: 'IDP_UNAVAILABLE' } });
});

test('quitting waits for the refreshes that were sent and drops the others, and nobody is signed out', async () => {
  const registries = ['one', 'two', 'three', 'four', 'five', 'six'];
  const desk = await openDesk({ issuer: provider.issuer, registries });
  for (const id of registries) await desk.signIn(id);
  const answers = registries.map((id) => desk.sessions.accessToken(id, force));
  const again = await desk.restart();
  const codes = (await Promise.all(answers)).map((answer) => (answer.ok ? 'ok' : answer.failure.code));
  expect(codes.filter((code) => code === 'OP_STALE')).toHaveLength(6);
  expect(provider.counts.token.refresh_token).toBeLessThanOrEqual(4);
  for (const id of registries) expect((await again.sessions.accessToken(id)).ok).toBe(true);
});

test('quitting does not wait longer for a provider that never answers, and the next start finds out', async () => {
  const desk = await openDesk({ issuer: misbehaving.issuer });
  await desk.signIn('acme');
  const hold = misbehaving.token.holdAnswers();
  const refresh = desk.sessions.accessToken('acme', force);
  await hold.arrived;
  const startedAt = performance.now();
  await desk.sessions.close();
  // A request ends by itself after 15 s.
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  hold.release();
  expect(await refresh).toMatchObject({ failure: { code: 'OP_STALE' } });
  expect((await (await desk.restart()).sessions.accessToken('acme')).ok).toBe(true);
});

test('signing out revokes nothing while a session of the same provider waits for its registry to return', async () => {
  const desk = await openDesk({ issuer: provider.issuer, registries: ['one', 'two'] });
  await desk.signIn('one');
  await desk.signIn('two');
  const [one, two] = [desk.registry('one'), desk.registry('two')];
  if (one === undefined || two === undefined) throw new Error('not configured');
  desk.sessions.configure([one], 120);
  await desk.sessions.retainRecords();
  await desk.sessions.signOut('one');
  desk.sessions.configure([one, two], 120);
  expect((await desk.sessions.accessToken('two')).ok).toBe(true);
  expect(provider.counts.revocation).toBe(0);
});

test('a client that the provider no longer accepts needs attention and keeps its session', async () => {
  const desk = await openDesk({ issuer: misbehaving.issuer });
  await desk.signIn('acme');
  misbehaving.token.answerOnce(json(400, { error: 'unauthorized_client' }));
  await desk.sessions.accessToken('acme', force);
  expect(desk.sessions.state('acme')).toMatchObject({ kind: 'error', failure: { code: 'CLIENT_REJECTED' } });
  expect((await desk.sessions.accessToken('acme', force)).ok).toBe(true);
  expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
});

test('a refusal after an answer that never came is told as an interruption', async () => {
  const desk = await openDesk({ issuer: misbehaving.issuer });
  await desk.signIn('acme');
  misbehaving.token.answerOnce(empty(500));
  await desk.sessions.accessToken('acme', force);
  misbehaving.token.answerOnce(json(400, { error: 'invalid_grant' }));
  await desk.sessions.accessToken('acme', force);
  expect(desk.sessions.state('acme')).toMatchObject({
    kind: 'expired',
    failure: { code: 'SESSION_INTERRUPTED' },
  });
});

test('without a refresh token the session says so, and ends when its access token does', async () => {
  const desk = await openDesk({ issuer: misbehaving.issuer });
  misbehaving.behaviour.tokenResponse = { refresh_token: undefined, expires_in: 1 };
  const state = await desk.signIn('acme');
  expect(state).toMatchObject({ held: { notRemembered: { code: 'NO_REFRESH_TOKEN' } } });
  expect(await desk.until('acme', 'expired')).toMatchObject({ failure: { code: 'NO_REFRESH_TOKEN' } });
  const link = await desk.startSignIn('acme');
  expect(new URL(link).searchParams.get('prompt')).toBe('consent');
  desk.sessions.cancelSignIn('acme');
});

test('a person who may choose another account is asked to', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  desk.sessions.signIn('acme', 'another');
  await expect.poll(() => desk.opened).toHaveLength(1);
  expect(new URL(desk.opened[0] ?? '').searchParams.get('prompt')).toBe('select_account');
  desk.sessions.cancelSignIn('acme');
});

test('an edited issuer gets no token of the old one, and the old session is found again when it returns', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  await desk.signIn('acme');
  const before = desk.sessions.state('acme');
  desk.sessions.configure([registryOf('acme', clientOf(misbehaving.issuer))], 120);
  expect(desk.sessions.state('acme')).toEqual({ kind: 'signed-out' });
  expect(await desk.sessions.accessToken('acme', force)).toMatchObject({
    failure: { code: 'REGISTRY_AUTH_REQUIRED' },
  });
  expect(misbehaving.token.count).toBe(0);

  desk.sessions.configure([registryOf('acme', clientOf(provider.issuer))], 120);
  expect(desk.sessions.state('acme')).toMatchObject({
    kind: 'signed-in',
    held: before?.kind === 'signed-in' && before.held,
  });
  expect((await desk.sessions.accessToken('acme')).ok).toBe(true);
});

test('the second of two providers has the plain redirect address where the first names itself, also after a restart', async () => {
  const silent = await startMisbehavingProvider({ profile: { sendsIss: false } });
  const desk = await openDesk({ issuer: provider.issuer });
  const callbackPort = await freePort();
  const clients = [provider, silent].map(({ issuer }) => clientOf(issuer, { callbackPort }));
  const registries = clients.map((client, index) => registryOf(`registry-${index}`, client));
  desk.sessions.configure(registries, 120);
  expect(desk.sessions.redirectUri('registry-1')).toBeUndefined();
  const addressIn = (link: string) => new URL(link).searchParams.get('redirect_uri');
  const address = `http://127.0.0.1:${callbackPort}/callback`;
  expect(addressIn(await desk.startSignIn('registry-1'))).toBe(address);
  expect(desk.sessions.redirectUri('registry-1')).toBe(address);

  await provider.close();
  const later = await desk.restart();
  later.sessions.configure(registries, 120);
  expect(addressIn(await later.startSignIn('registry-1'))).toBe(address);
  later.sessions.cancelSignIn('registry-1');
  await silent.close();
});

test('forgetting a registry that is blocked deletes what was kept for it, and asks its provider nothing', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  await desk.signIn('acme');
  const registry = desk.registry('acme') ?? registryOf('acme', clientOf(provider.issuer));
  const blocked = failure('CFG_ISSUER_NOT_ALLOWED');
  desk.sessions.configure([{ ...registry, blocked }], 120);
  const before = provider.requests.length;
  const forget = desk.sessions.signOutLater('acme');
  desk.sessions.configure([], 120);
  expect(await forget()).toEqual({ ok: true, value: undefined });
  expect(provider.requests).toHaveLength(before);

  desk.sessions.configure([registry], 120);
  expect(desk.sessions.state('acme')).toEqual({ kind: 'signed-out' });
});
