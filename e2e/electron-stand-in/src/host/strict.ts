/** Names the language, Node's console and test libraries probe for on any object; absent is the right answer. */
const PROBED = new Set([
  'then',
  'toJSON',
  'inspect',
  'nodeType',
  'tagName',
  '$$typeof',
  'asymmetricMatch',
  'domain',
]);

/** Members Electron keeps usable on a destroyed object; everything else throws "Object has been destroyed". */
const ALIVE_AFTER_DESTROY = new Set(['isDestroyed', 'id', 'constructor']);

interface StrictOptions {
  /** When given and true, members of the class (not event emitter's) throw as Electron's do. */
  readonly destroyed?: () => boolean;
}

function missing(name: string, key: string): Error {
  return new Error(
    `[electron stand-in] ${name}.${key} is not implemented; add it to the stand-in or do not use it`,
  );
}

/**
 * Presents a partial implementation as Electron's whole type: a member it lacks throws by its full name when it
 * is read or written, so that nothing unimplemented can look as if it worked.
 */
export function strict<Full extends object>(
  implementation: Partial<Omit<Full, keyof NodeJS.EventEmitter>>,
  name: string,
  options?: StrictOptions,
): Full;
export function strict(implementation: object, name: string, options: StrictOptions = {}): object {
  const guarded = (key: string): boolean =>
    options.destroyed?.() === true &&
    Object.hasOwn(Object.getPrototypeOf(implementation) as object, key) &&
    !ALIVE_AFTER_DESTROY.has(key);
  return new Proxy(implementation, {
    get(target, key): unknown {
      if (typeof key === 'symbol') return Reflect.get(target, key);
      if (guarded(key)) throw new TypeError('Object has been destroyed');
      if (key in target || PROBED.has(key)) return Reflect.get(target, key);
      throw missing(name, key);
    },
    set(target, key, value): boolean {
      if (typeof key === 'string' && !(key in target) && !key.startsWith('_')) throw missing(name, key);
      return Reflect.set(target, key, value);
    },
  });
}

/** The same, keeping the implementation's own type: what a class's constructor returns instead of itself. */
export function strictSelf<T extends object>(implementation: T, name: string, options?: StrictOptions): T;
export function strictSelf(implementation: object, name: string, options?: StrictOptions): object {
  return strict<object>(implementation, name, options);
}

/** The same for a class: static members it lacks throw by name; `new` makes what the implementation makes. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the type it presents
export function strictClass<Full extends object>(
  implementation: abstract new (...args: never[]) => object,
  name: string,
): Full;
export function strictClass(implementation: object, name: string): object {
  return new Proxy(implementation, {
    get(target, key): unknown {
      if (typeof key === 'symbol' || key in target || PROBED.has(key)) return Reflect.get(target, key);
      throw missing(name, key);
    },
  });
}

/** A module of Electron that the stand-in does not have at all: naming it is fine, touching it throws. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as above
export function unimplemented<Full extends object>(name: string): Full;
export function unimplemented(name: string): object {
  const refuse = (): never => {
    throw new Error(`[electron stand-in] ${name} is not implemented`);
  };
  return new Proxy(function () {}, {
    get(_target, key): unknown {
      if (typeof key === 'symbol' || PROBED.has(key) || key === 'name' || key === 'prototype')
        return undefined;
      throw missing(name, key);
    },
    set: refuse,
    apply: refuse,
    construct: refuse,
  });
}
