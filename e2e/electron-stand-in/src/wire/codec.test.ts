import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, NOT_CLONEABLE } from './codec';

const roundTrip = (value: unknown): unknown => decode(encode(value));

describe('the IPC codec', () => {
  it.each<[string, unknown]>([
    ['primitives', [null, undefined, true, 'text', 1.5]],
    ['numbers JSON has no word for', [NaN, Infinity, -Infinity, -0]],
    ['a BigInt', 2n ** 70n],
    ['dates, also an invalid one', [new Date(5), new Date(NaN)]],
    ['a regular expression', /a\/b/giu],
    ['maps and sets, nested', new Map([[new Set([1]), { a: [new Map()] }]])],
    ['an ArrayBuffer', new Uint8Array([0, 128, 255]).buffer],
    ['typed arrays', [new Int16Array([-1, 2]), new Float64Array([0.5]), new BigInt64Array([5n])]],
    ['a DataView', new DataView(new Uint8Array([1, 2, 3]).buffer, 1)],
    ['boxed primitives', [Object('text'), Object(5), Object(false)]],
    ['an object that holds undefined', { a: undefined, b: [undefined] }],
  ])('keeps %s', (_name, value) => {
    expect(roundTrip(value)).toStrictEqual(value);
  });

  it('keeps an error’s kind, message and cause', () => {
    const error = roundTrip(new RangeError('far', { cause: { code: 5 } })) as RangeError;
    expect(error).toBeInstanceOf(RangeError);
    expect([error.message, error.cause]).toEqual(['far', { code: 5 }]);
  });

  it('makes an error of an unknown name a plain Error', () => {
    class OwnError extends Error {
      override readonly name = 'OwnError';
    }
    expect((roundTrip(new OwnError('mine')) as Error).constructor).toBe(Error);
  });

  it('keeps cycles and shared references', () => {
    const shared = { n: 1 };
    const value: Record<string, unknown> = { a: shared, b: shared };
    value['self'] = value;
    const back = roundTrip(value) as typeof value;
    expect(back['self']).toBe(back);
    expect(back['a']).toBe(back['b']);
  });

  it('loses a class, as structured clone does', () => {
    class Point {
      x = 1;
      get y(): number {
        return 2;
      }
    }
    const back = roundTrip(new Point());
    expect(back).toStrictEqual({ x: 1 });
  });

  it('keeps a key named __proto__ a key', () => {
    const back = roundTrip(JSON.parse('{"__proto__": {"polluted": true}}')) as object;
    expect(Object.keys(back)).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
  });

  it.each<[string, unknown]>([
    ['a function', () => 1],
    ['a promise', Promise.resolve()],
    ['a symbol', Symbol('s')],
    ['a function deep inside', { a: [{ b: () => 1 }] }],
    ['a Blob, which structured clone would take', new Blob(['x'])],
  ])('refuses %s with Electron’s words', (_name, value) => {
    expect(() => encode(value)).toThrow(NOT_CLONEABLE);
  });

  it('brings back any JSON value as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(roundTrip(value)).toStrictEqual(value);
      }),
    );
  });

  it('brings back any bytes as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        expect(roundTrip(bytes)).toStrictEqual(bytes);
      }),
    );
  });
});
