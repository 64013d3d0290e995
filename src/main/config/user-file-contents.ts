import { isDeepStrictEqual } from 'node:util';
import { failed, type Failure, type Result, success } from '../base/failure';
import { idKey } from './id-key';
import type { Layer } from './layer';
import { fieldName, Problems } from './problems';
import { type Entry, readEntries } from './read-entries';
import { readLayer } from './read-layer';
import type { SettingKey } from './schema';
import { parseYamlDocument, type Path, type YamlDocument } from './yaml-file';
import { isMapping } from './yaml-values';

/** The user's file as a text says it. */
export interface Contents {
  readonly document: YamlDocument['document'];
  readonly layer: Layer;
  /** Every registry with its place, also those that are not used because another entry says the same. */
  readonly entries: readonly Entry[];
}

export async function contentsOf(text: string, location: string): Promise<Result<Contents>> {
  const file = await parseYamlDocument(text);
  if (!file.ok) return file;
  const { value, lineOf, document } = file.value;
  const layer = readLayer(value, { source: 'user', location, lineOf });
  if (!layer.ok) return layer;
  const origin = { source: 'user' as const, location, problems: new Problems(location, lineOf) };
  return success({
    document,
    layer: layer.value,
    entries: isMapping(value) ? readEntries(value, origin) : [],
  });
}

/** The text of an edited document; refused when others still use an anchor that the edit took away. */
export function textOf({ document }: Contents, lineBreak: '\n' | '\r\n'): Result<string> {
  try {
    // Without a width, long lines stay as long as they are.
    return success(document.toString({ lineWidth: 0 }).replaceAll('\n', lineBreak));
  } catch {
    return sharedPart();
  }
}

/** The entry that is in use under an id. */
export function entryOf({ entries, layer }: Contents, id: string): Entry | undefined {
  const used = layer.registries.find((registry) => idKey(registry.id) === idKey(id));
  return entries.find(({ registry }) => registry.line === used?.line && registry.id === used?.id);
}

/** What is wrong with an entry of its own file: it is blocked, says again what another says, or has a bad field. */
export function faultOf({ layer, entries }: Contents, path: Path): Failure | undefined {
  const entry = entries.find((candidate) => isDeepStrictEqual(candidate.path, path));
  if (entry === undefined) return { code: 'CFG_INVALID', params: { field: fieldName(path) } };
  if (entry.registry.blocked !== undefined) return entry.registry.blocked;
  const { line } = entry.registry;
  const isOfEntry = (problem: Layer['problems'][number]) =>
    String(problem.params['field']).startsWith(`${fieldName(path)}.`) && problem.code !== 'CFG_UNKNOWN_KEY';
  const isDuplicate = (problem: Layer['problems'][number]) =>
    problem.code.startsWith('CFG_DUPLICATE_') &&
    (problem.line === line || problem.params['otherLine'] === line);
  return layer.problems.find((problem) => isDuplicate(problem) || (path.length > 0 && isOfEntry(problem)));
}

/**
 * Refuses an edit that changed more than it should: parts of a file can be shared through anchors.
 * @param edited what may differ
 */
export function onlyChanged(
  before: Contents,
  after: Contents,
  edited: { before?: Path; after?: Path; setting?: SettingKey },
): Result<void> {
  const others = ({ entries }: Contents, path: Path | undefined) =>
    entries
      .filter((entry) => !isDeepStrictEqual(entry.path, path))
      .map(({ registry }) => withoutLine(registry));
  // A setting that is refused has nothing to lose.
  const settings = ({ layer }: Contents) =>
    Object.entries(layer.settings)
      .filter(([key, { kind }]) => kind === 'value' && key !== edited.setting)
      .map(([key, setting]) => [key, withoutLine(setting)]);
  const isSame =
    isDeepStrictEqual(others(before, edited.before), others(after, edited.after)) &&
    isDeepStrictEqual(settings(before), settings(after));
  return isSame ? success(undefined) : sharedPart();
}

const withoutLine = (value: object) => ({ ...value, line: undefined });

const sharedPart = (): Result<never> => failed('CFG_INVALID', { reason: 'shared' });
