import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { manualClock } from '../base/manual-clock';
import { type Desk, openDesk } from './testing/desk';

let provider: MisbehavingProvider;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
});
afterEach(() => provider.close());

const minute = 60_000;
const key = () => ({ registry: 'https://acme.example', issuer: provider.issuer, clientId: 'gatepass' });
const recorded = (desk: Desk) => desk.vault.find(key())?.lastUsedAt;

test('a valid token costs one look at the clock and the promise that was made with it, however often it is asked for', async () => {
  const clock = { ...manualClock() };
  const desk = await openDesk({ issuer: provider.issuer, clock });
  await desk.signIn('acme');
  const asked = provider.token.count;
  const spies = (['monotonic', 'now', 'after'] as const).map((name) => vi.spyOn(clock, name));
  const events: string[] = [];
  desk.sessions.onChange((_id, { type }) => events.push(type));
  const find = vi.spyOn(desk.vault, 'find');

  const first = desk.sessions.accessToken('acme');
  for (let call = 1; call < 1_000; call += 1) expect(desk.sessions.accessToken('acme')).toBe(first);

  expect(spies.map(({ mock }) => mock.calls.length)).toEqual([1_000, 0, 0]);
  expect([find.mock.calls.length, events.length, provider.token.count - asked]).toEqual([0, 0, 0]);
  expect((await first).ok).toBe(true);
});

test('the last use is told while the app runs, and kept with the next refresh for when it starts again', async () => {
  const clock = manualClock();
  const desk = await openDesk({ issuer: provider.issuer, clock });
  await desk.signIn('acme');
  expect([desk.sessions.lastUsedAt('acme'), recorded(desk)]).toEqual([undefined, undefined]);

  await clock.advance(minute);
  const usedAt = clock.now();
  await desk.sessions.accessToken('acme');
  await clock.advance(minute);
  expect(desk.sessions.lastUsedAt('acme')).toBe(usedAt);

  await desk.sessions.refreshable()[0]?.session.refreshUnasked();
  expect(recorded(desk)).toBe(usedAt);
  const again = await desk.restart();
  expect([again.sessions.lastUsedAt('acme'), recorded(again)]).toEqual([undefined, usedAt]);
  // Nobody used it since: a refresh in the background does not make it look used.
  await again.sessions.refreshable()[0]?.session.refreshUnasked();
  expect(recorded(again)).toBe(usedAt);
});

test('what the schedule counts as used after sleep was used by nobody', async () => {
  const clock = manualClock();
  const desk = await openDesk({ issuer: provider.issuer, clock });
  await desk.signIn('acme');
  desk.sessions.refreshable()[0]?.session.countAsUsed();
  expect(desk.sessions.refreshable()[0]?.session.refreshFacts).toHaveProperty('usedAt');
  expect(desk.sessions.lastUsedAt('acme')).toBeUndefined();
});

test('a provider that does not rotate has it kept as well', async () => {
  await provider.close();
  provider = await startMisbehavingProvider({ profile: { rotation: 'silent' } });
  const desk = await openDesk({ issuer: provider.issuer, clock: manualClock() });
  await desk.signIn('acme');
  await desk.sessions.accessToken('acme', { force: true });
  expect(recorded(desk)).toBe(desk.sessions.lastUsedAt('acme'));
});
