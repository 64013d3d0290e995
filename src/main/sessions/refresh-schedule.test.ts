import { describe, expect, test } from 'vitest';
import { failure } from '../base/failure';
import { manualClock } from '../base/manual-clock';
import { Secret } from '../base/secret';
import { startLifetime } from './access-token';
import { afterFailure, isInUse, lookAgainAt, refreshDueAt, type RefreshFacts } from './refresh-schedule';

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** A session whose tokens came at time 0 and live so many seconds. */
const session = (lifetimeSeconds: number, more: Partial<RefreshFacts> = {}): RefreshFacts => ({
  refreshedAt: 0,
  access: startLifetime(new Secret('t'), lifetimeSeconds, manualClock()),
  ...more,
});
const due = (facts: RefreshFacts, now: number, spread = 0) => refreshDueAt(facts, now, spread, undefined);

describe('a session that was used within the last hour', () => {
  test.each([
    { lifetime: 300, first: 260, last: 280 },
    { lifetime: 3600, first: 3560, last: 3580 },
    { lifetime: 60, first: 30, last: 45 },
  ])('of $lifetime s is refreshed between $first and $last s', ({ lifetime, first, last }) => {
    const facts = session(lifetime, { usedAt: 0 });
    expect(due(facts, 0, 0)).toBe(first * seconds);
    expect(due(facts, 0, 1)).toBe(last * seconds);
  });

  test.each([0, 1, 10, 30])(
    'of the absurd lifetime of %d s is refreshed after 30 s, not before',
    (lifetime) => {
      for (const spread of [0, 0.5, 1])
        expect(due(session(lifetime, { usedAt: 0 }), 0, spread)).toBeGreaterThanOrEqual(30 * seconds);
    },
  );

  test('and has no token in memory is refreshed now', () => {
    expect(due({ refreshedAt: -10 * hours, usedAt: 5 }, 1_000)).toBe(1_000);
  });

  test('counts as used for an hour', () => {
    const facts = session(300, { usedAt: 1_000 });
    expect(isInUse(facts, 1_000 + hours - 1)).toBe(true);
    expect(isInUse(facts, 1_000 + hours)).toBe(false);
  });
});

describe('every other session', () => {
  test('is refreshed once a day, up to an hour early', () => {
    expect(due(session(300), 10 * minutes, 0)).toBe(24 * hours);
    expect(due(session(300), 10 * minutes, 1)).toBe(23 * hours);
    expect(due(session(300, { usedAt: 0 }), 2 * hours)).toBe(24 * hours);
  });

  test('is due at the start when its record is older than a day or of an unknown age', () => {
    expect(due({ refreshedAt: -25 * hours }, 0)).toBeLessThan(0);
    expect(due({ refreshedAt: -Infinity }, 0)).toBeLessThan(0);
  });

  test('is looked at when its token runs out, as it may be in use by then', () => {
    const facts = session(300);
    expect(lookAgainAt(facts, 0, due(facts, 0))).toBe(260 * seconds);
    expect(lookAgainAt(facts, 270 * seconds, due(facts, 270 * seconds))).toBe(24 * hours);
  });
});

describe('after a failure', () => {
  const now = 1_000_000;
  const pauses = (code: 'NET_OFFLINE' | 'STORE_LOCKED', times: number) => {
    let failed: ReturnType<typeof afterFailure> | undefined;
    return Array.from({ length: times }, () => {
      failed = afterFailure({ kind: 'failed-for-now', failure: failure(code) }, failed, now, 0);
      return (failed.notBefore - now) / seconds;
    });
  };

  test('that passes by itself the next tries come less and less often, up to every 15 minutes', () => {
    expect(pauses('NET_OFFLINE', 7)).toEqual([30, 60, 120, 240, 480, 900, 900]);
  });

  test('of the keychain a person is left alone for an hour', () => {
    expect(pauses('STORE_LOCKED', 2)).toEqual([3600, 3600]);
  });

  test('that someone has to mend the next try comes with the daily round', () => {
    const failed = afterFailure({ kind: 'unusable', failure: failure('CLIENT_REJECTED') }, undefined, now, 0);
    expect(failed.notBefore - now).toBe(24 * hours);
  });

  test('jitter makes a pause longer, never shorter', () => {
    const [least, most] = [0, 1].map(
      (spread) =>
        afterFailure({ kind: 'failed-for-now', failure: failure('NET_DNS') }, undefined, now, spread)
          .notBefore,
    );
    expect([least, most]).toEqual([now + 30 * seconds, now + 45 * seconds]);
  });

  test('tokens that came meanwhile end the waiting', () => {
    const failed = { at: 100, notBefore: 10 * hours, count: 9 };
    const facts = session(300, { usedAt: 0 });
    expect(refreshDueAt({ ...facts, refreshedAt: 50 }, 0, 0, failed)).toBe(10 * hours);
    expect(refreshDueAt({ ...facts, refreshedAt: 200 }, 0, 0, failed)).toBe(260 * seconds);
  });
});
