import { type Result, success } from '../base/failure';
import { type OAuthClientSettings, redirectUriOf } from '../base/oauth-client-settings';
import { SerialQueue } from '../base/serial-queue';
import type { Registry } from '../config';
import type { SessionKey } from '../vault';
import type { CallbackPaths } from './callback-paths';
import { HeldGrants } from './held-grants';
import { ProviderQueue } from './provider-queue';
import { Session, type SessionDependencies } from './session';
import { heldBy, type SessionEvent } from './state';

export interface SessionServices extends Pick<SessionDependencies, 'identity' | 'vault' | 'clock'> {
  readonly callbackPaths: CallbackPaths;
  /** From 0 up to 1, for jitter. Default: `Math.random`. */
  readonly random?: () => number;
}

export interface ConfiguredSession {
  readonly registry: Registry;
  /** Absent for a registry without OAuth, or one that is blocked. */
  readonly session?: Session;
}

/** Quitting has two seconds in all, and what was answered in time is still to be written. */
const longestFarewellMs = 1_500;

interface Listener {
  /** Told after a change of a session, with the new state in place. */
  changed(registryId: string, event: SessionEvent): void;
  /** A registry was edited, removed or blocked: its session is over here. */
  gone(registryId: string): void;
}

/** One session per configured OAuth registry, and what those of one provider share. */
export class ConfiguredSessions {
  readonly #services: SessionServices;
  readonly #listener: Listener;
  readonly #grants = new HeldGrants();
  readonly #queues = new Map<string, ProviderQueue>();
  readonly #turns = new SerialQueue();
  #registries: readonly Registry[] = [];
  #entries: ReadonlyMap<string, ConfiguredSession> = new Map();

  constructor(services: SessionServices, listener: Listener) {
    this.#services = services;
    this.#listener = listener;
  }

  /** As configured, in the order of the list. */
  get registries(): readonly Registry[] {
    return this.#registries;
  }

  get(registryId: string): ConfiguredSession | undefined {
    return this.#entries.get(registryId);
  }

  all(): readonly ConfiguredSession[] {
    return [...this.#entries.values()];
  }

  /** What names the record of each. */
  keys(): SessionKey[] {
    return this.#registries.flatMap(({ url, auth }) =>
      auth.type === 'oauth' ? [sessionKeyOf(url, auth.oauth)] : [],
    );
  }

  /** Where each session is, and whether it is held there now. */
  inUse(): { readonly registryId: string; readonly issuer: string; readonly isHeld: boolean }[] {
    return this.all().flatMap(({ registry, session }) => {
      const client = oauthOf(registry);
      if (client === undefined || session === undefined) return [];
      const isHeld = heldBy(session.state) !== undefined;
      return [{ registryId: registry.id, issuer: client.issuer, isHeld }];
    });
  }

