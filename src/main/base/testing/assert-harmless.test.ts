import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { assertHarmless } from './assert-harmless';

const texts = fc.string();
const refusing = (parse: (text: string) => string | undefined) => () => {
  assertHarmless(texts, parse, { numRuns: 5, limitMs: 100 });
};
afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'polluted');
});

test('a parser that ends with a value or a code of the catalogue passes', () => {
  expect(refusing((text) => (text.length > 3 ? 'CFG_INVALID' : undefined))).not.toThrow();
});

test.each<[string, (text: string) => string | undefined]>([
  [
    'hangs',
    () => {
      for (;;);
    },
  ],
  [
    'throws',
    () => {
      throw new Error('unexpected');
    },
  ],
  ['refuses without a code of the catalogue', () => 'toString'],
  [
    'changes a prototype',
    () => {
      Reflect.set(Object.prototype, 'polluted', true);
      return undefined;
    },
  ],
])('one that %s does not', (_what, parse) => {
  expect(refusing(parse)).toThrow();
});
