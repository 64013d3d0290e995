import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { inAscii } from './lib/one-byte-text.mjs';

test.each([
  ["'“quoted” – ünë'", '“quoted” – ünë'],
  ["'😀'", '😀'],
  [String.raw`'\\é'`, String.raw`\é`],
  [String.raw`'\é'`, 'é'],
  ['`a ${1}…`', 'a 1…'],
  ["/^[“😀]+$/u.test('😀“')", true],
  [String.raw`/\–/.test('–')`, true],
  ['({ größe: 1 }).größe', 1],
])('%s says the same in ASCII', (code, value) => {
  const text = inAscii(code);
  expect(text).not.toMatch(/[\u0080-\uffff]/);
  expect(runInNewContext(text)).toEqual(value);
});