  /** See `Sessions.configure`. */
  configure(registries: readonly Registry[]): void {
    this.#registries = registries;
    const kept = new Map<string, ConfiguredSession>();
    const configured = new Map(registries.map((registry) => [registry.id, registry]));
    for (const [id, entry] of this.#entries) {
      const registry = configured.get(id);
      if (registry !== undefined && isSameClient(entry.registry, registry))
        kept.set(id, { ...entry, registry });
      else this.#retire(id, entry);
    }
    this.#entries = new Map(
      registries.map((registry) => [registry.id, kept.get(registry.id) ?? this.#begin(registry)]),
    );
  }

  /** This registry and all others of the same issuer and client, in the order of the list. */
  ofSameProvider(registryId: string): string[] {
    const client = oauthOf(this.get(registryId)?.registry);
    if (client === undefined) return [];
    return this.#registries.flatMap((registry) => {
      const other = oauthOf(registry);
      const isSame = other?.issuer === client.issuer && other.clientId === client.clientId;
      return isSame ? [registry.id] : [];
    });
  }

  /** How many other registries hold a session of the same issuer and client. */
  siblings(registryId: string): number {
    const client = oauthOf(this.get(registryId)?.registry);
    return client === undefined ? 0 : this.#grants.countBeside(client, registryId);
  }

  /** See `Sessions.redirectUri`. */
  redirectUri(registryId: string): string | undefined {
    const registry = this.get(registryId)?.registry;
    const client = oauthOf(registry);
    if (registry === undefined || client === undefined) return undefined;
    const callbackPath = this.#services.callbackPaths.certain(registry, this.#registries);
    return callbackPath === undefined ? undefined : redirectUriOf({ ...client, callbackPath });
  }

  /**
   * The sign-out of a registry that is about to leave the configuration. It is taken before and called after, so that
   * nothing is lost when the configuration cannot be changed. Of a registry that is blocked the record is deleted, and
   * nothing else: whatever blocks it also keeps us from talking to its provider.
   */
  signOutLater(registryId: string): () => Promise<Result<void>> {
    const { registry, session } = this.get(registryId) ?? {};
    if (session !== undefined) return () => session.signOut();
    const client = oauthOf(registry);
    if (registry === undefined || client === undefined) return () => Promise.resolve(success(undefined));
    return async () => {
      const removed = await this.#services.vault.remove(sessionKeyOf(registry.url, client));
      return removed.ok ? success(undefined) : removed;
    };
  }

  /** Where the refreshes of this client's provider wait for their turn. */
  queueOf({ issuer }: OAuthClientSettings): ProviderQueue {
    const { clock, random = Math.random } = this.#services;
    const queue = this.#queues.get(issuer) ?? new ProviderQueue(clock, random);
    this.#queues.set(issuer, queue);
    return queue;
  }

  /**
   * Ends every flow and waits for refreshes whose answer is on its way, so that no rotated token is lost, for 1.5 s at
   * most; those that have not been sent are dropped. An answer that comes later still is found out at the next start.
   */
  async close(): Promise<void> {
    const closing = this.all().map(async ({ session }) => {
      await session?.close();
    });
    await new Promise<void>((resolve) => {
      const cancel = this.#services.clock.after(longestFarewellMs, resolve);
      void Promise.all(closing).then(() => {
        cancel();
        resolve();
      });
    });
  }

  #begin(registry: Registry): ConfiguredSession {
    const client = oauthOf(registry);
    if (client === undefined || registry.blocked !== undefined) return { registry };
    const { id, url } = registry;
    const { callbackPaths, vault } = this.#services;
    const session: Session = new Session(url, client, {
      ...this.#services,
      queue: this.queueOf(client),
      turns: this.#turns,
      callbackPath: (advertisesIss) =>
        callbackPaths.decide(this.get(id)?.registry ?? registry, client, this.#registries, advertisesIss),
      // The vault also knows those whose registry vanished for a while; only the grants know those without a record.
      // Its own id and record count too: after an edit another session has them.
      isGrantHeld: () => this.#grants.isHeld(client) || vault.holdsGrant(client),
      changed: (event) => {
        if (this.get(id)?.session !== session) return;
        this.#grants.note(client, id, heldBy(session.state) !== undefined);
        if (event.type === 'sign-in-succeeded') callbackPaths.keep(client);
        this.#listener.changed(id, event);
      },
    });
    this.#grants.note(client, id, heldBy(session.state) !== undefined);
    return { registry, session };
  }

  /** Everything of it stops, its record stays. */
  #retire(id: string, { registry, session }: ConfiguredSession): void {
    void session?.close();
    const client = oauthOf(registry);
    if (client !== undefined) this.#grants.note(client, id, false);
    this.#listener.gone(id);
  }
}

export function oauthOf(registry: Registry | undefined): OAuthClientSettings | undefined {
  return registry?.auth.type === 'oauth' ? registry.auth.oauth : undefined;
}

export const sessionKeyOf = (registry: string, { issuer, clientId }: OAuthClientSettings): SessionKey => ({
  registry,
  issuer,
  clientId,
});

function isSameClient(a: Registry, b: Registry): boolean {
  return a.url === b.url && JSON.stringify([a.auth, a.blocked]) === JSON.stringify([b.auth, b.blocked]);
}
