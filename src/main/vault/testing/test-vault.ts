import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ManualClock, manualClock } from '../../base/manual-clock';
import { createVault, type VaultDependencies } from '../create-vault';
import type { SessionKey } from '../session-key';
import type { Vault } from '../vault';
import { MemoryKeychain } from './memory-keychain';

/** A profile of a test's own: one folder and one keychain, in which vaults can be opened one after another. */
export interface TestProfile {
  readonly folder: string;
  readonly keychain: MemoryKeychain;
  readonly clock: ManualClock;
  /** Opens the vault as a start of the app does; sessions are loaded. */
  open(overrides?: Partial<VaultDependencies>): Promise<Vault>;
}

/** The real vault on real files; only the keychain and the clock are a test's. The folder is left to the system. */
export function testProfile(): TestProfile {
  const folder = mkdtempSync(join(tmpdir(), 'gatepass-vault-'));
  const keychain = new MemoryKeychain();
  const clock = manualClock();
  return {
    folder,
    keychain,
    clock,
    async open(overrides = {}) {
      const vault = createVault({ folder, keychain, clock, platform: 'linux', ...overrides });
      await vault.list();
      return vault;
    },
  };
}

export const engineering: SessionKey = {
  registry: 'https://registry.corp.example/engineering',
  issuer: 'https://login.corp.example',
  clientId: 'gatepass',
};
export const finance: SessionKey = { ...engineering, registry: 'https://registry.corp.example/finance' };
