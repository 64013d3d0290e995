import { expect, test } from 'vitest';
import { whySpent } from './spent-token';

test.each([
  ['never sent', {}, undefined],
  ['sent once without an answer', { attempt: 1 }, undefined],
  ['sent twice without an answer', { attempt: 2 }, 'SESSION_INTERRUPTED'],
  ['answered once, unreadably', { attempt: 1, answered: 1 }, undefined],
  ['answered twice, unreadably', { attempt: 2, answered: 2 }, undefined],
  ['answered three times, unreadably', { attempt: 3, answered: 3 }, 'TOKEN_BAD_RESPONSE'],
  ['answered once, then not', { attempt: 2, answered: 1 }, 'SESSION_INTERRUPTED'],
  ['answered twice, then not', { attempt: 3, answered: 2 }, 'SESSION_INTERRUPTED'],
])('a token that was %s', (_name, attempts, code) => {
  expect(whySpent(attempts)).toBe(code);
});
