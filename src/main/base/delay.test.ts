import { expect, test } from 'vitest';
import { manualClock } from './manual-clock';
import { delay } from './delay';

test('waits its time, and leaves neither a timer nor a listener', async () => {
  const clock = manualClock();
  const { signal } = new AbortController();
  let answer: boolean | undefined;
  void delay(500, { clock, signal }).then((waited) => (answer = waited));
  await clock.advance(499);
  expect(answer).toBeUndefined();
  await clock.advance(1);
  expect(answer).toBe(true);
  expect(clock.timerCount()).toBe(0);
});

test.each(['before', 'meanwhile'])('a signal that aborts %s ends it at once', async (when) => {
  const clock = manualClock();
  const controller = new AbortController();
  if (when === 'before') controller.abort();
  const waited = delay(500, { clock, signal: controller.signal });
  controller.abort();
  expect(await waited).toBe(false);
  expect(clock.timerCount()).toBe(0);
});
