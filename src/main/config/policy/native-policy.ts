import { type SettingKey, settingKeys, settingSchemas } from '../schema';
import { isMapping, type Mapping, unusable } from '../yaml-values';
import type { PolicyContent } from './policy-layers';

/*
 * How carriers of an operating system (property lists, the Windows registry) name what a policy file says. What is
 * enforced stands at the top, what is suggested below `Defaults`. A setting has the name it has in a file, dots included
 * (`gateway.enabled`); capital and small letters are the same, as Windows has it.
 */
const registriesName = 'registries';
const defaultsName = 'defaults';

const keysByName = new Map(settingKeys.map((key) => [key.toLowerCase(), key]));

/** The setting that a carrier's name means. */
export const settingNamed = (name: string): SettingKey | undefined => keysByName.get(name.toLowerCase());

/** Whether a setting is `true` or `false`, for carriers that have no such values. */
export const isSwitch = (key: SettingKey): boolean => settingSchemas[key].safeParse(true).success;

/** @param top what a carrier delivered, names as they were written */
export function nativePolicy(top: Mapping): PolicyContent {
  const { [defaultsName]: defaults, ...enforced } = lowerCased(top, [defaultsName]);
  return { value: { enforced: partOf(enforced), defaults: defaultsOf(defaults) } };
}

/** Anything else than a dictionary is left as it is, to be refused. */
const defaultsOf = (defaults: unknown): unknown => (isMapping(defaults) ? partOf(defaults) : defaults);

/** One part in the shape of a file. Names that nobody knows count as settings, where they are listed. */
function partOf(given: Mapping): Mapping {
  const { [registriesName]: registries, ...others } = lowerCased(given, [registriesName]);
  const settings: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(others)) {
    const [outer = name, inner] = (settingNamed(name) ?? name).split('.', 2);
    if (inner === undefined) settings[outer] = outer in settings ? unusable : value;
    else settings[outer] = withInner(settings[outer], inner, value);
  }
  return { ...(registries !== undefined && { registries }), settings };
}

/** `gateway.enabled` and `gateway.port` make one mapping; a name that is given twice has no value. */
function withInner(outer: unknown, inner: string, value: unknown): unknown {
  if (outer === undefined) return { [inner]: value };
  if (!isMapping(outer)) return unusable;
  return { ...outer, [inner]: inner in outer ? unusable : value };
}

/** Known names in small letters; the others stay as they are. */
function lowerCased(given: Mapping, names: readonly string[]): Mapping {
  const named = (name: string) => (names.includes(name.toLowerCase()) ? name.toLowerCase() : name);
  const renamed: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(given)) {
    const known = named(name);
    renamed[known] = known in renamed ? unusable : value;
  }
  return renamed;
}
