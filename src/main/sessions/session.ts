import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { type Result, success } from '../base/failure';
import type { Secret } from '../base/secret';
import type { SignInFlow } from '../identity';
import type { AccessFacts } from './access-token';
import type { RefreshResult } from './refresh';
import type { RefreshFacts } from './refresh-schedule';
import { type CoreDependencies, SessionCore } from './session-core';
import { type SignInDependencies, type SignInOptions, SessionSignIn } from './session-sign-in';
import { hasProblem, type SessionState } from './state';
import { type DoorDependencies, TokenDoor } from './token-door';

export type SessionDependencies = CoreDependencies & SignInDependencies & DoorDependencies;

/** One registry's session, as the rest of the app sees it: signing in, its access token, signing out. */
export class Session {
  readonly #core: SessionCore;
  readonly #signIn: SessionSignIn;
  readonly #door: TokenDoor;

  constructor(registryUrl: string, client: OAuthClientSettings, deps: SessionDependencies) {
    this.#core = new SessionCore(registryUrl, client, deps);
    this.#signIn = new SessionSignIn(this.#core, deps);
    this.#door = new TokenDoor(this.#core, deps);
  }

  get state(): SessionState {
    return this.#core.state;
  }

  /** Whether somebody signed in with just these addresses before, and has not signed out since. */
  isKnown(): boolean {
    return this.#core.kept.exists();
  }

  /** See {@link SessionSignIn.start}. */
  signIn(options: SignInOptions): void {
    this.#signIn.start(options);
  }

  /** Ends a running flow at once, in whatever step it is; what it still brings is dropped. */
  cancelSignIn(): void {
    if (this.#signIn.abandon()) this.#core.apply({ type: 'sign-in-cancelled' });
  }

  /** See {@link SessionSignIn.extend}. */
  extendSignIn(): void {
    this.#signIn.extend();
  }

  /** See {@link SessionSignIn.flow}. */
  get flow(): Pick<SignInFlow, 'openAgain' | 'authorizationUrl'> | undefined {
    return this.#signIn.flow;
  }

  /**
   * The one door to an access token: memory, else a refresh, else REGISTRY_AUTH_REQUIRED. Never opens a browser. Any
   * number of callers share one refresh. While a refresh fails for now, a token that is still valid goes on being served.
   * @param options.force refreshes even if the token is fresh, because the registry refused it
   */
  accessToken({ force }: { readonly force: boolean } = { force: false }): Promise<Result<Secret>> {
    return this.#door.accessToken(force);
  }

  /** What may be told of the access token in memory; undefined without one that is valid. Never refreshes. */
  accessFacts(): AccessFacts | undefined {
    return this.#core.access.facts();
  }

  /** See {@link TokenDoor.refreshFacts}. */
  get refreshFacts(): RefreshFacts | undefined {
    return this.#door.refreshFacts;
  }

  /** See {@link TokenDoor.refreshUnasked}. */
  refreshUnasked(): Promise<RefreshResult> {
    return this.#door.refreshUnasked();
  }

  /** See {@link TokenDoor.countAsUsed}. */
  countAsUsed(): void {
    this.#door.countAsUsed();
  }

  /** When somebody last asked for its token, in milliseconds since the epoch; undefined if nobody has since the start. */
  lastUsedAt(): number | undefined {
    return this.#door.lastUsedAt();
  }

  /**
   * What a registry said to the access token: that it takes it, or why it refuses one that was just issued. A refusal
   * keeps the session, as only a change of configuration can help. Said with every answer, so only news is an event.
   */
  judge(verdict: Result<void>): void {
    if (verdict.ok && !hasProblem(this.state)) return;
    this.#core.apply(verdict.ok ? { type: 'usable' } : { type: 'unusable', failure: verdict.failure });
  }

  /** The vault got hold of the disk or the keychain, or lost it: whether this session outlives the app may be news. */
  storageChanged(): void {
    const { isRefreshable, held, kept } = this.#core;
    if (!isRefreshable) return;
    const notRemembered = kept.whyNotRemembered();
    if (notRemembered?.code === held?.notRemembered?.code) return;
    this.#core.apply({ type: 'storage-changed', ...(notRemembered !== undefined && { notRemembered }) });
  }

  /** The keychain that was missing is there: what was wrong for want of it is over. */
  keychainOpened(): void {
    const { state } = this;
    if (state.kind === 'signed-in' && state.problem?.code.startsWith('STORE_'))
      this.#core.apply({ type: 'usable' });
    if (state.kind !== 'expired' || state.failure.code !== 'STORE_UNREADABLE') return;
    // The key was gone and is back; the record was kept.
    const restored = this.#core.restored();
    if (restored?.type === 'restored') this.#core.apply(restored);
  }

  /**
   * Forgets the session here at once, whatever runs; then revokes it at the provider in the background where that
   * harms no other registry (RFC 7009).
   */
  async signOut(): Promise<Result<void>> {
    const forgotten = await this.forget();
    if (!forgotten.ok) return forgotten;
    forgotten.value.revoke();
    return success(undefined);
  }

  /** The first half of {@link signOut}: nothing is held here any more; `revoke` is the second half, in the background. */
  async forget(): Promise<Result<{ readonly revoke: () => void }>> {
    const core = this.#core;
    this.#signIn.abandon();
    core.access.forget();
    core.beginGeneration();
    const removed = await core.kept.remove();
    core.apply({ type: 'signed-out' });
    if (!removed.ok) return removed;
    return success({
      revoke: () => {
        // The token may have to wait for the keychain; the deletion did not.
        void removed.value?.then((opened) => {
          if (opened.ok) core.giveBack(opened.value);
        });
      },
    });
  }

  /** Stops everything; the record stays. To be called when the registry is edited, vanishes or the app quits. */
  async close(): Promise<void> {
    this.#signIn.abandon();
    this.#core.beginGeneration();
    await this.#door.settled;
    this.#core.access.forget();
  }
}
