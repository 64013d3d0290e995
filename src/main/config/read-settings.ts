import { failure } from '../base/failure';
import type { LayerSetting, LayerSettings } from './layer';
import type { Problems } from './problems';
import { readField, reportUnknownKeys } from './read-fields';
import { type SettingKey, settingKeys, settingSchemas } from './schema';
import type { Path } from './yaml-file';
import { isMapping } from './yaml-values';

const groups = [...new Set(settingKeys.map(groupOf))].filter((group) => group !== undefined);

/** The settings a source has, each on its own; a bad one is reported and marked, since a policy locks it nevertheless. */
export function readSettings(raw: unknown, path: Path, problems: Problems): LayerSettings {
  if (raw === undefined || raw === null) return {};
  const settings = readGroup(undefined, raw, path, problems);
  for (const group of groups) {
    const inner = isMapping(raw) ? raw[group] : raw;
    if (inner !== undefined) Object.assign(settings, readGroup(group, inner, [...path, group], problems));
  }
  // Each value was made by the schema of its own key, which the type of a loop cannot say.
  return settings as LayerSettings;
}

type SomeSettings = Partial<Record<SettingKey, LayerSetting<unknown>>>;

/** @param raw anything else than a mapping makes every setting of the group invalid */
function readGroup(group: string | undefined, raw: unknown, path: Path, problems: Problems): SomeSettings {
  const keys = settingKeys.filter((key) => groupOf(key) === group);
  const settings: SomeSettings = {};
  if (!isMapping(raw)) {
    problems.report(path, failure('CFG_INVALID', { reason: 'type', expected: 'mapping' }));
    for (const key of keys) settings[key] = { kind: 'invalid' };
    return settings;
  }
  const inner = group === undefined ? groups : [];
  reportUnknownKeys(raw, [...keys.map(nameOf), ...inner], path, problems);
  for (const key of keys) {
    const name = nameOf(key);
    if (raw[name] === undefined) continue;
    const place = [...path, name];
    const line = problems.lineOf(place);
    const field = readField(settingSchemas[key], raw[name], place, problems);
    const read = field.ok ? { kind: 'value' as const, value: field.value } : { kind: 'invalid' as const };
    settings[key] = { ...read, ...(line !== undefined && { line }) };
  }
  return settings;
}

/** `gateway` of `gateway.port`. */
function groupOf(key: string): string | undefined {
  return key.includes('.') ? key.slice(0, key.indexOf('.')) : undefined;
}

const nameOf = (key: string) => key.slice(key.indexOf('.') + 1);
