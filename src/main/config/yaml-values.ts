import { isAlias, isCollection, isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';

/** A mapping of a file: it has no prototype, so that no key of a stranger means anything to JavaScript. */
export type Mapping = Readonly<Record<string, unknown>>;

/**
 * Stands where no value can be meant: a key written twice, an alias that contains itself, a binary or a date. No check
 * of the schema accepts it.
 */
export const unusable = Symbol('unusable');

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The plain value of a node. Aliases share the value of their anchor instead of copying it, which is what makes "a
 * billion laughs" harmless; nodes are visited in the order of the text, since an alias means the anchor before it.
 */
export function valueOf(node: unknown, anchors = new Map<string, unknown>()): unknown {
  if (isAlias(node)) return anchors.has(node.source) ? anchors.get(node.source) : unusable;
  const anchor = isScalar(node) || isCollection(node) ? node.anchor : undefined;
  if (anchor !== undefined) anchors.set(anchor, unusable);
  const value = plainValue(node, anchors);
  if (anchor !== undefined) anchors.set(anchor, value);
  return value;
}

function plainValue(node: unknown, anchors: Map<string, unknown>): unknown {
  if (isMap(node)) return mappingOf(node, anchors);
  if (isSeq(node)) return node.items.map((item) => valueOf(item, anchors));
  if (!isScalar(node)) return node === null ? null : unusable;
  const { value } = node;
  const isPlain = ['string', 'number', 'boolean'].includes(typeof value) || value === null;
  return isPlain ? value : unusable;
}

function mappingOf(map: YAMLMap, anchors: Map<string, unknown>): Mapping {
  const mapping = Object.create(null) as Record<string, unknown>;
  for (const pair of map.items) {
    const key = keyOf(pair.key);
    const value = valueOf(pair.value, anchors);
    if (key !== undefined) mapping[key] = key in mapping ? unusable : value;
  }
  return mapping;
}

/** The text of a key; undefined for a list or mapping as a key, which no setting has. */
function keyOf(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

/** Finds where keys and list items begin; remembers the keys of each mapping, as a long one is asked for many. */
export class Offsets {
  readonly #root: unknown;
  readonly #keys = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(root: unknown) {
    this.#root = root;
  }

  /** Where something is missing, the nearest thing around it that is there. */
  of(path: readonly (string | number)[]): number {
    let node = this.#root;
    let offset = startOf(node) ?? 0;
    for (const step of path) {
      const [next, at] = this.#stepInto(node, step);
      if (at === undefined) return offset;
      node = next;
      offset = at;
    }
    return offset;
  }

  #stepInto(node: unknown, step: string | number): [node: unknown, offset: number | undefined] {
    if (isSeq(node) && typeof step === 'number') return [node.items[step], startOf(node.items[step])];
    if (!isMap(node)) return [undefined, undefined];
    const pair = this.#keysOf(node).get(String(step));
    return [pair?.value, startOf(pair?.key)];
  }

  /** Of a key written twice, the last one is the one to look at. */
  #keysOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#keys.get(map);
    if (known !== undefined) return known;
    const keys = new Map(map.items.map((pair) => [keyOf(pair.key) ?? '', pair]));
    this.#keys.set(map, keys);
    return keys;
  }
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isCollection(node) || isAlias(node) ? node.range?.[0] : undefined;
}
