import { failure } from '../base/failure';
import { readRegistry } from './read-registry';
import { readToolhiveRegistry } from './read-toolhive';
import type { Registry } from './registry';
import type { Origin } from './registry-draft';
import type { Path } from './yaml-file';
import type { Mapping } from './yaml-values';

/** A registry and where it stands: an item of `registries`, or, with the empty path, the top of a file in ToolHive's shape. */
export interface Entry {
  readonly path: Path;
  readonly registry: Registry;
}

/** Every registry of a file in either shape, duplicates included. */
export function readEntries(file: Mapping, origin: Origin): Entry[] {
  const entries: Entry[] = [];
  const single = readToolhiveRegistry(file, origin);
  if (single !== undefined) entries.push({ path: [], registry: single });
  const items = file['registries'] ?? [];
  if (!Array.isArray(items)) {
    origin.problems.report(['registries'], failure('CFG_INVALID', { reason: 'type', expected: 'list' }));
    return entries;
  }
  for (const [index, item] of items.entries()) {
    const path = ['registries', index];
    const registry = readRegistry(item, path, origin);
    if (registry !== undefined) entries.push({ path, registry });
  }
  return entries;
}
