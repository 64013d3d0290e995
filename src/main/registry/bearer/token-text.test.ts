import { expect, test } from 'vitest';
import { longestToken, tokenIn } from './token-text';

test.each([
  ['abc.DEF-123_~+/==', 'abc.DEF-123_~+/=='],
  ['  token\r\n', 'token'],
  ['Bearer token', 'token'],
  ['bearer  token\n', 'token'],
])('%j holds a token', (text, token) => {
  expect(tokenIn(text)?.reveal()).toBe(token);
});

test.each([
  '',
  ' \n',
  'two words',
  'one\ntwo',
  'name: value',
  'café',
  'a=b',
  'tok\u0000en',
  'x'.repeat(longestToken + 1),
])('%j is none', (text) => {
  expect(tokenIn(text)).toBeUndefined();
});
