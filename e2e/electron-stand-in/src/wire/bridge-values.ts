/**
 * Values on their way between the two script worlds of a page. Functions and promises stay where they are and
 * travel as numbers; everything else is copied, as Electron's contextBridge copies it.
 */
export type BridgeValue =
  | { readonly t: 'value'; readonly v: unknown }
  | { readonly t: 'function'; readonly id: number }
  | { readonly t: 'promise'; readonly id: number }
  | { readonly t: 'error'; readonly message: string }
  | { readonly t: 'array'; readonly id: number; readonly items: readonly BridgeValue[] }
  | {
      readonly t: 'object';
      readonly id: number;
      readonly entries: readonly (readonly [string, BridgeValue])[];
    }
  | { readonly t: 'seen'; readonly id: number };

type AnyFunction = (...args: unknown[]) => unknown;

export interface BridgeOutlets {
  /** Gives a function that stays in this world its number. */
  functionId(f: AnyFunction): number;
  /** Gives a promise that stays in this world its number, and reports its end to the other. */
  promiseId(p: Promise<unknown>): number;
}

export interface BridgeInlets {
  /** A function of this world that calls the other world's. */
  functionProxy(id: number): AnyFunction;
  promiseProxy(id: number): Promise<unknown>;
}

const MAXIMUM_DEPTH = 1000;

/** Describes a value for the other world. Throws what contextBridge throws for what it cannot pass. */
export function describe(root: unknown, outlets: BridgeOutlets): BridgeValue {
  const seen = new Map<object, number>();
  const describeAt = (v: unknown, depth: number): BridgeValue => {
    if (depth >= MAXIMUM_DEPTH) {
      throw new TypeError(
        'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
      );
    }
    if (typeof v === 'symbol') throw new Error('[electron stand-in] symbols cannot cross contextBridge here');
    if (typeof v === 'function') return { t: 'function', id: outlets.functionId(v as AnyFunction) };
    if (typeof v !== 'object' || v === null) return { t: 'value', v };
    if (v instanceof Promise) return { t: 'promise', id: outlets.promiseId(v) };
    if (v instanceof Error) return { t: 'error', message: v.message };
    const known = seen.get(v);
    if (known !== undefined) return { t: 'seen', id: known };
    const id = seen.size;
    if (Array.isArray(v)) {
      seen.set(v, id);
      return { t: 'array', id, items: v.map((item) => describeAt(item, depth + 1)) };
    }
    if (Object.prototype.toString.call(v) === '[object Object]') {
      seen.set(v, id);
      return {
        t: 'object',
        id,
        entries: Object.entries(v).map(([key, item]) => [key, describeAt(item, depth + 1)]),
      };
    }
    try {
      return { t: 'value', v: structuredClone(v) };
    } catch {
      throw new Error('An object could not be cloned.');
    }
  };
  return describeAt(root, 0);
}

/** Rebuilds a described value in this world. */
export function rebuild(root: BridgeValue, inlets: BridgeInlets): unknown {
  const made = new Map<number, unknown>();
  const build = (d: BridgeValue): unknown => {
    switch (d.t) {
      case 'value':
        return d.v;
      case 'function':
        return inlets.functionProxy(d.id);
      case 'promise':
        return inlets.promiseProxy(d.id);
      case 'error':
        return new Error(d.message);
      case 'seen':
        return made.get(d.id);
      case 'array': {
        const array: unknown[] = [];
        made.set(d.id, array);
        for (const item of d.items) array.push(build(item));
        return array;
      }
      case 'object': {
        const object = {};
        made.set(d.id, object);
        for (const [key, item] of d.entries) {
          Object.defineProperty(object, key, {
            value: build(item),
            enumerable: true,
            writable: true,
            configurable: true,
          });
        }
        return object;
      }
    }
  };
  return build(root);
}
