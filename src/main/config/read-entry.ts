import type { Failure } from '../base/failure';
import { Problems } from './problems';
import { readRegistry } from './read-registry';
import type { Registry } from './registry';
import type { RegistryEntry } from './schema';

/** An entry read on its own, by the reader of files: the registry it makes, and everything that is wrong with it. */
export interface ReadEntry {
  readonly registry: Registry;
  /** Each with its field, such as `auth.oauth.issuer`. */
  readonly failures: readonly Failure[];
}

/** @returns what the reader says of an entry that is not in a file yet; how entries meet is judged with the file */
export function readEntry(entry: RegistryEntry, location: string): ReadEntry | undefined {
  const problems = new Problems(location);
  const registry = readRegistry(entry, [], { source: 'user', location, problems });
  if (registry === undefined) return undefined;
  const failures = problems.all().filter(({ code }) => code !== 'CFG_UNKNOWN_KEY');
  return { registry, failures: failures.map(({ code, params }) => ({ code, params })) };
}
