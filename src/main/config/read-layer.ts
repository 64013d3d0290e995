import type { Source } from '../../contract/view-model';
import { failed, type Result, success } from '../base/failure';
import { withoutDuplicates } from './duplicates';
import type { Layer } from './layer';
import { Problems } from './problems';
import { readEntries } from './read-entries';
import { readField, reportUnknownKeys } from './read-fields';
import { readSettings } from './read-settings';
import { readToolhiveRegistry, toolhiveKeys } from './read-toolhive';
import type { Origin } from './registry-draft';
import { currentVersion, versionSchema } from './schema';
import { isMapping, type Mapping } from './yaml-values';
import type { YamlFile } from './yaml-file';

const ownKeys = ['version', 'registries', 'settings'];

/**
 * What a file (or a part of one, as `enforced` of a policy) says, checked on its own. One bad entry never hides the
 * good ones. Fails as a whole only when nothing in it can be relied on.
 * @param content a value of {@link parseYaml}, or of a carrier without lines
 */
export function readLayer(
  content: unknown,
  place: { source: Source; location: string; lineOf?: YamlFile['lineOf'] },
): Result<Layer> {
  const { source, location, lineOf } = place;
  const problems = new Problems(location, lineOf);
  const file = content ?? {};
  if (!isMapping(file)) return failed('CFG_INVALID', { reason: 'type', expected: 'mapping', line: 1 });
  if (source === 'toolhive') return success(toolhiveLayer(file, { source, location, problems }));
  const version = readField(versionSchema, file['version'], ['version'], problems);
  if (version.ok && version.value > currentVersion)
    return failed('CFG_INVALID', { field: 'version', reason: 'newer', line: lineOf?.(['version']) ?? 1 });
  const origin = { source, location, problems };
  const entries = readEntries(file, origin).map(({ registry }) => registry);
  const registries = withoutDuplicates(entries, origin);
  const settings = readSettings(file['settings'], ['settings'], problems);
  reportUnknownKeys(file, [...ownKeys, ...toolhiveKeys], [], problems);
  return success({ source, location, registries, settings, problems: problems.all() });
}

/** Of another program's file only what is meant for it: whatever else stands there is no configuration of this app. */
function toolhiveLayer(file: Mapping, origin: Origin): Layer {
  const { source, location, problems } = origin;
  const registry = readToolhiveRegistry(file, origin);
  const registries = registry === undefined ? [] : [registry];
  return { source, location, registries, settings: {}, problems: problems.all() };
}
