import { finishSignIn } from '../../../../e2e/servers/browser';
import { type Clock, systemClock } from '../../base/clock';
import { success } from '../../base/failure';
import { createNetwork, type Network } from '../../base/net';
import type { OAuthClientSettings } from '../../base/oauth-client-settings';
import type { Registry } from '../../config';
import { CallbackListeners } from '../../identity';
import { clientOf } from '../../identity/testing/client';
import { freePort } from '../../../../e2e/servers/free-port';
import type { Disk } from '../../vault/disk';
import { testProfile, type TestProfile } from '../../vault/testing/test-vault';
import type { Vault } from '../../vault';
import { CallbackPaths, type IssuerMemory } from '../callback-paths';
import { createIdentityService, type IdentityService, type ProviderMemory } from '../identity-service';
import { Sessions } from '../sessions';
import type { SessionState } from '../state';
import { issuerMemory } from './issuer-memory';
import { registryOf } from './registry-of';

/** One run of the app's sessions on a profile, with a browser that a test plays. */
export interface Desk {
  readonly sessions: Sessions;
  readonly vault: Vault;
  readonly identity: IdentityService & ProviderMemory;
  /** The registry of an id as configured. */
  registry(id: string): Registry | undefined;
  /** Every authorization link the browser was given. */
  readonly opened: readonly string[];
  /** Resolves with the state once it is of that kind. */
  until(registryId: string, kind: SessionState['kind']): Promise<SessionState>;
  /** Presses "Sign in" and resolves with the link. */
  startSignIn(registryId: string): Promise<string>;
  /** The whole sign-in. */
  signIn(registryId: string, user?: string): Promise<SessionState>;
  /** Quits and starts again on the same profile. */
  restart(): Promise<Desk>;
}

export interface DeskOptions {
  readonly issuer: string;
  readonly registries?: readonly string[];
  readonly client?: Partial<OAuthClientSettings>;
  readonly profile?: Pick<TestProfile, 'open'>;
  readonly port?: number;
  /** The clock of sessions and vault. Default: the system's. */
  readonly clock?: Clock;
  /** The clock of the network, which ends its requests in time. Default: the system's. */
  readonly networkClock?: Clock;
  /** The clock of sign-ins, which tells their deadlines. Default: the system's. */
  readonly signInClock?: Clock;
  /** Default: the real disk. */
  readonly disk?: Disk;
  /** Certificate authority of the provider, PEM. */
  readonly ca?: string;
  readonly memory?: IssuerMemory;
  /** Puts something between the app and the network. */
  readonly throughNetwork?: (network: Network) => Network;
}

export async function openDesk(options: DeskOptions): Promise<Desk> {
  const profile = options.profile ?? testProfile();
  const port = options.port ?? (await freePort());
  const { clock = systemClock, networkClock = systemClock, signInClock = systemClock } = options;
  const vault = await profile.open({ clock, ...(options.disk !== undefined && { disk: options.disk }) });
  const opened: string[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const check of waiting) check();
  };
  const { ca } = options;
  const network = createNetwork({
    resolveProxy: () => Promise.resolve('DIRECT'),
    clock: networkClock,
    ...(ca !== undefined && { extraCa: () => Promise.resolve([ca]) }),
  });
  const { throughNetwork = (direct: Network) => direct } = options;
  const identity = createIdentityService({
    network: throughNetwork(network),
    clock: signInClock,
    listeners: new CallbackListeners(systemClock),
    openBrowser: (url) => {
      opened.push(url);
      wake();
      return Promise.resolve(success(undefined));
    },
  });
  const memory = options.memory ?? issuerMemory();
  const callbackPaths = new CallbackPaths({ providers: identity, memory, learnt: wake });
  const sessions = new Sessions({ identity, vault, clock, callbackPaths });
  sessions.onChange(wake);
  const client = clientOf(options.issuer, { callbackPort: port, ...options.client });
  const registries = (options.registries ?? ['acme']).map((id) => registryOf(id, client));
  sessions.configure(registries, 120);

  const when = <T>(look: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const check = () => {
        const seen = look();
        if (seen === undefined) return;
        waiting.delete(check);
        resolve(seen);
      };
      waiting.add(check);
      check();
    });
  const until: Desk['until'] = (id, kind) =>
    when(() => {
      const state = sessions.state(id);
      return state?.kind === kind ? state : undefined;
    });
  const startSignIn = (id: string) => {
    const before = opened.length;
    sessions.signIn(id, 'default');
    return when(() => opened[before]);
  };
  return {
    sessions,
    vault,
    identity,
    registry: (id) => registries.find((registry) => registry.id === id),
    opened,
    until,
    startSignIn,
    async signIn(id, user) {
      await finishSignIn(await startSignIn(id), {
        ...(user !== undefined && { user }),
        ...(options.ca !== undefined && { ca: options.ca }),
      });
      return until(id, 'signed-in');
    },
    async restart() {
      await sessions.close();
      await vault.close();
      await network.close();
      return openDesk({ ...options, profile, port, memory });
    },
  };
}
