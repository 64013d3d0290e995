import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { SignInTimer } from './sign-in-timer';

function setUp(lengthMs: number) {
  const clock = manualClock();
  const ended: number[] = [];
  const timer = new SignInTimer(clock, lengthMs, () => ended.push(clock.monotonic()));
  return { clock, ended, timer };
}
const minute = 60_000;

test('the time runs from the start, not from its making, and ends once', async () => {
  const { clock, ended, timer } = setUp(2 * minute);
  await clock.advance(5 * minute);
  expect(timer.deadline()).toBe(clock.now() + 2 * minute);
  timer.start();
  await clock.advance(2 * minute - 1);
  expect(ended).toEqual([]);
  await clock.advance(10 * minute);
  expect(ended).toEqual([7 * minute]);
});

test('more time is two minutes, up to fifteen in all', async () => {
  const { clock, ended, timer } = setUp(2 * minute);
  timer.start();
  const startedAt = clock.now();
  timer.extend();
  expect(timer.deadline()).toBe(startedAt + 4 * minute);
  for (let press = 0; press < 10; press += 1) timer.extend();
  expect(timer.deadline()).toBe(startedAt + 15 * minute);
  expect(timer.canExtend).toBe(false);
  await clock.advance(15 * minute);
  expect(ended).toEqual([15 * minute]);
});

test('a configured time of more than fifteen minutes is fifteen', () => {
  const { clock, timer } = setUp(60 * minute);
  expect([timer.deadline(), timer.canExtend]).toEqual([clock.now() + 15 * minute, false]);
});

test('a wall clock that jumps moves the deadline that is shown, and not the end', async () => {
  const { clock, ended, timer } = setUp(2 * minute);
  timer.start();
  clock.jump(3_600_000);
  expect(timer.deadline()).toBe(clock.now() + 2 * minute);
  await clock.advance(2 * minute);
  expect(ended).toHaveLength(1);
});

test('stopped is stopped, also when more time is asked for', async () => {
  const { clock, ended, timer } = setUp(minute);
  timer.start();
  timer.stop();
  timer.extend();
  await clock.advance(60 * minute);
  expect([ended, clock.timerCount()]).toEqual([[], 0]);
});
