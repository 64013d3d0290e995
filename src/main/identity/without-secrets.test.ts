import { expect, test } from 'vitest';
import { withoutSecrets } from './without-secrets';

test('a text that repeats a secret is not shown at all', () => {
  expect(withoutSecrets('token abcdefgh is dead', ['12345678', 'abcdefgh'])).toBe('');
  expect(withoutSecrets('token abcdefgh is dead', ['12345678'])).toBe('token abcdefgh is dead');
});

test('what is too short to be a secret does not swallow the text', () => {
  expect(withoutSecrets('a state of affairs', ['', 'a', 'state'])).toBe('a state of affairs');
});
