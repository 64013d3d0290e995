import { beforeEach, describe, expect, test } from 'vitest';
import type { Code } from '../../contract/codes';
import { failure } from '../base/failure';
import { type ManualClock, manualClock } from '../base/manual-clock';
import { Secret } from '../base/secret';
import { ProviderQueue } from './provider-queue';
import type { RefreshResult } from './refresh';

const refreshed: RefreshResult = {
  kind: 'refreshed',
  tokens: { accessToken: new Secret('t'), expiresInSeconds: 300, missingScopes: [] },
};
const notNow = (code: Code, retryAfterMs?: number): RefreshResult => ({
  kind: 'failed-for-now',
  failure: failure(code),
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

let clock: ManualClock;
let queue: ProviderQueue;
let random = 0;
beforeEach(() => {
  clock = manualClock();
  random = 0;
  queue = new ProviderQueue(clock, () => random);
});
const answer = (result: RefreshResult) => queue.run(() => Promise.resolve(result));
const settled = () => clock.advance(0);
const quietFor = () => Math.max(0, queue.quietUntil - clock.monotonic());

describe('turns', () => {
  /** Starts so many refreshes that end when they are told to. */
  function start(count: number) {
    const seen = { running: 0, most: 0, ran: 0 };
    const ends: (() => void)[] = [];
    const results = Array.from({ length: count }, () =>
      queue.run(async () => {
        seen.running += 1;
        seen.ran += 1;
        seen.most = Math.max(seen.most, seen.running);
        await new Promise<void>((end) => ends.push(end));
        seen.running -= 1;
        return refreshed;
      }),
    );
    return { seen, ends, results };
  }

  test('a thousand at once are run four at a time, each of them once', async () => {
    const { seen, ends, results } = start(1_000);
    while (seen.ran < 1_000 || seen.running > 0) {
      expect(queue.hasRoom).toBe(seen.running < 4);
      ends.shift()?.();
      await settled();
    }
    expect(seen).toEqual({ running: 0, most: 4, ran: 1_000 });
    expect(await Promise.all(results)).toEqual(Array.from({ length: 1_000 }, () => refreshed));
    expect(queue.hasRoom).toBe(true);
  });

  test('a place that becomes free goes to the next in turn, not to whoever comes just then', async () => {
    const { seen, ends } = start(5);
    ends.shift()?.();
    // What comes in the same instant waits, however the promises are scheduled.
    for (let i = 0; i < 10; i++) {
      await Promise.resolve();
      void start(1);
    }
    await settled();
    expect(seen).toMatchObject({ ran: 5, most: 4 });
  });

  test('a refresh that throws gives its place back', async () => {
    const thrown = queue.run(() => Promise.reject(new Error('defect')));
    await expect(thrown).rejects.toThrow('defect');
    const { seen } = start(4);
    expect(seen.running).toBe(4);
  });
});

describe('Retry-After', () => {
  test.each([
    { asked: '2 s', retryAfterMs: 2_000, least: 2, most: 2.4 },
    { asked: 'a date five minutes away', retryAfterMs: 300_000, least: 300, most: 360 },
    { asked: '1e9 s', retryAfterMs: 1e12, least: 300, most: 360 },
    { asked: '0 s', retryAfterMs: 0, least: 1, most: 1.2 },
    { asked: 'nothing readable, or a negative number', retryAfterMs: undefined, least: 30, most: 36 },
  ])('$asked: nobody asks for $least to $most s', async ({ retryAfterMs, least, most }) => {
    await answer(notNow('IDP_RATE_LIMITED', retryAfterMs));
    expect(quietFor()).toBeCloseTo(least * 1000);
    expect(queue.refusal()?.code).toBe('IDP_RATE_LIMITED');
    await clock.advance(least * 1000 - 1);
    expect(queue.refusal()).toBeDefined();
    await clock.advance(1);
    expect(queue.refusal()).toBeUndefined();
    random = 1;
    queue.forgive();
    await answer(notNow('IDP_RATE_LIMITED', retryAfterMs));
    expect(quietFor()).toBeCloseTo(most * 1000);
  });

  test('of an outage is honoured as well', async () => {
    await answer(notNow('IDP_UNAVAILABLE', 10_000));
    expect(queue.refusal()?.code).toBe('IDP_UNAVAILABLE');
  });

  test('stands although the network is another one', async () => {
    await answer(notNow('IDP_RATE_LIMITED', 10_000));
    queue.forgive();
    expect(quietFor()).toBe(10_000);
  });
});

describe('a provider in trouble', () => {
  test('is left alone by background work for longer and longer, while somebody who waits may try', async () => {
    const pauses: number[] = [];
    for (let i = 0; i < 6; i++) {
      await answer(notNow('IDP_UNAVAILABLE'));
      pauses.push(quietFor() / 1000);
      expect(queue.refusal()).toBeUndefined();
    }
    expect(pauses).toEqual([30, 60, 120, 240, 300, 300]);
  });

  test.each<[string, RefreshResult]>([
    ['tokens', refreshed],
    ['a refusal', { kind: 'ended', failure: failure('SESSION_ENDED') }],
    ['an answer that cannot be used', { kind: 'unusable', failure: failure('ID_TOKEN_INVALID') }],
  ])('works again once it answers with %s', async (_name, result) => {
    await answer(notNow('NET_TIMEOUT'));
    await answer(result);
    expect(quietFor()).toBe(0);
    await answer(notNow('NET_TIMEOUT'));
    expect(quietFor()).toBe(30_000);
  });

  test.each<Code>(['STORE_LOCKED', 'STORE_FULL', 'OP_STALE'])(
    'is not one that was never asked: %s',
    async (code) => {
      await answer(notNow(code));
      expect(quietFor()).toBe(0);
    },
  );
});
