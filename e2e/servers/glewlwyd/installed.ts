import { existsSync } from 'node:fs';

/** Where Debian puts the parts that are used; `scripts/lib/system-packages.mjs` installs them. */
export const program = '/usr/bin/glewlwyd';
export const sqlite = '/usr/bin/sqlite3';
export const schema = '/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3';
export const modules = '/usr/lib/glewlwyd';

/** Why there is no Glewlwyd to talk to on this machine; undefined where there is one. */
export function whyNoGlewlwyd(): string | undefined {
  const missing = [program, sqlite, schema].filter((file) => !existsSync(file));
  return missing.length === 0
    ? undefined
    : `Glewlwyd is not installed (no ${missing.join(', ')}); on Debian: apt-get install glewlwyd dbconfig-sqlite3 sqlite3`;
}
