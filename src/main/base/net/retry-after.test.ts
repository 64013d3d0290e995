import { expect, test } from 'vitest';
import { dateSkewSeconds, retryAfterMs } from './retry-after';

const date = 'Tue, 24 Nov 2026 03:00:00 GMT';
const now = Date.parse(date);

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['1000000000', 1e12],
  ['Tue, 24 Nov 2026 03:01:00 GMT', 60_000],
  ['Tue, 24 Nov 2026 02:00:00 GMT', 0],
  ['-5', undefined],
  ['1.5', undefined],
  ['2026', 2_026_000],
  ['soon', undefined],
  ['Tue, 99 Nov 2026 03:01:00 GMT', undefined],
  ['', undefined],
])('Retry-After %j is %s ms', (value, expected) => {
  expect(retryAfterMs(new Headers({ 'retry-after': value, date }), 0)).toBe(expected);
});

test('a date is read against our clock where the answer has none', () => {
  const headers = new Headers({ 'retry-after': 'Tue, 24 Nov 2026 03:01:00 GMT' });
  expect(retryAfterMs(headers, now)).toBe(60_000);
});

test('the skew counts the time an answer spent in a cache', () => {
  expect(dateSkewSeconds(new Headers({ date }), now - 5000)).toBe(5);
  expect(dateSkewSeconds(new Headers({ date, age: '600' }), now + 600_000)).toBe(0);
  expect(dateSkewSeconds(new Headers(), now)).toBeUndefined();
  expect(dateSkewSeconds(new Headers({ date: 'yesterday' }), now)).toBeUndefined();
});
