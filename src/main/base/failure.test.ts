import { expect, test } from 'vitest';
import { failed, failure, plainText } from './failure';

test('a failure carries its code and what its sentence names', () => {
  expect(failed('LOGIN_PORT_BUSY', { port: 8666 })).toEqual({
    ok: false,
    failure: { code: 'LOGIN_PORT_BUSY', params: { port: 8666 } },
  });
});

test('provider text loses control, bidi and zero-width characters', () => {
  expect(plainText('a\u0000b\u202Ec\u200Bd\u0007\n\te\u2066f\ufeff')).toBe('abcd ef');
});

test('provider text is one line of at most 200 characters', () => {
  const text = plainText('x'.repeat(10_000));
  expect(Array.from(text)).toHaveLength(200);
  expect(text.endsWith('…')).toBe(true);
});

test('a surrogate pair at the cut is not torn apart', () => {
  expect(plainText('😀'.repeat(300)).isWellFormed()).toBe(true);
});

test('provider text that is empty once cleaned is left out', () => {
  expect(failure('LOGIN_DENIED', {}, '\u200B\n')).toEqual({ code: 'LOGIN_DENIED', params: {} });
});
