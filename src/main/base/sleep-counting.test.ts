import { expect, test } from 'vitest';
import { countingSleep } from './sleep-counting';

/** A computer as Linux shows it: the steady clock stands still while it sleeps, the uptime does not. */
function computer() {
  const time = { steady: 5_000, uptime: 900_000 };
  return {
    awake: (ms: number) => {
      time.steady += ms;
      time.uptime += ms;
    },
    asleep: (ms: number) => {
      time.uptime += ms;
    },
    time,
    monotonic: countingSleep(
      () => time.steady,
      () => time.uptime,
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

test('an uptime in whole seconds makes nothing of itself', () => {
  const time = { steady: 0 };
  const monotonic = countingSleep(
    () => time.steady,
    () => Math.floor((time.steady + 900) / 1000) * 1000,
  );
  for (; time.steady < 10_000; time.steady += 100) expect(monotonic()).toBe(time.steady);
});

test('it never goes back, not even when the uptime does', () => {
  const { asleep, awake, monotonic, time } = computer();
  asleep(60_000);
  const before = monotonic();
  time.uptime -= 3_600_000;
  awake(1);
  expect(monotonic()).toBe(before + 1);
});

test('without an uptime it is the steady clock', () => {
  expect(
    countingSleep(
      () => 42,
      () => Number.NaN,
    )(),
  ).toBe(42);
});
