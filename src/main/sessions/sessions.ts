import { failed, type Result, success } from '../base/failure';
import { type OAuthClientSettings, redirectUriOf } from '../base/oauth-client-settings';
import type { Secret } from '../base/secret';
import { SerialQueue } from '../base/serial-queue';
import type { Registry } from '../config';
import type { SessionKey } from '../vault';
import type { CallbackPaths } from './callback-paths';
import type { AccessFacts } from './access-token';
import { HeldGrants } from './held-grants';
import { HostConfirmations } from './host-confirmations';
import { ProviderQueue } from './provider-queue';
import type { Refreshable } from './refresh-scheduler';
import { Session, type SessionDependencies } from './session';
import { SignInToAll } from './sign-in-to-all';
import { heldBy, type SessionEvent, type SessionState } from './state';

interface Services extends Pick<SessionDependencies, 'identity' | 'vault' | 'clock'> {
  readonly callbackPaths: CallbackPaths;
  /** From 0 up to 1, for jitter. Default: `Math.random`. */
  readonly random?: () => number;
}

/** Quitting has two seconds in all, and what was answered in time is still to be written. */
const longestFarewellMs = 1_500;

/** Told after every change of a session, with the new state in place. */
export type SessionListener = (registryId: string, event: SessionEvent) => void;

interface Entry {
  readonly registry: Registry;
  /** Absent for a registry without OAuth, or one that is blocked. */
  readonly session?: Session;
}

