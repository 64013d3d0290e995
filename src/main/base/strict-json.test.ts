import { describe, expect, test } from 'vitest';
import { isJson, isObject, member, parseJson, parseStrictObject } from './strict-json';

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('a strict object', () => {
  test('is read as JSON reads it', () => {
    expect(parseStrictObject('{"a":[1,{"b":null}]}')).toEqual({ a: [1, { b: null }] });
  });

  test.each(['', '{', 'null', '7', '"text"', '[{}]', '{"a":1} '.repeat(2)])('is not %j', (text) => {
    expect(parseStrictObject(text)).toBeUndefined();
  });

  test('has no name twice at its top, however it is spelt; below it may', () => {
    expect(parseStrictObject('{"a":1,"b":2,"a":1}')).toBeUndefined();
    expect(parseStrictObject('{"a":1,"b":{"c":1},"\\u0061":2}')).toBeUndefined();
    expect(parseStrictObject('{"a":{"b":1,"b":2},"c":["a"]}')).toBeDefined();
  });

  test('is nested twenty deep at most, lists and objects alike; brackets in texts do not count', () => {
    expect(parseStrictObject(nested(20))).toBeDefined();
    expect(parseStrictObject(nested(21))).toBeUndefined();
    expect(parseStrictObject(`{"a":${'['.repeat(20)}${']'.repeat(20)}}`)).toBeUndefined();
    expect(parseStrictObject(`{"a":"\\"${'{['.repeat(30)}"}`)).toBeDefined();
  });
});

test('what is no JSON is undefined, and a null is null', () => {
  expect([parseJson('{'), parseJson('null')]).toEqual([undefined, null]);
});

test('an object is neither a list nor null', () => {
  expect([{}, [], null, 'text', undefined].map(isObject)).toEqual([true, false, false, false, false]);
});

test('a member is one of its own, never of the prototype', () => {
  const parsed = parseStrictObject('{"a":1,"__proto__":{"b":2}}') ?? {};
  expect([member(parsed, 'a'), member(parsed, 'b'), member(parsed, 'toString')]).toEqual([
    1,
    undefined,
    undefined,
  ]);
  expect(member(parsed, '__proto__')).toEqual({ b: 2 });
});

test.each([
  ['application/json', true],
  ['Application/JSON ; charset=utf-8', true],
  ['application/vnd.acme+json', true],
  ['text/html', false],
  ['text/json', false],
  ['application/jsonp', false],
  ['text/plain, application/json', false],
  ['', false],
])('an answer of type %j says that it is JSON: %s', (type, expected) => {
  expect(isJson(new Response('', { headers: { 'content-type': type } }))).toBe(expected);
});
