import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { Backoff } from './backoff';

function setUp() {
  const clock = manualClock();
  const tries: number[] = [];
  const outcome = { isDone: false };
  const backoff = new Backoff(clock, () => {
    tries.push(clock.monotonic());
    return Promise.resolve(outcome.isDone);
  });
  const began = clock.monotonic();
  return { clock, backoff, outcome, tries: () => tries.map((at) => at - began) };
}

test('work that fails is repeated ever more slowly, at last every 30 s', async () => {
  const { clock, backoff, tries } = setUp();
  backoff.schedule();
  for (let second = 0; second < 110; second += 1) await clock.advance(1_000);
  expect(tries()).toEqual([1_000, 3_000, 8_000, 18_000, 48_000, 78_000, 108_000]);
});

test('scheduling it again while it waits changes nothing', async () => {
  const { clock, backoff, tries } = setUp();
  backoff.schedule();
  backoff.schedule();
  await clock.advance(1_000);
  expect(tries()).toEqual([1_000]);
});

test('once all is done it rests, and begins anew with the shortest pause', async () => {
  const { clock, backoff, outcome, tries } = setUp();
  outcome.isDone = true;
  backoff.schedule();
  await clock.advance(60_000);
  backoff.schedule();
  await clock.advance(60_000);
  expect(tries()).toEqual([1_000, 61_000]);
});

test('stopped, it neither tries what waits nor begins again', async () => {
  const { clock, backoff, tries } = setUp();
  backoff.schedule();
  backoff.stop();
  backoff.schedule();
  await clock.advance(60_000);
  expect(tries()).toEqual([]);
});
