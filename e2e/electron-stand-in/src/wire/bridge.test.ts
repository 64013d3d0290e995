import { beforeEach, describe, expect, it } from 'vitest';
import { Bridge } from './bridge';

/** Two ends in one realm: an EventTarget delivers synchronously here as it does across a page's worlds. */
let exposed: Map<string, unknown>;
let preload: Bridge;

beforeEach(() => {
  const window = new EventTarget();
  exposed = new Map<string, unknown>([['document', {}]]);
  preload = new Bridge('token', 'preload', window);
  new Bridge('token', 'page', window, {
    has: (key) => exposed.has(key),
    expose: (key, api) => exposed.set(key, api),
  });
});

/** What the page has of an API the preload exposes. */
function expose<T>(api: T): T {
  preload.expose('api', api);
  return exposed.get('api') as T;
}

describe('contextBridge between two worlds', () => {
  it('copies values and proxies functions, with arguments and results in both directions', () => {
    const api = expose({ list: [1, { deep: true }], add: (a: number, b: number) => a + b });
    expect(api.list).toEqual([1, { deep: true }]);
    expect(api.add(2, 3)).toBe(5);
  });

  it('lets the preload call a function of the page', () => {
    const api = expose({ twice: (f: (n: number) => number) => f(f(1)) });
    expect(api.twice((n) => n + 10)).toBe(21);
  });

  it('survives calls nested in both directions', () => {
    const api = expose({
      down: (n: number, up: (n: number) => number): number => (n === 0 ? 0 : up(n - 1) + 1),
    });
    const climb = (n: number): number => api.down(n, climb);
    expect(climb(20)).toBe(20);
  });

  it('passes the outcome of promises, in both directions', async () => {
    const api = expose({
      later: (value: unknown) => Promise.resolve(value),
      never: () => Promise.reject(new RangeError('no')),
      wait: async (promise: Promise<string>) => `${await promise}!`,
    });
    await expect(api.later({ a: 1 })).resolves.toEqual({ a: 1 });
    await expect(api.never()).rejects.toThrow('no');
    await expect(api.wait(Promise.resolve('done'))).resolves.toBe('done!');
  });

  it('throws an Error with the message of what was thrown, and nothing else of it', () => {
    const api = expose({
      fail: () => {
        throw Object.assign(new RangeError('secret detail'), { code: 5 });
      },
      failWithText: () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a preload should not do, but may
        throw 'text';
      },
    });
    const caught = (action: () => unknown): unknown => {
      try {
        return action();
      } catch (error) {
        return error;
      }
    };
    expect(caught(api.fail)).toEqual(new Error('secret detail'));
    expect(Object.keys(caught(api.fail) as object)).toEqual([]);
    expect(String(caught(api.failWithText))).toContain(
      'An unknown exception occurred in the isolated context',
    );
  });

  it('keeps cycles', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const copy = expose(cycle);
    expect(copy).not.toBe(cycle);
    expect(copy['self']).toBe(copy);
  });

  it('refuses a key the page has', () => {
    expect(() => {
      preload.expose('document', {});
    }).toThrow('Cannot bind an API on top of an existing property on the window object');
  });

  it('refuses symbols and nesting without end', () => {
    expect(() => expose({ s: Symbol('s') })).toThrow('symbols cannot cross');
    let deep: object = {};
    for (let i = 0; i < 1001; i += 1) deep = { deep };
    expect(() => expose(deep)).toThrow('recursion depth exceeded');
  });

  it('is deaf to events with another token', () => {
    const window = new EventTarget();
    new Bridge('right', 'page', window, { has: () => false, expose: (key, api) => exposed.set(key, api) });
    expect(() => {
      new Bridge('wrong', 'preload', window).expose('api', {});
    }).toThrow('did not answer');
    expect(exposed.has('api')).toBe(false);
  });
});
