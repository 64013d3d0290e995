import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { Alarm } from './alarm';

function setUp() {
  const clock = manualClock();
  const rings: { readonly at: number; readonly overslept: boolean }[] = [];
  const alarm = new Alarm(clock, (overslept) => rings.push({ at: clock.monotonic(), overslept }));
  return { clock, rings, alarm };
}

test('ten thousand wishes are one timer and one ring, at the earliest time', async () => {
  const { clock, rings, alarm } = setUp();
  for (let i = 0; i < 10_000; i++) alarm.ringWithin(60_000 - i);
  expect(clock.timerCount()).toBe(1);
  await clock.advance(300_000);
  expect(rings).toEqual([{ at: 50_001, overslept: false }]);
  expect(clock.timerCount()).toBe(0);
});

test.each([0, -1, -Infinity, 0.001, 999])('a wish for %d ms rings after a second, not before', async (ms) => {
  const { clock, rings, alarm } = setUp();
  alarm.ringWithin(ms);
  await clock.advance(999);
  expect(rings).toEqual([]);
  await clock.advance(1);
  expect(rings).toHaveLength(1);
});

test('a wish for any later time rings after five minutes, to see whether the computer slept', async () => {
  const { clock, rings, alarm } = setUp();
  alarm.ringWithin(Infinity);
  await clock.advance(300_000);
  expect(rings).toEqual([{ at: 300_000, overslept: false }]);
});

test('a ring that was held up by sleep says so', async () => {
  const { clock, rings, alarm } = setUp();
  alarm.ringWithin(10_000);
  clock.sleep(3_600_000);
  await clock.advance(10_000);
  expect(rings).toEqual([{ at: 3_610_000, overslept: true }]);
});

test('after clearing a new wish counts, and after stopping none does', async () => {
  const { clock, rings, alarm } = setUp();
  alarm.ringWithin(2_000);
  alarm.clear();
  alarm.ringWithin(5_000);
  await clock.advance(5_000);
  expect(rings.map(({ at }) => at)).toEqual([5_000]);
  alarm.ringWithin(1_000);
  alarm.stop();
  alarm.ringWithin(1_000);
  expect(clock.timerCount()).toBe(0);
});
