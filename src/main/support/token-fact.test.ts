import { expect, test } from 'vitest';
import { tokenFact } from './token-fact';

test.each([
  [1, '1–63'],
  [63, '1–63'],
  [64, '64–511'],
  [511, '64–511'],
  [512, '512–4095'],
  [4095, '512–4095'],
  [4096, '4096+'],
])('of a token of %i characters only the class is told', (length, expected) => {
  expect(tokenFact(length, 'sealed')).toEqual({ kind: 'present', length: expected, kept: 'sealed' });
});

test('an empty token is none', () => {
  expect([tokenFact(0, 'memory'), tokenFact(undefined, 'memory')]).toEqual([
    { kind: 'absent' },
    { kind: 'absent' },
  ]);
});
