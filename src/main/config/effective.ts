import type { ConfigurationProblem, Source } from '../../contract/view-model';
import type { Layer, LayerSettings } from './layer';
import { mergedRegistries } from './merge-registries';
import type { Effective, Setting, Settings } from './registry';
import { type SettingKey, settingKeys, settingSchemas, type SettingValues } from './schema';

/** The location of values that nobody set. */
const builtInLocation = 'Gatepass';

/** Who counts more, highest first; of one source, its layers as they are given. */
const precedence: readonly Source[] = ['policy-enforced', 'user', 'policy-default', 'toolhive'];

/**
 * What all sources say together. Settings: the highest source that has a usable value. Registries: by id, whole entries
 * only, never fields of two sources. Pure, and computed at every read: nothing is copied from one source into another.
 */
export function effectiveConfiguration(
  given: readonly Layer[],
  sourceProblems: readonly ConfigurationProblem[] = [],
): Effective {
  const layers = precedence.flatMap((source) => given.filter((layer) => layer.source === source));
  const settings = effectiveSettings(layers);
  const { registries, problems } = mergedRegistries(layers, settings);
  return {
    registries,
    settings,
    problems: [...sourceProblems, ...layers.flatMap((layer) => layer.problems), ...problems],
  };
}

function effectiveSettings(layers: readonly Layer[]): Settings {
  const settings: Partial<Record<SettingKey, Setting<unknown>>> = {};
  for (const key of settingKeys) settings[key] = effectiveSetting(key, layers);
  // Each value was made by the schema of its own key, which the type of a loop cannot say.
  return settings as Settings;
}

function effectiveSetting(key: SettingKey, layers: readonly Layer[]): Setting<unknown> {
  for (const { source, location, settings } of layers) {
    const setting: LayerSettings[SettingKey] = settings[key];
    if (setting === undefined) continue;
    const locked = source === 'policy-enforced';
    const where = { source, location, locked, ...(setting.line !== undefined && { line: setting.line }) };
    if (setting.kind === 'value') return { value: setting.value, ...where };
    if (locked) return { value: valueOfBadLock(key), ...where };
  }
  return { value: builtIn(key), source: 'built-in', location: builtInLocation, locked: false };
}

/** A lock with an unusable value stays a lock, at the built-in value; where that would open something, it stays shut. */
function valueOfBadLock(key: SettingKey): unknown {
  if (key === 'allow_user_registries') return false;
  if (key === 'allowed_issuers') return [];
  return builtIn(key);
}

const builtIn = <K extends SettingKey>(key: K): SettingValues[K] =>
  settingSchemas[key].parse(undefined) as SettingValues[K];
