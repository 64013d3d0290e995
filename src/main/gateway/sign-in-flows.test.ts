import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishSignIn } from '../../../e2e/servers/browser';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import { type Clock, systemClock } from '../base/clock';
import { clientOf } from '../identity/testing/client';
import { type Desk, openDesk } from '../sessions/testing/desk';
import { registryOf } from '../sessions/testing/registry-of';
import { type Initiated, SignInFlows } from './sign-in-flows';

/** Timers run, but no time passes between two looks at a deadline. */
const standingClock: Clock = { ...systemClock, now: () => 1_800_000_000_000, monotonic: () => 5_000 };

let provider: IdentityProvider;
let desk: Desk;
let flows: SignInFlows;
beforeEach(async () => {
  provider = await startIdentityProvider({ name: 'Acme' });
  desk = await openDesk({ issuer: provider.issuer, signInClock: standingClock });
  flows = new SignInFlows(desk.sessions);
});
afterEach(async () => {
  flows.close();
  await desk.sessions.close();
  await provider.close();
});

function initiate(): Initiated {
  const initiated = flows.initiate('acme');
  if (!initiated.ok) throw new Error(initiated.failure.code);
  return initiated.value;
}

test('a sign-in that a person started in the window is told of instead of starting another', async () => {
  const link = await desk.startSignIn('acme');
  const { kind, flow } = initiate();
  expect(kind).toBe('already-running');
  await finishSignIn(link);
  await desk.until('acme', 'signed-in');
  expect(flows.status('acme', flow.id)).toEqual({ flow_id: flow.id, state: 'completed' });
  expect(desk.opened).toHaveLength(1);
});

test('so is one that began before there was a gateway', async () => {
  flows.close();
  await desk.startSignIn('acme');
  flows = new SignInFlows(desk.sessions);
  const { kind, flow } = initiate();
  expect(kind).toBe('already-running');
  expect(flows.status('acme', flow.id)?.state).toBe('pending');
});

test('a refusal at the provider and a cancel are failures with their code', async () => {
  const denied = initiate().flow;
  await expect.poll(() => desk.opened.length).toBe(1);
  await finishSignIn(desk.opened[0] ?? '', { deny: true });
  await desk.until('acme', 'error');
  expect(flows.status('acme', denied.id)).toMatchObject({ state: 'failed', code: 'LOGIN_DENIED' });

  const cancelled = initiate().flow;
  expect(cancelled.id).not.toBe(denied.id);
  desk.sessions.cancelSignIn('acme');
  expect(flows.status('acme', cancelled.id)).toMatchObject({ state: 'failed', code: 'LOGIN_CANCELLED' });
  expect(flows.status('acme', denied.id)).toMatchObject({ state: 'failed', code: 'LOGIN_DENIED' });
});

test('one that nobody finishes expires', async () => {
  const client = clientOf(provider.issuer, { callbackPort: 8667 });
  desk.sessions.configure([registryOf('acme', client)], 0.05);
  const { flow } = initiate();
  await expect.poll(() => flows.status('acme', flow.id)?.state).toBe('expired');
  expect(flows.status('acme', flow.id)).toMatchObject({ code: 'LOGIN_TIMEOUT' });
});

test('one whose registry is edited or removed meanwhile does not stay pending', () => {
  const { flow } = initiate();
  desk.sessions.configure([], 120);
  expect(flows.status('acme', flow.id)).toMatchObject({ state: 'failed', code: 'OP_STALE' });
});

test('one that is signed out of while it runs fails', async () => {
  const { flow } = initiate();
  await desk.sessions.signOut('acme');
  expect(flows.status('acme', flow.id)).toMatchObject({ state: 'failed', code: 'LOGIN_CANCELLED' });
});

test('an id is of one registry only, and where there is no sign-in none is started', () => {
  const { flow } = initiate();
  expect(flows.status('other', flow.id)).toBeUndefined();
  expect(flows.status('acme', 'x')).toBeUndefined();
  expect(flows.initiate('other')).toMatchObject({ ok: false, failure: { code: 'OP_STALE' } });
});

test('more time is more time for the program too', () => {
  const { flow } = initiate();
  desk.sessions.extendSignIn('acme');
  const later = initiate();
  expect(later.flow.id).toBe(flow.id);
  expect(later.flow.deadline).toBe(flow.deadline + 120_000);
});
