import { describe, expect, test } from 'vitest';
import { clientOf } from './testing/client';
import { isOutage, isWithoutReason, refusal, refusalCode } from './token-errors';

const client = clientOf('https://login.acme.example');
const answer = (status: number, error?: string, description?: string) => ({
  kind: 'error' as const,
  status,
  ...(error !== undefined && { error }),
  ...(description !== undefined && { description }),
});

describe('the code of a refusal', () => {
  test.each([
    ['invalid_client', 'CLIENT_REJECTED'],
    ['invalid_request', 'CLIENT_REJECTED'],
    ['invalid_target', 'SCOPE_REJECTED'],
    ['invalid_grant', 'SESSION_ENDED'],
    ['something_of_its_own', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
  ])('%s is %s', (error, code) => {
    expect(refusalCode(answer(400, error), { invalid_grant: 'SESSION_ENDED' })).toBe(code);
  });

  test('is none without a name', () => {
    expect(refusalCode(answer(400), {})).toBeUndefined();
  });
});

test('the words of a provider are shown unless they repeat what was sent', () => {
  const words = answer(400, 'invalid_grant', 'Token secret-token is dead');
  expect(refusal('SESSION_ENDED', words, client, ['other-token']).providerText).toContain('is dead');
  expect(refusal('SESSION_ENDED', words, client, ['secret-token'])).not.toHaveProperty('providerText');
  expect(refusal('SESSION_ENDED', answer(400), client, [])).not.toHaveProperty('providerText');
});

test.each([
  [answer(400), true, false],
  [answer(401), true, false],
  [answer(400, 'invalid_grant'), false, false],
  [answer(403), false, false],
  [answer(408), false, true],
  [answer(500), false, true],
  [answer(400, 'temporarily_unavailable'), false, true],
  [answer(400, 'server_error'), false, true],
])('%j is without a reason: %s, an outage: %s', (given, withoutReason, outage) => {
  expect([isWithoutReason(given), isOutage(given)]).toEqual([withoutReason, outage]);
});
