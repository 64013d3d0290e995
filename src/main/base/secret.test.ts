import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret';

const value = 'canary-7d1f';
const secret = new Secret(value);

test('a secret gives its value only when asked by name', () => {
  expect(secret.reveal()).toBe(value);
});

test('two secrets can be compared without being revealed', () => {
  expect(secret.equals(new Secret(value))).toBe(true);
  expect(secret.equals(new Secret(`${value} `))).toBe(false);
});

test.each([
  ['String()', String(secret)],
  ['a template', `token: ${String(secret)}`],
  ['concatenation', 'x' + String(secret)],
  ['JSON', JSON.stringify({ secret })],
  ['inspect', inspect({ secret }, { showHidden: true, depth: 9 })],
  ['console formatting', format('%s %o %j', secret, secret, secret)],
  ['copied properties', JSON.stringify(Object.assign({}, secret))],
  ['a clone', JSON.stringify(structuredClone({ secret }))],
])('%s never shows it', (_way, text) => {
  expect(text).not.toContain(value);
});

test('its value is no property that a heap walker by name or a debugger of properties would list', () => {
  expect(Reflect.ownKeys(secret)).toEqual([]);
});
