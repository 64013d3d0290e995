import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { SessionUse } from './session-use';

test('a use is told by the wall clock, and by the other one to the schedule', async () => {
  const clock = manualClock();
  const use = new SessionUse(clock);
  expect([use.latest(), use.lastUsedAt()]).toEqual([undefined, undefined]);
  await clock.advance(1_000);
  const at = clock.now();
  expect(use.note()).toBe(1_000);
  await clock.advance(5_000);
  expect([use.latest(), use.lastUsedAt()]).toEqual([1_000, at]);
});

test('what the schedule counts as used was used by nobody', async () => {
  const clock = manualClock();
  const use = new SessionUse(clock);
  use.note();
  await clock.advance(1_000);
  use.count();
  expect([use.latest(), use.lastUsedAt()]).toEqual([1_000, clock.now() - 1_000]);
});

test('is a whole number of milliseconds, as a record holds it', () => {
  const use = new SessionUse({ now: () => 1_700_000_000_000, monotonic: () => 12.345 });
  use.note();
  expect(Number.isInteger(use.lastUsedAt())).toBe(true);
});
