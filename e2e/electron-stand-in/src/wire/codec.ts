/**
 * IPC payloads as text, shared by the host and the isolated world. Keeps what structured clone keeps (undefined,
 * NaN, -0, BigInt, Date, RegExp, Map, Set, buffers and views, errors, cycles) and refuses what it refuses.
 *
 * Text form: `{r: value, t: table}`. A value is a JSON primitive, or `['u']` undefined, `['n', text]` a number
 * JSON has no word for, `['b', digits]` a BigInt, `['r', index]` the table's object.
 */
import { decodeObject, encodeObject, type Entry, type Scalar } from './codec-objects';

interface Encoded {
  readonly r: Scalar;
  readonly t: Entry[];
}

/** The text of Electron's error for a value that structured clone refuses. */
export const NOT_CLONEABLE = 'An object could not be cloned.';

/** Encodes one value (an argument list, a result). Throws {@link NOT_CLONEABLE} as Electron's serializer does. */
export function encode(input: unknown): string {
  let root: unknown;
  try {
    // Runs getters, drops prototypes and private state, and refuses functions, promises, DOM nodes.
    root = structuredClone(input);
  } catch {
    throw new Error(NOT_CLONEABLE);
  }
  const table: Entry[] = [];
  const known = new Map<object, number>();
  const value = (v: unknown): Scalar => {
    if (v === null || typeof v === 'string' || typeof v === 'boolean') return v;
    if (typeof v === 'number')
      return Number.isFinite(v) && !Object.is(v, -0) ? v : ['n', Object.is(v, -0) ? '-0' : String(v)];
    if (v === undefined) return ['u'];
    if (typeof v === 'bigint') return ['b', String(v)];
    if (typeof v !== 'object') throw new Error(NOT_CLONEABLE);
    const seen = known.get(v);
    if (seen !== undefined) return ['r', seen];
    const index = table.push(['A', []]) - 1;
    known.set(v, index);
    const entry = encodeObject(v, value);
    // Structured clone takes Blob, File, ImageData, CryptoKey … which Electron's IPC refuses.
    if (!entry) throw new Error(NOT_CLONEABLE);
    table[index] = entry;
    return ['r', index];
  };
  const r = value(root);
  return JSON.stringify({ r, t: table } satisfies Encoded);
}

/** The value {@link encode} was given, rebuilt from this world's own classes. */
export function decode(text: string): unknown {
  const { r, t } = JSON.parse(text) as Encoded;
  const made = new Map<number, unknown>();
  const value = (v: Scalar): unknown => {
    if (!Array.isArray(v)) return v;
    switch (v[0]) {
      case 'u':
        return undefined;
      case 'n':
        return Number(v[1]);
      case 'b':
        return BigInt(v[1]);
      case 'r':
        return object(v[1]);
    }
  };
  const object = (index: number): unknown => {
    if (made.has(index)) return made.get(index);
    const entry = t[index];
    if (!entry) throw new Error('IPC payload names an object it does not carry');
    return decodeObject(entry, value, (result) => made.set(index, result));
  };
  return value(r);
}
