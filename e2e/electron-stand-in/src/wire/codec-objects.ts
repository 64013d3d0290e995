/** A value inside an encoded payload; `['r', index]` points into the payload's table. */
export type Scalar = null | string | boolean | number | ['u'] | ['n', string] | ['b', string] | ['r', number];

/** An object in the payload's table, by its kind. */
export type Entry =
  | ['A', Scalar[]]
  | ['O', [string, Scalar][]]
  | ['D', number | null]
  | ['R', string, string]
  | ['M', [Scalar, Scalar][]]
  | ['S', Scalar[]]
  | ['B', string]
  | ['V', string, string]
  | ['E', string, string, string, Scalar | undefined]
  | ['P', string | number | boolean];

const VIEWS: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayBufferView>> = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
};

/** Error names structured clone keeps; every other becomes `Error`. */
const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

function toBase64(bytes: Uint8Array): string {
  let text = '';
  // In slices: one call with a million arguments overflows the stack.
  for (let i = 0; i < bytes.length; i += 0x8000)
    text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

function fromBase64(text: string): ArrayBuffer {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i += 1) bytes[i] = raw.charCodeAt(i);
  return bytes.buffer;
}

const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

/** The table entry of an object, or undefined when IPC cannot carry it. `value` encodes what it contains. */
export function encodeObject(object: object, value: (v: unknown) => Scalar): Entry | undefined {
  if (Array.isArray(object)) return ['A', Array.from(object, value)];
  if (object instanceof Date) return ['D', Number.isNaN(object.getTime()) ? null : object.getTime()];
  if (object instanceof RegExp) return ['R', object.source, object.flags];
  if (object instanceof Map) return ['M', [...object].map(([k, v]) => [value(k), value(v)])];
  if (object instanceof Set) return ['S', [...object].map(value)];
  if (object instanceof ArrayBuffer) return ['B', toBase64(new Uint8Array(object))];
  const tag = tagOf(object);
  if (ArrayBuffer.isView(object)) {
    const bytes = new Uint8Array(object.buffer, object.byteOffset, object.byteLength);
    return ['V', tag in VIEWS ? tag : 'Uint8Array', toBase64(bytes)];
  }
  if (object instanceof Error) {
    return [
      'E',
      object.name,
      object.message,
      object.stack ?? '',
      'cause' in object ? value(object.cause) : undefined,
    ];
  }
  if (object instanceof Number || object instanceof String || object instanceof Boolean)
    return ['P', object.valueOf()];
  return tag === 'Object' ? ['O', Object.entries(object).map(([k, v]) => [k, value(v)])] : undefined;
}

/** Rebuilds an object. `made` is called before its contents are decoded, so that cycles find it. */
export function decodeObject(
  entry: Entry,
  value: (v: Scalar) => unknown,
  made: (object: unknown) => void,
): unknown {
  const put = <T>(object: T): T => {
    made(object);
    return object;
  };
  switch (entry[0]) {
    case 'A': {
      const array = put<unknown[]>([]);
      for (const item of entry[1]) array.push(value(item));
      return array;
    }
    case 'O': {
      const object = put({});
      for (const [key, item] of entry[1]) {
        // Not an assignment: a key named __proto__ must stay a plain property.
        Object.defineProperty(object, key, {
          value: value(item),
          enumerable: true,
          writable: true,
          configurable: true,
        });
      }
      return object;
    }
    case 'D':
      return put(new Date(entry[1] ?? NaN));
    case 'R':
      return put(new RegExp(entry[1], entry[2]));
    case 'M': {
      const map = put(new Map<unknown, unknown>());
      for (const [key, item] of entry[1]) map.set(value(key), value(item));
      return map;
    }
    case 'S': {
      const set = put(new Set<unknown>());
      for (const item of entry[1]) set.add(value(item));
      return set;
    }
    case 'B':
      return put(fromBase64(entry[1]));
    case 'V':
      return put(new (VIEWS[entry[1]] ?? Uint8Array)(fromBase64(entry[2])));
    case 'E': {
      const error = put(new (ERRORS[entry[1]] ?? Error)(entry[2]));
      error.stack = entry[3];
      if (entry[4] !== undefined && entry[4] !== null) error.cause = value(entry[4]);
      return error;
    }
    case 'P':
      return put(Object(entry[1]));
  }
}
