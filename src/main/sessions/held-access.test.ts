import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { Secret } from '../base/secret';
import { HeldAccess } from './held-access';

function holding(expiresInSeconds = 300) {
  const clock = manualClock();
  const access = new HeldAccess(clock);
  access.take({ accessToken: new Secret('token'), expiresInSeconds, missingScopes: [] });
  return { clock, access };
}

test('a fresh token is always the same answer', async () => {
  const { clock, access } = holding();
  const first = access.fresh(clock.monotonic());
  expect(access.fresh(clock.monotonic())).toBe(first);
  expect((await first)?.ok).toBe(true);
});

test('a token that is due for a refresh is not fresh and still valid, then neither', async () => {
  const { clock, access } = holding();
  await clock.advance(260_000);
  expect([access.fresh(clock.monotonic()), access.valid()?.ok]).toEqual([undefined, true]);
  expect(access.facts()).toMatchObject({ length: 5 });
  await clock.advance(40_000);
  expect([access.valid(), access.facts()]).toEqual([undefined, undefined]);
  expect(access.times()).toBeDefined();
});

test('what is forgotten is gone, with the end that was set for it', async () => {
  const { clock, access } = holding();
  let ends = 0;
  access.whenItExpires(() => (ends += 1));
  access.forget();
  expect([access.fresh(0), access.valid(), access.times()]).toEqual([undefined, undefined, undefined]);
  await clock.advance(600_000);
  expect([ends, clock.timerCount()]).toEqual([0, 0]);
});

test('the end comes with the expiry, and a new token puts the old one off', async () => {
  const { clock, access } = holding();
  let ends = 0;
  access.whenItExpires(() => (ends += 1));
  await clock.advance(299_999);
  access.take({ accessToken: new Secret('next'), expiresInSeconds: 300, missingScopes: [] });
  await clock.advance(1);
  expect(ends).toBe(0);
  access.whenItExpires(() => (ends += 1));
  await clock.advance(300_000);
  expect(ends).toBe(1);
});
