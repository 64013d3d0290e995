import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { manualClock } from '../manual-clock';
import { Attempt } from './attempt';
import type { NetworkRequest } from './network';

const url = new URL('https://registry.example/v0.1/servers');

/** An attempt, and the reason for which its step was ended, as long as there is one. */
function begin(request: NetworkRequest) {
  const clock = manualClock();
  const attempt = new Attempt(url, request, clock);
  const ended: string[] = [];
  attempt.onEnd(({ reason }) => ended.push(reason));
  return { clock, attempt, ended };
}

const both = { headersDeadlineMs: 10_000, deadlineMs: 60_000 };

test('without headers it ends at their deadline', async () => {
  const { clock, ended } = begin(both);
  await clock.advance(9_999);
  expect(ended).toEqual([]);
  await clock.advance(1);
  expect(ended).toEqual(['timeout']);
  expect(clock.timerCount()).toBe(0);
});

test('with headers it ends at the deadline of the whole, counted from the start', async () => {
  const { clock, attempt, ended } = begin(both);
  await clock.advance(9_000);
  attempt.headersArrived();
  await clock.advance(50_999);
  expect(ended).toEqual([]);
  await clock.advance(1);
  expect(ended).toEqual(['timeout']);
});

test.each([
  ['one deadline', { deadlineMs: 60_000 }],
  ['headers that may take longer than the whole', { headersDeadlineMs: 90_000, deadlineMs: 60_000 }],
])('with %s, headers or not, that of the whole ends it', async (_what, request) => {
  const { clock, attempt, ended } = begin(request);
  attempt.headersArrived();
  await clock.advance(59_999);
  expect(ended).toEqual([]);
  await clock.advance(1);
  expect(ended).toEqual(['timeout']);
});

test('one that is finished leaves no timer and no listener behind, and ends nothing any more', async () => {
  const caller = new AbortController();
  const { clock, attempt, ended } = begin({ ...both, signal: caller.signal });
  expect(clock.timerCount()).toBe(1);
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(1);
  await clock.advance(9_000);
  attempt.headersArrived();
  await clock.advance(2_000);
  attempt.finish();
  expect(clock.timerCount()).toBe(0);
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0);
  caller.abort();
  await clock.advance(60_000);
  expect(ended).toEqual([]);
});

test('a caller that is gone before it begins ends it at once', () => {
  const { clock, ended } = begin({ ...both, signal: AbortSignal.abort() });
  expect(ended).toEqual(['aborted']);
  expect(clock.timerCount()).toBe(0);
});
