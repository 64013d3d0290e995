import { failed, type Failure, type Result, success } from '../base/failure';
import type { Secret } from '../base/secret';
import type { Registry } from '../config';
import type { AccessFacts } from './access-token';
import { ConfiguredSessions, oauthOf, type SessionServices } from './configured-sessions';
import type { Refreshable } from './refresh-scheduler';
import type { Session } from './session';
import { type Confirmation, SignInQuestions } from './sign-in-questions';
import { SignInToAll } from './sign-in-to-all';
import { heldBy, type SessionEvent, type SessionState } from './state';

/** Told after every change of a session, with the new state in place. */
export type SessionListener = (registryId: string, event: SessionEvent) => void;

/** All sessions, one per configured OAuth registry; follows the configuration while the app runs. */
export class Sessions {
  readonly #services: SessionServices;
  readonly #configured: ConfiguredSessions;
  readonly #listeners = new Set<SessionListener>();
  readonly #questions = new SignInQuestions((id) => this.#configured.get(id));
  readonly #signInToAll = new SignInToAll({
    signIn: (id) => this.signIn(id, 'default'),
    needsSignIn: (id) => this.#needsSignIn(id),
  });
  #timeoutMs = 120_000;

  constructor(services: SessionServices) {
    this.#services = services;
    this.#configured = new ConfiguredSessions(services, {
      changed: (id, event) => {
        this.#signInToAll.noteEvent(id, event);
        for (const listener of this.#listeners) listener(id, event);
      },
      gone: (id) => {
        this.#signInToAll.noteGone(id);
      },
    });
  }

  /**
   * Follows a configuration. A registry whose url, issuer, client or any other OAuth setting changed gets a new session
   * object, so that nothing of the old one, late answers included, can reach the new issuer; its record is found again if
   * it belongs to the same registry, issuer and client id.
   */
  configure(registries: readonly Registry[], signInTimeoutSeconds: number): void {
    this.#timeoutMs = signInTimeoutSeconds * 1000;
    this.#questions.follow(registries, this.#configured.inUse(), this.#services.vault.records());
    this.#configured.configure(registries);
  }

  /** Undefined for an unknown registry and for one that needs no sign-in. */
  state(registryId: string): SessionState | undefined {
    const entry = this.#configured.get(registryId);
    if (entry?.registry.blocked !== undefined) return { kind: 'blocked', failure: entry.registry.blocked };
    return entry?.session?.state;
  }

  /** How many other registries hold a session of the same issuer and client; ending one at the provider may end them. */
  siblings(registryId: string): number {
    return this.#configured.siblings(registryId);
  }

  /** The redirect address to register at the provider; undefined without OAuth, and until it is certain. */
  redirectUri(registryId: string): string | undefined {
    return this.#configured.redirectUri(registryId);
  }

  /**
   * Starts a flow or joins the running one. Refused with what a person has to confirm first: CFG_HOST_SUSPICIOUS before
   * the first sign-in with a host that may imitate another one, CFG_ISSUER_CHANGED where the person was signed in at
   * another issuer before.
   */
  signIn(registryId: string, account: 'default' | 'another', confirmed?: Confirmation): Result<void> {
    if (confirmed !== undefined) this.#questions.confirm(registryId, confirmed);
    const toConfirm = this.#questions.toConfirm(registryId);
    if (toConfirm !== undefined) return { ok: false, failure: toConfirm };
    return this.#with(registryId, (session) => {
      session.signIn({ account, timeoutMs: this.#timeoutMs });
      return success(undefined);
    });
  }

  /** What a person has to confirm, or only to know, before the next sign-in: see {@link SignInQuestions.toTell}. */
  beforeSignIn(registryId: string): Failure | undefined {
    return this.#questions.toTell(registryId);
  }

  /** See {@link SignInQuestions.confirmAll}. */
  confirmAll(registry: Registry): void {
    this.#questions.confirmAll(registry);
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
   * refusal. Those that a person has to confirm first are left out. OP_STALE when none of them needs it.
   */
  signInToAll(registryId: string): Result<void> {
    return this.#signInToAll.start(this.#configured.ofSameProvider(registryId));
  }

  async signOut(registryId: string): Promise<Result<void>> {
    const session = this.#configured.get(registryId)?.session;
    return session === undefined ? failed('OP_STALE') : session.signOut();
  }

  /**
   * "Sign out of all N registries of this provider": every session of the same issuer and client. All are forgotten here
   * before any is revoked, so that none of them counts as a sibling that a revocation would harm.
   */
  async signOutOfProvider(registryId: string): Promise<Result<void>> {
    const held = this.#configured.ofSameProvider(registryId).flatMap((id) => {
      const session = this.#configured.get(id)?.session;
      return session !== undefined && heldBy(session.state) !== undefined ? [session] : [];
    });
    if (held.length === 0) return failed('OP_STALE');
    const forgotten = await Promise.all(held.map((session) => session.forget()));
    for (const result of forgotten) if (result.ok) result.value.revoke();
    return forgotten.find((result) => !result.ok) ?? success(undefined);
  }

  /** See {@link ConfiguredSessions.signOutLater}. */
  signOutLater(registryId: string): () => Promise<Result<void>> {
    return this.#configured.signOutLater(registryId);
  }

  /** See {@link Session.accessToken}; REGISTRY_AUTH_REQUIRED also for a registry that has no session at all. */
  accessToken(registryId: string, options?: { readonly force: boolean }): Promise<Result<Secret>> {
    const session = this.#configured.get(registryId)?.session;
    return session === undefined
      ? Promise.resolve(failed('REGISTRY_AUTH_REQUIRED'))
      : session.accessToken(options);
  }

  /** See {@link Session.lastUsedAt}. */
  lastUsedAt(registryId: string): number | undefined {
    return this.#configured.get(registryId)?.session?.lastUsedAt();
  }

  /** See {@link Session.accessFacts}. */
  accessFacts(registryId: string): AccessFacts | undefined {
    return this.#configured.get(registryId)?.session?.accessFacts();
  }

  /** Every session that can be refreshed now, for the schedule. */
  refreshable(): Refreshable[] {
    return this.#configured.all().flatMap(({ registry, session }) => {
      const client = oauthOf(registry);
      return session?.refreshFacts === undefined || client === undefined
        ? []
        : [{ id: registry.id, queue: this.#configured.queueOf(client), session }];
    });
  }

  /** See {@link Session.judge}. */
  judge(registryId: string, verdict: Result<void>): void {
    this.#configured.get(registryId)?.session?.judge(verdict);
  }

  /**
   * Starts the 30 days of every record whose registry is not configured any more, and ends those of one that is again.
   * Only for a configuration that could be read completely: one that is broken for a moment leaves nothing behind.
   */
  async retainRecords(): Promise<void> {
    await this.#services.vault.retain(this.#configured.keys());
  }

  /** See {@link Session.storageChanged}. */
  storageChanged(): void {
    for (const { session } of this.#configured.all()) session?.storageChanged();
  }

  /** See {@link Session.keychainOpened}. */
  keychainOpened(): void {
    for (const { session } of this.#configured.all()) session?.keychainOpened();
  }

  onChange(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** See {@link ConfiguredSessions.close}. */
  close(): Promise<void> {
    return this.#configured.close();
  }

  #with<T>(registryId: string, use: (session: Session) => Result<T>): Result<T> {
    const entry = this.#configured.get(registryId);
    return entry?.session === undefined ? failed('OP_STALE') : use(entry.session);
  }

  #needsSignIn(id: string): boolean {
    const session = this.#configured.get(id)?.session;
    const isSignedOut = session !== undefined && heldBy(session.state) === undefined;
    return isSignedOut && this.#questions.toConfirm(id) === undefined;
  }
}
