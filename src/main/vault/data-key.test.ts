import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { DataKey, sealedTokenBytes } from './data-key';

const token = new Secret('refresh-token Ä');

test('what a key sealed it opens again, also after it was kept as text', () => {
  const key = DataKey.generate();
  const sealed = key.seal(token, 'header');
  const again = DataKey.fromText(key.toText());
  expect(again?.unseal(sealed, 'header')?.reveal()).toBe(token.reveal());
  expect(again?.id).toBe(key.id);
  expect(sealedTokenBytes(sealed)).toBe(Buffer.byteLength(token.reveal()));
});

test('the same text never looks the same twice, and nothing of it shows', () => {
  const key = DataKey.generate();
  const [one, other] = [key.seal(token, 'header'), key.seal(token, 'header')];
  expect(one.equals(other)).toBe(false);
  expect(one.includes('refresh-token')).toBe(false);
});

test('another key, another header, or a change or cut at any byte opens nothing', () => {
  const key = DataKey.generate();
  const sealed = key.seal(token, 'header');
  expect(DataKey.generate().unseal(sealed, 'header')).toBeUndefined();
  expect(key.unseal(sealed, 'other header')).toBeUndefined();
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(key.unseal(changed, 'header'), `byte ${at}`).toBeUndefined();
    expect(key.unseal(sealed.subarray(0, at), 'header'), `cut at ${at}`).toBeUndefined();
  }
});

test.each(['', 'short', 'A'.repeat(42), 'A'.repeat(44)])(
  'a text of another length (%j) is no key',
  (text) => {
    expect(DataKey.fromText(new Secret(text))).toBeUndefined();
  },
);

test('the name of a key says nothing of it', () => {
  const key = DataKey.generate();
  expect(key.id).toMatch(/^[0-9a-f]{16}$/);
  expect(key.toText().reveal()).not.toContain(key.id);
});
