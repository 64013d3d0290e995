import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { Secret } from '../base/secret';
import { isFresh, isValid, startLifetime } from './access-token';

const token = new Secret('t');

test.each([
  { lifetime: 300, freshFor: 260 },
  { lifetime: 80, freshFor: 40 },
  { lifetime: 10, freshFor: 5 },
])('a token of $lifetime s is fresh for $freshFor s and valid to its end', async ({ lifetime, freshFor }) => {
  const clock = manualClock();
  const access = startLifetime(token, lifetime, clock);
  await clock.advance(freshFor * 1000 - 1);
  expect(isFresh(access, clock.monotonic())).toBe(true);
  await clock.advance(1);
  expect(isFresh(access, clock.monotonic())).toBe(false);
  expect(isValid(access, clock)).toBe(true);
  await clock.advance((lifetime - freshFor) * 1000);
  expect(isValid(access, clock)).toBe(false);
});

test('a computer whose wall clock jumps keeps its tokens', () => {
  const clock = manualClock();
  const access = startLifetime(token, 300, clock);
  clock.jump(86_400_000);
  expect(isFresh(access, clock.monotonic())).toBe(true);
});

test.each([0, 0.001, 1, 9])(
  'a lifetime of %d s cannot be meant: the token is used for 30 s',
  async (lifetime) => {
    const clock = manualClock();
    const access = startLifetime(token, lifetime, clock);
    await clock.advance(29_999);
    expect(isFresh(access, clock.monotonic())).toBe(true);
    await clock.advance(1);
    expect(isFresh(access, clock.monotonic())).toBe(false);
  },
);

test('a token that expired while the computer slept is neither fresh nor valid', () => {
  const clock = manualClock();
  const access = startLifetime(token, 300, clock);
  clock.sleep(300_000);
  expect(isFresh(access, clock.monotonic())).toBe(false);
  expect(isValid(access, clock)).toBe(false);
});
