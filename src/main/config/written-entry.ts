import { type Result, success } from '../base/failure';
import { idKey } from './id-key';
import { Problems } from './problems';
import { readEntries } from './read-entries';
import { readTextFile } from './text-file';
import { parseYaml } from './yaml-file';
import { isMapping, type Mapping } from './yaml-values';

/**
 * An item of `registries` in the user's file as it is written now, mistakes included. Undefined when the file has no such
 * item: it is gone, comes from another source, or stands there in ToolHive's shape.
 */
export async function writtenEntry(path: string, id: string): Promise<Result<Mapping | undefined>> {
  const text = await readTextFile(path);
  if (!text.ok) return text;
  const file = await parseYaml(text.value ?? '{}');
  if (!file.ok) return file;
  const { value } = file.value;
  if (!isMapping(value)) return success(undefined);
  const entries = readEntries(value, { source: 'user', location: path, problems: new Problems(path) });
  const found = entries.find(({ registry }) => idKey(registry.id) === idKey(id));
  const [list, index] = found?.path ?? [];
  const items = list === undefined ? undefined : value[list];
  const item: unknown = Array.isArray(items) && typeof index === 'number' ? items[index] : undefined;
  return success(isMapping(item) ? item : undefined);
}
