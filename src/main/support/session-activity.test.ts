import { beforeEach, expect, test } from 'vitest';
import { failure } from '../base/failure';
import { type ManualClock, manualClock } from '../base/manual-clock';
import type { SessionEvent } from '../sessions';
import { SessionActivity } from './session-activity';

let clock: ManualClock;
let activity: SessionActivity;
beforeEach(() => {
  clock = manualClock();
  activity = new SessionActivity(clock);
});

const of = (event: SessionEvent, registryId = 'acme') => activity.of(registryId, event);
const step = (name: 'opening-browser' | 'waiting-for-browser' | 'completing'): SessionEvent => ({
  type: 'sign-in-progressed',
  flow: { step: name, startedAt: 0, deadline: 0, canExtend: true },
});
const succeeded: SessionEvent = { type: 'sign-in-succeeded', held: { account: 'canary' }, expiresAt: 0 };

test('the steps of one sign-in share an id, and the last says how long it took', async () => {
  const first = of(step('opening-browser'));
  const second = of(step('waiting-for-browser'));
  const extended = of(step('waiting-for-browser'));
  await clock.advance(4_200);
  const last = of(succeeded);
  expect([first, second, extended, last].map(({ kind, level }) => [kind, level])).toEqual([
    ['opening-browser', 'info'],
    ['waiting-for-browser', 'info'],
    ['more-time', 'info'],
    ['sign-in-succeeded', 'info'],
  ]);
  expect(new Set([first, second, extended, last].map(({ correlationId }) => correlationId)).size).toBe(1);
  expect(first.correlationId).toMatch(/^[0-9a-f]{8}$/);
  expect(last.durationMs).toBe(4_200);
  expect(of(step('opening-browser')).correlationId).not.toBe(first.correlationId);
});

test('two registries that sign in at once are told apart', () => {
  expect(of(step('opening-browser'), 'acme').correlationId).not.toBe(
    of(step('opening-browser'), 'globex').correlationId,
  );
});

test('a refresh is silent, with an id of its own, until it fails', async () => {
  const started = of({ type: 'refresh-started' });
  await clock.advance(300);
  const done = of({ type: 'refresh-succeeded', held: {}, expiresAt: 0 });
  expect([started.level, done.level, done.durationMs]).toEqual(['debug', 'debug', 300]);
  expect(done.correlationId).toBe(started.correlationId);
  of({ type: 'refresh-started' });
  expect(of({ type: 'ended', failure: failure('SESSION_ENDED') })).toMatchObject({
    level: 'warn',
    code: 'SESSION_ENDED',
    durationMs: 0,
  });
});

test('of a failure and of an account the log gets the code and nothing else', () => {
  const failed: SessionEvent = {
    type: 'sign-in-failed',
    failure: failure('LOGIN_DENIED', { name: 'canary' }, 'canary of a provider'),
  };
  expect(of(failed)).toEqual({
    level: 'warn',
    name: 'session-changed',
    registryId: 'acme',
    kind: 'sign-in-failed',
    code: 'LOGIN_DENIED',
  });
  const { flow, ...progressed } = step('waiting-for-browser') as Extract<
    SessionEvent,
    { type: 'sign-in-progressed' }
  >;
  const noBrowser = of({ ...progressed, flow: { ...flow, problem: failure('LOGIN_BROWSER_FAILED') } });
  expect(noBrowser).toMatchObject({ level: 'warn', code: 'LOGIN_BROWSER_FAILED' });
  expect(JSON.stringify([of(failed), of(succeeded), noBrowser])).not.toContain('canary');
});
