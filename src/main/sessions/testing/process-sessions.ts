import { systemClock } from '../../base/clock';
import { failed } from '../../base/failure';
import { createNetwork } from '../../base/net';
import { CallbackListeners } from '../../identity';
import { clientOf } from '../../identity/testing/client';
import { createVault, type VaultDependencies } from '../../vault/create-vault';
import type { FaultPoint } from '../../vault/fault-points';
import { FolderKeychain } from '../../vault/testing/folder-keychain';
import { CallbackPaths } from '../callback-paths';
import { createIdentityService } from '../identity-service';
import { Sessions } from '../sessions';
import { issuerMemory } from './issuer-memory';
import { type KillPoint, tellingNetwork } from './kill-points';
import { registryOf } from './registry-of';

export interface ProcessSessionsOptions extends Pick<VaultDependencies, 'folder' | 'isHolder'> {
  readonly keychainFolder: string;
  readonly issuer: string;
  /** Told when an instant of a refresh is reached. */
  readonly at: (point: KillPoint | FaultPoint) => void;
}

/** The app's sessions on a profile with one registry, with their real network and vault, in a process of their own. */
export async function processSessions({
  folder,
  isHolder,
  keychainFolder,
  issuer,
  at,
}: ProcessSessionsOptions) {
  const clock = systemClock;
  const vault = createVault({
    folder,
    keychain: new FolderKeychain(keychainFolder),
    clock,
    faultPoint: at,
    ...(isHolder !== undefined && { isHolder }),
  });
  const network = createNetwork({ resolveProxy: () => Promise.resolve('DIRECT'), clock });
  const identity = createIdentityService({
    network: tellingNetwork(network, at),
    clock,
    listeners: new CallbackListeners(clock),
    openBrowser: () => Promise.resolve(failed('LOGIN_BROWSER_FAILED')),
  });
  await vault.list();
  const callbackPaths = new CallbackPaths({
    providers: identity,
    memory: issuerMemory(),
    learnt: () => undefined,
  });
  const sessions = new Sessions({ identity, vault, clock, callbackPaths });
  sessions.onChange((_id, { type }) => {
    if (type === 'refresh-succeeded') at('published');
  });
  sessions.configure([registryOf('acme', clientOf(issuer))], 120);
  return {
    state: () => sessions.state('acme')?.kind ?? 'unknown',
    /** Forces a refresh. @returns `ok`, or the code of what came of it */
    async refresh(): Promise<string> {
      const answer = await sessions.accessToken('acme', { force: true });
      return answer.ok ? 'ok' : answer.failure.code;
    },
    async close(): Promise<void> {
      await sessions.close();
      await vault.close();
      await network.close();
    },
  };
}
