import { expect, test, vi } from 'vitest';
import { countingSleep } from './sleep-counting';

/** A computer as Linux shows it: the steady clock stands still while it sleeps, the others do not. */
function computer() {
  const time = { steady: 5_000, uptime: 900_000, wall: 1_700_000_000_000 };
  const uptime = vi.fn(() => time.uptime);
  return {
    awake: (ms: number) => {
      time.steady += ms;
      time.uptime += ms;
      time.wall += ms;
    },
    asleep: (ms: number) => {
      time.uptime += ms;
      time.wall += ms;
    },
    time,
    uptime,
    monotonic: countingSleep(
      () => time.steady,
      uptime,
      () => time.wall,
    ),
  };
}

test('time asleep counts, every time', () => {
  const { awake, asleep, monotonic } = computer();
  const start = monotonic();
  awake(1_000);
  asleep(3_600_000);
  expect(monotonic() - start).toBe(3_601_000);
  awake(1_000);
  asleep(60_000);
  expect(monotonic() - start).toBe(3_662_000);
});

test('asked thousands of times a second, it looks at the uptime once', () => {
  const { awake, asleep, monotonic, uptime } = computer();
  monotonic();
  uptime.mockClear();
  for (let call = 0; call < 8_000; call += 1) {
    awake(0.125);
    monotonic();
  }
  expect(uptime).toHaveBeenCalledTimes(1);
  const before = monotonic();
  asleep(5_000);
  expect(monotonic() - before).toBe(5_000);
});

test('sleep that the wall clock hides, as it was set back meanwhile, counts a second later', () => {
  const { awake, asleep, monotonic, time } = computer();
  const before = monotonic();
  asleep(60_000);
  time.wall -= 60_000;
  awake(1_000);
  expect(monotonic() - before).toBe(61_000);
});

test('a wall clock that is set forward or back changes nothing', () => {
  const { awake, monotonic, time } = computer();
  const before = monotonic();
  time.wall += 86_400_000;
  awake(1);
  expect(monotonic() - before).toBe(1);
  time.wall -= 2 * 86_400_000;
  awake(1);
  expect(monotonic() - before).toBe(2);
});

test('an uptime in whole seconds makes nothing of itself', () => {
  const time = { steady: 0 };
  const monotonic = countingSleep(
    () => time.steady,
    () => Math.floor((time.steady + 900) / 1000) * 1000,
    () => time.steady,
  );
  for (; time.steady < 10_000; time.steady += 100) expect(monotonic()).toBe(time.steady);
});

test('it never goes back, not even when the uptime does', () => {
  const { asleep, awake, monotonic, time } = computer();
  asleep(60_000);
  const before = monotonic();
  time.uptime -= 3_600_000;
  awake(1_000);
  expect(monotonic()).toBe(before + 1_000);
});

test('without an uptime it is the steady clock', () => {
  expect(
    countingSleep(
      () => 42,
      () => Number.NaN,
      () => 42,
    )(),
  ).toBe(42);
});
