import { arch, platform, release } from 'node:os';
import type { ComputerFacts } from '../../contract/support-view';
import { keySourceFact, type VaultFacts } from './registry-facts';
import { type StoredSignIns, storedSignIns } from './stored-sign-ins';

export interface ComputerSources {
  readonly version: string;
  readonly profileFolder: string;
  readonly startedAt: number;
  readonly vault: Pick<VaultFacts, 'keySource'> & StoredSignIns;
}

/** What matters when something works on one computer and not on another. */
const partNames = ['electron', 'chrome', 'node', 'openssl', 'undici'];

export async function computerFacts({
  version,
  profileFolder,
  startedAt,
  vault,
}: ComputerSources): Promise<ComputerFacts> {
  const parts = partNames.flatMap((name) => {
    const found = process.versions[name];
    return found === undefined ? [] : [{ name, version: found }];
  });
  return {
    version,
    parts: [{ name: platform(), version: `${release()} ${arch()}` }, ...parts],
    profileFolder,
    startedAt,
    keySource: keySourceFact(vault),
    ...(await storedSignIns(vault)),
  };
}
