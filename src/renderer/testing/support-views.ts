import type { ComputerFacts, RegistryFacts } from '../../contract/support-view';

/** Facts for tests and the gallery: complete, and changed where a test says so. */

export const someRegistryFacts = (changes: Partial<RegistryFacts> = {}): RegistryFacts => ({
  state: 'signed-out',
  keySource: { kind: 'keychain' },
  refreshToken: { kind: 'absent' },
  accessToken: { kind: 'absent' },
  openAttempts: 0,
  times: {},
  counters: { signIns: 0, refreshes: 0, failures: 0 },
  ...changes,
});

export const someComputerFacts = (changes: Partial<ComputerFacts> = {}): ComputerFacts => ({
  version: '0.1.0',
  parts: [
    { name: 'linux', version: '6.8.0 x64' },
    { name: 'electron', version: '45.4.1' },
  ],
  profileFolder: '/home/alice/.config/Gatepass',
  startedAt: Date.UTC(2026, 0, 5, 8, 0),
  keySource: { kind: 'keychain' },
  keptSignIns: [],
  setAside: [],
  ...changes,
});