/** All sessions, one per configured OAuth registry; follows the configuration while the app runs. */
export class Sessions {
  readonly #services: Services;
  readonly #listeners = new Set<SessionListener>();
  readonly #grants = new HeldGrants();
  readonly #queues = new Map<string, ProviderQueue>();
  readonly #turns = new SerialQueue();
  readonly #hosts = new HostConfirmations();
  readonly #signInToAll = new SignInToAll({
    signIn: (id) => this.signIn(id, 'default'),
    needsSignIn: (id) => this.#needsSignIn(id),
  });
  #registries: readonly Registry[] = [];
  #entries: ReadonlyMap<string, Entry> = new Map();
  #timeoutMs = 120_000;

  constructor(services: Services) {
    this.#services = services;
  }

  /**
   * Follows a configuration. A registry whose url, issuer, client or any other OAuth setting changed gets a new session
   * object, so that nothing of the old one, late answers included, can reach the new issuer; its record is found again if
   * it belongs to the same registry, issuer and client id.
   */
  configure(registries: readonly Registry[], signInTimeoutSeconds: number): void {
    this.#timeoutMs = signInTimeoutSeconds * 1000;
    this.#registries = registries;
    const kept = new Map<string, Entry>();
    const configured = new Map(registries.map((registry) => [registry.id, registry]));
    for (const [id, entry] of this.#entries) {
      const registry = configured.get(id);
      if (registry !== undefined && isSameClient(entry.registry, registry))
        kept.set(id, { ...entry, registry });
      else this.#retire(id, entry);
    }
    this.#entries = new Map(
      registries.map((registry) => [registry.id, kept.get(registry.id) ?? this.#entryFor(registry)]),
    );
  }

  /** Undefined for an unknown registry and for one that needs no sign-in. */
  state(registryId: string): SessionState | undefined {
    const entry = this.#entries.get(registryId);
    if (entry?.registry.blocked !== undefined) return { kind: 'blocked', failure: entry.registry.blocked };
    return entry?.session?.state;
  }

  /** How many other registries hold a session of the same issuer and client; ending one at the provider may end them. */
  siblings(registryId: string): number {
    const client = oauthOf(this.#entries.get(registryId)?.registry);
    return client === undefined ? 0 : this.#grants.countBeside(client, registryId);
  }

  /** The redirect address to register at the provider; undefined without OAuth, and until it is certain. */
  redirectUri(registryId: string): string | undefined {
    const registry = this.#entries.get(registryId)?.registry;
    const client = oauthOf(registry);
    if (registry === undefined || client === undefined) return undefined;
    const callbackPath = this.#services.callbackPaths.certain(registry, this.#registries);
    return callbackPath === undefined ? undefined : redirectUriOf({ ...client, callbackPath });
  }

  /**
   * Starts a flow or joins the running one. CFG_HOST_SUSPICIOUS before the first sign-in with a host that may imitate
   * another one, unless a person has confirmed it.
   */
  signIn(registryId: string, account: 'default' | 'another', confirmedHost?: string): Result<void> {
    if (confirmedHost !== undefined) this.#hosts.confirm(confirmedHost);
    return this.#with(registryId, (session, registry) => {
      const toConfirm = session.isKnown() ? undefined : this.#hosts.toConfirm(registry);
      if (toConfirm !== undefined) return { ok: false, failure: toConfirm };
      session.signIn({ account, timeoutMs: this.#timeoutMs });
      return success(undefined);
    });
  }

  /** See {@link HostConfirmations.confirmAll}. */
  confirmHosts(registry: Registry): void {
    this.#hosts.confirmAll(registry);
  }

  cancelSignIn(registryId: string): Result<void> {
    return this.#with(registryId, (session) => {
      session.cancelSignIn();
      return success(undefined);
    });
  }

  extendSignIn(registryId: string): Result<void> {
    return this.#with(registryId, (session) => {
      session.extendSignIn();
      return success(undefined);
    });
  }

  /** The running flow of a registry, or OP_STALE when it has just ended. */
  flow(registryId: string): Result<NonNullable<Session['flow']>> {
    return this.#with(registryId, ({ flow }) => (flow === undefined ? failed('OP_STALE') : success(flow)));
  }

  /**
   * "Sign in to all": every registry of the same issuer and client as this one, one after another, until the first
   * refusal. OP_STALE when none of them needs it.
   */
  signInToAll(registryId: string): Result<void> {
    return this.#signInToAll.start(this.#ofSameProvider(registryId));
  }

  async signOut(registryId: string): Promise<Result<void>> {
    const session = this.#entries.get(registryId)?.session;
    return session === undefined ? failed('OP_STALE') : session.signOut();
  }

  /**
   * "Sign out of all N registries of this provider": every session of the same issuer and client. All are forgotten here
   * before any is revoked, so that none of them counts as a sibling that a revocation would harm.
   */
  async signOutOfProvider(registryId: string): Promise<Result<void>> {
    const held = this.#ofSameProvider(registryId).flatMap((id) => {
      const session = this.#entries.get(id)?.session;
      return session !== undefined && heldBy(session.state) !== undefined ? [session] : [];
    });
    if (held.length === 0) return failed('OP_STALE');
    const forgotten = await Promise.all(held.map((session) => session.forget()));
    for (const result of forgotten) if (result.ok) result.value.revoke();
    return forgotten.find((result) => !result.ok) ?? success(undefined);
  }

  /**
   * The sign-out of a registry that is about to leave the configuration. It is taken before and called after, so that
   * nothing is lost when the configuration cannot be changed. Of a registry that is blocked the record is deleted, and
   * nothing else: whatever blocks it also keeps us from talking to its provider.
   */
  signOutLater(registryId: string): () => Promise<Result<void>> {
    const { registry, session } = this.#entries.get(registryId) ?? {};
    if (session !== undefined) return () => session.signOut();
    const client = oauthOf(registry);
    if (registry === undefined || client === undefined) return () => Promise.resolve(success(undefined));
    return async () => {
      const removed = await this.#services.vault.remove(sessionKeyOf(registry.url, client));
      return removed.ok ? success(undefined) : removed;
    };
  }

  /** See {@link Session.accessToken}; REGISTRY_AUTH_REQUIRED also for a registry that has no session at all. */
  accessToken(registryId: string, options?: { readonly force: boolean }): Promise<Result<Secret>> {
    const session = this.#entries.get(registryId)?.session;
    return session === undefined
      ? Promise.resolve(failed('REGISTRY_AUTH_REQUIRED'))
      : session.accessToken(options);
  }

  /** See {@link Session.lastUsedAt}. */
  lastUsedAt(registryId: string): number | undefined {
    return this.#entries.get(registryId)?.session?.lastUsedAt();
  }

  /** See {@link Session.accessFacts}. */
  accessFacts(registryId: string): AccessFacts | undefined {
    return this.#entries.get(registryId)?.session?.accessFacts();
  }

  /** Every session that can be refreshed now, for the schedule. */
  refreshable(): Refreshable[] {
    return [...this.#entries.values()].flatMap(({ registry, session }) => {
      const client = oauthOf(registry);
      return session?.refreshFacts === undefined || client === undefined
        ? []
        : [{ id: registry.id, queue: this.#queueOf(client), session }];
    });
  }

  /** See {@link Session.judge}. */
  judge(registryId: string, verdict: Result<void>): void {
    this.#entries.get(registryId)?.session?.judge(verdict);
  }

  /**
   * Starts the 30 days of every record whose registry is not configured any more, and ends those of one that is again.
   * Only for a configuration that could be read completely: one that is broken for a moment leaves nothing behind.
   */
  async retainRecords(): Promise<void> {
    const keys = this.#registries.flatMap(({ url, auth }) =>
      auth.type === 'oauth' ? [sessionKeyOf(url, auth.oauth)] : [],
    );
    await this.#services.vault.retain(keys);
  }

  /** See {@link Session.storageChanged}. */
  storageChanged(): void {
    for (const { session } of this.#entries.values()) session?.storageChanged();
  }

  /** See {@link Session.keychainOpened}. */
  keychainOpened(): void {
    for (const { session } of this.#entries.values()) session?.keychainOpened();
  }

  onChange(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Ends every flow and waits for refreshes whose answer is on its way, so that no rotated token is lost, for 1.5 s at
   * most; those that have not been sent are dropped. An answer that comes later still is found out at the next start.
   */
  async close(): Promise<void> {
    const closing = [...this.#entries.values()].map(async ({ session }) => {
      await session?.close();
    });
    const { clock } = this.#services;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(longestFarewellMs, resolve);
      void Promise.all(closing).then(() => {
        cancel();
        resolve();
      });
    });
  }

  #with<T>(registryId: string, use: (session: Session, registry: Registry) => Result<T>): Result<T> {
    const entry = this.#entries.get(registryId);
    return entry?.session === undefined ? failed('OP_STALE') : use(entry.session, entry.registry);
  }

  #entryFor(registry: Registry): Entry {
    const client = oauthOf(registry);
    if (client === undefined || registry.blocked !== undefined) return { registry };
    const { id, url } = registry;
    const session: Session = new Session(url, client, {
      ...this.#services,
      queue: this.#queueOf(client),
      turns: this.#turns,
      callbackPath: (advertisesIss) =>
        this.#services.callbackPaths.decide(
          this.#entries.get(id)?.registry ?? registry,
          client,
          this.#registries,
          advertisesIss,
        ),
      // The vault also knows those whose registry vanished for a while; only the grants know those without a record.
      hasSibling: () =>
        this.#grants.countBeside(client, id) > 0 ||
        this.#services.vault.hasSibling({ registry: url, issuer: client.issuer, clientId: client.clientId }),
      changed: (event) => {
        if (this.#entries.get(id)?.session !== session) return;
        this.#grants.note(client, id, heldBy(session.state) !== undefined);
        if (event.type === 'sign-in-succeeded') this.#services.callbackPaths.keep(client);
        this.#signInToAll.noteEvent(id, event);
        for (const listener of this.#listeners) listener(id, event);
      },
    });
    this.#grants.note(client, id, heldBy(session.state) !== undefined);
    return { registry, session };
  }

  #queueOf({ issuer }: OAuthClientSettings): ProviderQueue {
    const { clock, random = Math.random } = this.#services;
    const queue = this.#queues.get(issuer) ?? new ProviderQueue(clock, random);
    this.#queues.set(issuer, queue);
    return queue;
  }

  /** A session whose registry was edited, removed or blocked: everything of it stops, its record stays. */
  #retire(id: string, { registry, session }: Entry): void {
    void session?.close();
    const client = oauthOf(registry);
    if (client !== undefined) this.#grants.note(client, id, false);
    this.#signInToAll.noteGone(id);
  }

  #needsSignIn(id: string): boolean {
    const session = this.#entries.get(id)?.session;
    return session !== undefined && heldBy(session.state) === undefined;
  }

  /** This registry and all others of the same issuer and client, in the order of the list. */
  #ofSameProvider(registryId: string): string[] {
    const client = oauthOf(this.#entries.get(registryId)?.registry);
    if (client === undefined) return [];
    return this.#registries.flatMap((registry) => {
      const other = oauthOf(registry);
      const isSame = other?.issuer === client.issuer && other.clientId === client.clientId;
      return isSame ? [registry.id] : [];
    });
  }
}

function oauthOf(registry: Registry | undefined): OAuthClientSettings | undefined {
  return registry?.auth.type === 'oauth' ? registry.auth.oauth : undefined;
}

function isSameClient(a: Registry, b: Registry): boolean {
  return a.url === b.url && JSON.stringify([a.auth, a.blocked]) === JSON.stringify([b.auth, b.blocked]);
}

const sessionKeyOf = (registry: string, { issuer, clientId }: OAuthClientSettings): SessionKey => ({
  registry,
  issuer,
  clientId,
});
