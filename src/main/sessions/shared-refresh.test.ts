import { expect, test } from 'vitest';
import { failure } from '../base/failure';
import { manualClock } from '../base/manual-clock';
import type { RefreshResult } from './refresh';
import { SharedRefresh } from './shared-refresh';

const result: RefreshResult = { kind: 'failed-for-now', failure: failure('IDP_UNAVAILABLE') };

/** Refreshes that end when they are told to. */
function setUp() {
  const clock = manualClock();
  const shared = new SharedRefresh(clock);
  const ends: (() => void)[] = [];
  const begin = () =>
    new Promise<RefreshResult>((resolve) =>
      ends.push(() => {
        resolve(result);
      }),
    );
  return { clock, shared, ends, begin };
}

test('a hundred callers share one, and the next caller begins another', async () => {
  const { shared, ends, begin } = setUp();
  const answers = Array.from({ length: 100 }, () => shared.join(1, 'somebody', begin));
  expect(ends).toHaveLength(1);
  ends[0]?.();
  expect(new Set(await Promise.all(answers))).toEqual(new Set([result]));
  void shared.join(1, 'somebody', begin);
  expect(ends).toHaveLength(2);
});

test('one of an earlier generation is shared with nobody, and its end is not taken for that of the next', async () => {
  const { shared, ends, begin } = setUp();
  const old = shared.join(1, 'nobody', begin);
  const next = shared.join(2, 'somebody', begin);
  expect(ends).toHaveLength(2);
  ends[0]?.();
  await old;
  expect(shared.join(2, 'nobody', begin)).not.toBe(old);
  expect([ends.length, shared.isAwaited]).toEqual([2, true]);
  ends[1]?.();
  await next;
});

test('whoever joins a refresh that nobody waited for waits for it, until it ends', async () => {
  const { shared, ends, begin } = setUp();
  const background = shared.join(1, 'nobody', begin);
  expect(shared.isAwaited).toBe(false);
  const joined = shared.join(1, 'somebody', begin);
  expect(shared.isAwaited).toBe(true);
  ends[0]?.();
  await Promise.all([background, joined]);
  expect(shared.isAwaited).toBe(false);
});

test('is settled when nothing runs', async () => {
  const { shared, ends, begin } = setUp();
  await shared.settled;
  void shared.join(1, 'nobody', begin);
  let isSettled = false;
  const settled = shared.settled.then(() => (isSettled = true));
  await Promise.resolve();
  expect(isSettled).toBe(false);
  ends[0]?.();
  await settled;
});

test('a rest lasts its time, or until tokens come, and is none of the next generation', async () => {
  const { clock, shared } = setUp();
  const useless = failure('TOKEN_BAD_RESPONSE');
  shared.rest(1, 30_000, useless);
  await clock.advance(29_999);
  expect([shared.whyNot(1), shared.whyNot(2)]).toEqual([useless, undefined]);
  await clock.advance(1);
  expect(shared.whyNot(1)).toBeUndefined();
  shared.rest(1, 30_000, useless);
  shared.endRest();
  expect(shared.whyNot(1)).toBeUndefined();
});
