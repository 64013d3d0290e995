import { isDeepStrictEqual } from 'node:util';
import { type Document, isCollection, isMap, isScalar, isSeq, YAMLMap, YAMLSeq } from 'yaml';
import { authSchema, bearerSchema, oauthSchema, type RegistryEntry, registrySchema } from './schema';
import { toolhiveRegistryKeys, toolhiveShapeOf } from './toolhive-shape';
import { isMapping, type Mapping } from './yaml-values';
import type { Path } from './yaml-file';

/**
 * Edits of a file that keep everything else of it: comments, order, unknown keys, the way values are written. What comes
 * out is read again before it is written, so these need not judge it.
 */

/** Keys that an edit takes out when the entry does not have them any more. */
const knownKeys: ReadonlySet<string> = new Set(
  [registrySchema, authSchema, oauthSchema, bearerSchema].flatMap(({ shape }) => Object.keys(shape)),
);

/**
 * @param path of the entry that is replaced, empty for the ToolHive shape; absent: the entry is added
 * @returns where the entry stands now
 */
export function putEntry(document: Document, path: Path | undefined, entry: RegistryEntry): Path {
  const top = topOf(document);
  if (path?.length === 0) {
    const single = toolhiveShapeOf(entry);
    for (const key of toolhiveRegistryKeys) if (single?.[key] === undefined) top.delete(key);
    if (single !== undefined) {
      assign(document, top, single);
      return path;
    }
    // What ToolHive's shape cannot say becomes an item of the list.
  }
  const list = listOf(document, top);
  const index = typeof path?.[1] === 'number' ? path[1] : list.items.length;
  const existing = list.items[index];
  if (isMap(existing)) assign(document, existing, entry);
  else list.items[index] = document.createNode(entry);
  return ['registries', index];
}

export function removeEntry(document: Document, path: Path): void {
  if (path.length > 0) document.deleteIn(path);
  else for (const key of toolhiveRegistryKeys) document.deleteIn([key]);
}

/** @param value absent: the setting is taken out of the file */
export function putSetting(document: Document, key: string, value: unknown): void {
  const path = ['settings', ...key.split('.')];
  if (value === undefined) {
    if (document.hasIn(path)) document.deleteIn(path);
    return;
  }
  topOf(document);
  // A parent that is no mapping (a broken or empty one) has nothing to keep.
  for (let depth = 1; depth < path.length; depth++)
    if (!isMap(document.getIn(path.slice(0, depth), true)))
      document.setIn(path.slice(0, depth), document.createNode({}));
  const parent = document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) assign(document, parent, { [path.at(-1) ?? '']: value });
}

function topOf(document: Document): YAMLMap {
  const { contents } = document;
  if (isMap(contents)) return contents;
  const top = new YAMLMap(document.schema);
  document.contents = top;
  return top;
}

function listOf(document: Document, top: YAMLMap): YAMLSeq {
  const existing: unknown = top.get('registries', true);
  const list = isSeq(existing) ? existing : new YAMLSeq(document.schema);
  if (!isSeq(existing)) top.set('registries', list);
  // `registries: []` becomes a list with one item per line.
  if (list.items.length === 0) list.flow = false;
  return list;
}

/** Makes a mapping say `wanted`. What says so already is left as it is written, and so are keys that we do not know. */
function assign(document: Document, map: YAMLMap, wanted: Mapping): void {
  for (const key of map.items.map(nameOf))
    if (key !== undefined && knownKeys.has(key) && wanted[key] === undefined) map.delete(key);
  for (const [key, value] of Object.entries(wanted)) {
    if (value === undefined) continue;
    const existing: unknown = map.get(key, true);
    const isFree = key === 'extra_authorize_parameters';
    if (isMap(existing) && isMapping(value) && !isFree) assign(document, existing, value);
    else if (isScalar(existing) && isPlain(value)) existing.value = value;
    else if (!isCollection(existing) || !isDeepStrictEqual(existing.toJS(document), value))
      map.set(key, document.createNode(value));
  }
}

const nameOf = ({ key }: { key: unknown }) =>
  isScalar(key) && typeof key.value === 'string' ? key.value : undefined;

const isPlain = (value: unknown) => typeof value !== 'object' || value === null;
