import type * as nativeReg from 'native-reg';
import type { Clock } from '../../base/clock';
import { failure, type Result } from '../../base/failure';
import type { Layer } from '../layer';
import { isMapping, type Mapping } from '../yaml-values';
import { parseYaml } from '../yaml-file';
import { isSwitch, nativePolicy, settingNamed } from './native-policy';
import { policyLayers } from './policy-layers';
import type { PolicyReading, PolicySource } from './policy-source';

/** The calls that are used of the library, so that tests say what the registry says. */
export type RegistryCalls = Pick<
  typeof nativeReg,
  'HKLM' | 'HKCU' | 'Access' | 'ValueType' | 'openKey' | 'closeKey' | 'enumKeyNames' | 'enumValueNames'
> &
  Pick<typeof nativeReg, 'queryValueRaw' | 'parseValue'>;

/** The registry tells nobody that it changed without a thread that waits for it. */
const readEveryMs = 60_000;

const defaultsKey = 'defaults';

/**
 * A policy in the Windows registry, below a key that only administrators (HKLM) or the group policy client (HKCU) can
 * write. REG_DWORD for switches and numbers, REG_SZ for texts, a subkey of numbered values for each list; `Registries` is
 * such a list, of one JSON object each; the subkey `Defaults` has the same shape again. A value of another type has no
 * meaning, so that its setting stays locked.
 */
export class RegistryPolicy implements PolicySource {
  readonly location: string;
  readonly #clock: Clock;
  readonly #load: () => Promise<RegistryCalls>;

  /**
   * @param location the key's name, beginning with `HKLM\` or `HKCU\`
   * @param load gets the library, which is for Windows only
   */
  constructor(
    location: string,
    clock: Clock,
    load: () => Promise<RegistryCalls> = () => import('native-reg'),
  ) {
    this.location = location;
    this.#clock = clock;
    this.#load = load;
  }

  readonly interpret = async (content: Buffer): Promise<Result<readonly Layer[]>> => {
    const key = JSON.parse(content.toString('utf8')) as Mapping;
    const { [defaultsKey]: defaults, ...enforced } = await translated(key);
    const translatedDefaults = isMapping(defaults) ? { [defaultsKey]: await translated(defaults) } : {};
    return policyLayers(nativePolicy({ ...enforced, ...translatedDefaults }), this.location);
  };

  async read(): Promise<PolicyReading> {
    try {
      const calls = await this.#load();
      const [hive = '', ...path] = this.location.split('\\');
      const top = contentOf(calls, hive === 'HKLM' ? calls.HKLM : calls.HKCU, path.join('\\'), 'policy');
      return top === undefined
        ? { kind: 'absent' }
        : { kind: 'read', content: Buffer.from(JSON.stringify(top)) };
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
      return { kind: 'unreadable', failure: failure('CFG_UNREADABLE', { reason }) };
    }
  }

  watch(changed: () => void): () => void {
    let cancel = () => {};
    const wait = () => {
      cancel = this.#clock.after(readEveryMs, () => {
        changed();
        wait();
      });
    };
    wait();
    return () => {
      cancel();
    };
  }
}

/** A key as JSON: its values, its lists, and in `defaults` the same again. Null is a value of a type without meaning. */
function contentOf(
  calls: RegistryCalls,
  parent: nativeReg.HKEY,
  name: string,
  kind: 'policy' | 'defaults',
): Mapping | undefined {
  return inKey(calls, parent, name, (key) => {
    const content: Record<string, unknown> = Object.fromEntries(valuesOf(calls, key));
    for (const subkey of calls.enumKeyNames(key)) {
      const isDefaults = kind === 'policy' && subkey.toLowerCase() === defaultsKey;
      // A key may go between being named and being opened.
      const inner = isDefaults ? contentOf(calls, key, subkey, 'defaults') : listOf(calls, key, subkey);
      if (inner !== undefined) content[isDefaults ? defaultsKey : subkey] = inner;
    }
    return content;
  });
}

/** The values of a list's key in the order of their numbers. */
function listOf(calls: RegistryCalls, parent: nativeReg.HKEY, name: string): unknown[] | undefined {
  return inKey(calls, parent, name, (key) =>
    valuesOf(calls, key)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, value]) => value),
  );
}

function inKey<T>(
  calls: RegistryCalls,
  parent: nativeReg.HKEY,
  name: string,
  use: (key: nativeReg.HKEY) => T,
): T | undefined {
  const key = calls.openKey(parent, name, calls.Access.READ);
  if (key === null) return undefined;
  try {
    return use(key);
  } finally {
    calls.closeKey(key);
  }
}

function valuesOf(calls: RegistryCalls, key: nativeReg.HKEY): [name: string, value: unknown][] {
  return calls.enumValueNames(key).flatMap((name): [string, unknown][] => {
    const value = calls.queryValueRaw(key, name);
    // A key's own unnamed value is nothing that a policy has.
    return value === null || name === '' ? [] : [[name, meaningOf(calls, value)]];
  });
}

function meaningOf({ ValueType, parseValue }: RegistryCalls, value: nativeReg.Value): number | string | null {
  const isText = value.type === ValueType.SZ;
  const isNumber = value.type === ValueType.DWORD && value.length === 4;
  return isText || isNumber ? (parseValue(value) as number | string) : null;
}

/** What the values mean for the schema: switches that are true or false, registries that are objects. */
async function translated(key: Mapping): Promise<Mapping> {
  const entries = Object.entries(key).map(async ([name, value]) => {
    const isRegistries = name.toLowerCase() === 'registries' && Array.isArray(value);
    return [name, isRegistries ? await Promise.all(value.map(objectOf)) : settingValue(name, value)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function settingValue(name: string, value: unknown): unknown {
  const key = settingNamed(name);
  if (key === undefined || !isSwitch(key)) return value;
  return value === 0 || value === 1 ? value === 1 : null;
}

/** Read as YAML, which JSON is a part of: bounded, and a key that is written twice has no value. */
async function objectOf(json: unknown): Promise<unknown> {
  const file = typeof json === 'string' ? await parseYaml(json) : undefined;
  return file?.ok === true ? file.value.value : null;
}
