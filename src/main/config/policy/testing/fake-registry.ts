import * as native from 'native-reg';
import type { RegistryCalls } from '../windows-registry';

/** A key as it stands in the registry: values are what `native-reg` hands out, subkeys are further keys. */
export interface Key {
  readonly values?: Readonly<Record<string, native.Value>>;
  readonly keys?: Readonly<Record<string, Key>>;
}

export const value = (type: native.ValueType, data: Buffer): native.Value => Object.assign(data, { type });
export const sz = (text: string) => value(native.ValueType.SZ, native.formatString(text));
export const dword = (number: number) => value(native.ValueType.DWORD, native.formatDWORD(number));
export const list = (...texts: string[]): Key => ({
  values: Object.fromEntries(texts.map((text, index) => [String(index + 1), sz(text)])),
});
const sorted = (names: string[]) => names.sort();

/** The library's calls on keys of a test's own; what reads values is the library's. Counts the keys left open. */
export function registryOf(top: Partial<Record<'HKLM' | 'HKCU', Key>>) {
  const open = new Map<native.HKEY, Key>();
  // What Windows hands out are numbers of its choice; three at once are enough for a policy.
  const handles = [native.HKEY.USERS, native.HKEY.DYN_DATA, native.HKEY.CURRENT_CONFIG];
  const hives: Record<number, Record<string, Key | undefined>> = {
    [native.HKLM]: { 'SOFTWARE\\Policies\\Gatepass': top.HKLM },
    [native.HKCU]: { 'SOFTWARE\\Policies\\Gatepass': top.HKCU },
  };
  const calls: RegistryCalls = {
    ...native,
    openKey(hkey, name, access) {
      if (access !== native.Access.READ) throw new Error('Opened for more than reading');
      const key = hives[hkey]?.[name] ?? open.get(hkey)?.keys?.[name];
      if (key === undefined) return null;
      const handle = handles.find((free) => !open.has(free));
      if (handle === undefined) throw new Error('Too many keys are open');
      open.set(handle, key);
      return handle;
    },
    closeKey(hkey) {
      if (typeof hkey === 'number') open.delete(hkey);
    },
    enumKeyNames: (hkey) => sorted(Object.keys(open.get(hkey)?.keys ?? {})),
    // As Windows does, in no order that means anything: "10" comes before "2".
    enumValueNames: (hkey) => sorted(Object.keys(open.get(hkey)?.values ?? {})),
    queryValueRaw: (hkey, name) => open.get(hkey)?.values?.[name ?? ''] ?? null,
  };
  return { calls, open };
}
