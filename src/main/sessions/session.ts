import type { Cancel, Clock } from '../base/clock';
import type { SignInStep } from '../../contract/view-model';
import { failed, type Failure, failure, type Result, success } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { Secret } from '../base/secret';
import {
  isSameIdentity,
  missingScopes,
  type SignInFlow,
  type SignInRequest,
  type TokenSet,
} from '../identity';
import type { SessionKey, Vault } from '../vault';
import {
  type AccessFacts,
  accessFacts,
  type AccessToken,
  isFresh,
  isValid,
  startLifetime,
} from './access-token';
import type { IdentityService } from './identity-service';
import { limitsOf, limitsOfScope } from './limits';
import type { ProviderQueue } from './provider-queue';
import { type RefreshResult, type RefreshServices, refreshSession } from './refresh';
import type { RefreshFacts } from './refresh-schedule';
import {
  type Held,
  hasProblem,
  heldBy,
  heldFrom,
  reduce,
  type SessionEvent,
  type SessionState,
} from './state';

export interface SignInOptions {
  /** `another` lets the person choose an account at the provider (`prompt=select_account`). */
  readonly account: 'default' | 'another';
  /** Time to finish in the browser, in milliseconds. */
  readonly timeoutMs: number;
}

export interface SessionDependencies {
  readonly identity: IdentityService;
  readonly vault: Vault;
  readonly clock: Clock;
  /** Where its refreshes wait for their turn at the provider. */
  readonly queue: ProviderQueue;
  readonly turns: RefreshServices['turns'];
  /** See `SignInRequest.callbackPath`: the mix-up defence among the configured issuers. */
  readonly callbackPath: SignInRequest['callbackPath'];
  /** Whether another session of the same issuer and client is held here: revoking would end that one too. */
  readonly hasSibling: () => boolean;
  /** Called after every event, with the state already changed. */
  readonly changed: (event: SessionEvent) => void;
}

/** What is answered for a session that was signed out, edited or closed meanwhile. */
const stale: RefreshResult = { kind: 'failed-for-now', failure: failure('OP_STALE') };

/**
 * One registry's session: its state, its running sign-in, its access token in memory. Every asynchronous answer is
 * checked against the generation it was asked in, so that one which comes after a sign-out, a cancel or an edit of the
 * registry is dropped.
 */
export class Session {
  readonly #client: OAuthClientSettings;
  readonly #key: SessionKey;
  readonly #deps: SessionDependencies;
  #state: SessionState = { kind: 'signed-out' };
  #generation = 0;
  #flow: SignInFlow | undefined;
  #access: AccessToken | undefined;
  /** The refresh that callers share; one of an earlier generation is nobody's any more. */
  #refreshing: { readonly generation: number; readonly result: Promise<RefreshResult> } | undefined;
  /** Whether somebody waits for the running refresh; if not, only the end of the session is worth telling. */
  #isAwaited = false;
  /** When somebody asked for its token, and when the schedule took it for used; monotonic milliseconds. */
  #usedAt = -Infinity;
  #countedAt = -Infinity;
  #refreshedAt = -Infinity;
  /** Until when this session is not refreshed, as the last answer was of no use. */
  #rest: { readonly until: number; readonly failure: Failure } | undefined;
  #stopExpiry: Cancel = () => undefined;
  /** What the provider wants of the next sign-in: consent for a refresh token, or step-up claims. */
  #wanted: { readonly prompt?: 'consent'; readonly claims?: string } = {};

  constructor(registryUrl: string, client: OAuthClientSettings, deps: SessionDependencies) {
    this.#client = client;
    this.#key = { registry: registryUrl, issuer: client.issuer, clientId: client.clientId };
    this.#deps = deps;
    const restored = this.#restored();
    if (restored !== undefined) this.#state = reduce(this.#state, restored);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Whether somebody signed in with just these addresses before, and has not signed out since. */
  isKnown(): boolean {
    return this.#deps.vault.find(this.#key) !== undefined;
  }

  /** Opens the browser for a new flow; a second call while one runs joins it. The outcome is told by the state. */
  signIn({ account, timeoutMs }: SignInOptions): void {
    if (this.#flow !== undefined) return;
    const prompt = account === 'another' ? 'select_account' : this.#wanted.prompt;
    // The first step is told before the flow is returned.
    const own: { flow?: SignInFlow } = {};
    const flow = this.#deps.identity.startSignIn(
      {
        client: this.#client,
        timeoutMs,
        callbackPath: this.#deps.callbackPath,
        ...(prompt !== undefined && { prompt }),
        ...(this.#wanted.claims !== undefined && { claims: this.#wanted.claims }),
      },
      {
        onStep: (step, { problem }) => {
          if (own.flow !== undefined) this.#showProgress(own.flow, step, problem);
        },
        onDiscarded: (refreshToken) => {
          this.#giveBack(refreshToken);
        },
      },
    );
    own.flow = this.#flow = flow;
    this.#showProgress(flow, 'opening-browser');
    void flow.result.then((result) => this.#finishSignIn(flow, account, result));
  }

  /** Ends a running flow at once, in whatever step it is; what it still brings is dropped. */
  cancelSignIn(): void {
    if (this.#abandonFlow()) this.#apply({ type: 'sign-in-cancelled' });
  }

  /** "More time": 120 s more, up to 15 minutes in all. */
  extendSignIn(): void {
    if (this.#flow === undefined || this.#state.kind !== 'signing-in') return;
    this.#flow.extend();
    this.#showProgress(this.#flow, this.#state.flow.step, this.#state.flow.problem);
  }

  /** The running flow, for "Open again" and "Copy link". */
  get flow(): Pick<SignInFlow, 'openAgain' | 'authorizationUrl'> | undefined {
    return this.#flow;
  }

  /**
   * The one door to an access token: memory, else a refresh, else REGISTRY_AUTH_REQUIRED. Never opens a browser. Any
   * number of callers share one refresh. While a refresh fails for now, a token that is still valid goes on being served.
   * @param options.force refreshes even if the token is fresh, because the registry refused it
   */
  accessToken({ force }: { readonly force: boolean } = { force: false }): Promise<Result<Secret>> {
    const now = this.#deps.clock.monotonic();
    this.#usedAt = now;
    const access = this.#access;
    // The path of every request: neither disk nor log nor network, and nothing new in memory.
    return !force && access !== undefined && isFresh(access, now) ? access.answer : this.#renewedToken(force);
  }

  async #renewedToken(isForced: boolean): Promise<Result<Secret>> {
    const { clock, queue } = this.#deps;
    const access = this.#access;
    const serves = () =>
      access !== undefined && access === this.#access && !isForced && isValid(access, clock);
    if (heldBy(this.#state) === undefined) return failed('REGISTRY_AUTH_REQUIRED');
    const refusal = this.#whyNotNow();
    // The schedule refreshes it as soon as that can be; nobody has to wait while the token still works.
    if (access !== undefined && serves() && (refusal !== undefined || !queue.hasRoom))
      return success(access.token);
    if (refusal !== undefined) return { ok: false, failure: refusal };
    this.#isAwaited = true;
    const refreshed = await this.#refreshOnce();
    if (refreshed.kind === 'refreshed') return success(refreshed.tokens.accessToken);
    if (access !== undefined && serves()) return success(access.token);
    return { ok: false, failure: refreshed.failure };
  }

  /** Why no refresh is begun at present, not even for somebody who waits. */
  #whyNotNow(): Failure | undefined {
    if (heldBy(this.#state)?.notRemembered?.code === 'NO_REFRESH_TOKEN') return failure('NO_REFRESH_TOKEN');
    const { clock, queue } = this.#deps;
    if (this.#rest !== undefined && this.#rest.until <= clock.monotonic()) this.#rest = undefined;
    return this.#rest?.failure ?? queue.refusal();
  }

  /** What the schedule has to know; undefined while there is nothing to refresh. */
  get refreshFacts(): RefreshFacts | undefined {
    const held = heldBy(this.#state);
    if (held === undefined || held.notRemembered?.code === 'NO_REFRESH_TOKEN') return undefined;
    const usedAt = Math.max(this.#usedAt, this.#countedAt);
    return {
      refreshedAt: this.#refreshedAt,
      ...(usedAt !== -Infinity && { usedAt }),
      ...(this.#access !== undefined && { access: this.#access }),
    };
  }

  /** It stays in use for another hour, as far as the schedule is concerned. */
  countAsUsed(): void {
    this.#countedAt = this.#deps.clock.monotonic();
  }

  /** When somebody last asked for its token, in milliseconds since the epoch; undefined if nobody has since the start. */
  lastUsedAt(): number | undefined {
    const { clock } = this.#deps;
    return this.#usedAt === -Infinity
      ? undefined
      : Math.round(clock.now() - (clock.monotonic() - this.#usedAt));
  }

  /** A refresh that nobody waits for: a person sees nothing of its failure unless it ends the session. */
  refreshUnasked(): Promise<RefreshResult> {
    return this.#refreshOnce();
  }

  /** What may be told of the access token in memory; undefined without one that is valid. Never refreshes. */
  accessFacts(): AccessFacts | undefined {
    const { clock } = this.#deps;
    return this.#access !== undefined && isValid(this.#access, clock)
      ? accessFacts(this.#access, clock)
      : undefined;
  }

  /**
   * What a registry said to the access token: that it takes it, or why it refuses one that was just issued. A refusal
   * keeps the session, as only a change of configuration can help. Said with every answer, so only news is an event.
   */
  judge(verdict: Result<void>): void {
    if (verdict.ok && !hasProblem(this.#state)) return;
    this.#apply(verdict.ok ? { type: 'usable' } : { type: 'unusable', failure: verdict.failure });
  }

  /** The vault got hold of the disk or the keychain, or lost it: whether this session outlives the app may be news. */
  storageChanged(): void {
    const held = heldBy(this.#state);
    if (held === undefined || held.notRemembered?.code === 'NO_REFRESH_TOKEN') return;
    const notRemembered = this.#deps.vault.whyNotRemembered(this.#key);
    if (notRemembered?.code === held.notRemembered?.code) return;
    this.#apply({ type: 'storage-changed', ...(notRemembered !== undefined && { notRemembered }) });
  }

  /** The keychain that was missing is there: what was wrong for want of it is over. */
  keychainOpened(): void {
    const state = this.#state;
    if (state.kind === 'signed-in' && state.problem?.code.startsWith('STORE_'))
      this.#apply({ type: 'usable' });
    if (state.kind !== 'expired' || state.failure.code !== 'STORE_UNREADABLE') return;
    // The key was gone and is back; the record was kept.
    const restored = this.#restored();
    if (restored?.type === 'restored') this.#apply(restored);
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
    this.#abandonFlow();
    this.#forgetAccess();
    this.#generation += 1;
    const removed = await this.#deps.vault.remove(this.#key);
    this.#apply({ type: 'signed-out' });
    if (!removed.ok) return removed;
    return success({
      revoke: () => {
        // The token may have to wait for the keychain; the deletion did not.
        void removed.value?.then((opened) => {
          if (opened.ok) this.#giveBack(opened.value);
        });
      },
    });
  }

  /** Stops everything; the record stays. To be called when the registry is edited, vanishes or the app quits. */
  async close(): Promise<void> {
    this.#abandonFlow();
    this.#generation += 1;
    await this.#refreshing?.result;
    this.#forgetAccess();
  }

  /** What the record says, at the start; undefined where there is none. */
  #restored(): SessionEvent | undefined {
    const { vault, clock } = this.#deps;
    const record = vault.find(this.#key);
    if (record === undefined) return undefined;
    const age = clock.now() - record.refreshedAt;
    // A record from the future, by a clock that was set back, is of no known age: its turn comes at once.
    if (age >= 0) this.#refreshedAt = clock.monotonic() - age;
    const { account, ended, grantedScope } = record;
    if (ended !== undefined)
      return {
        type: 'restored-ended',
        ...(account !== undefined && { account }),
        failure: failure(ended.code),
      };
    const { issuer, scopes } = this.#client;
    const limits = limitsOfScope(missingScopes(scopes, grantedScope), issuer);
    return { type: 'restored', held: heldFrom(account, vault.whyNotRemembered(this.#key), limits) };
  }

  async #finishSignIn(
    flow: SignInFlow,
    account: SignInOptions['account'],
    result: Result<TokenSet>,
  ): Promise<void> {
    if (this.#flow !== flow) return;
    if (!result.ok) {
      this.#flow = undefined;
      if (result.failure.code === 'LOGIN_CANCELLED') this.#apply({ type: 'sign-in-cancelled' });
      else this.#apply({ type: 'sign-in-failed', failure: result.failure });
      return;
    }
    if (account === 'default' && this.#isSomebodyElse(result.value)) {
      this.#flow = undefined;
      if (result.value.refreshToken !== undefined) this.#giveBack(result.value.refreshToken);
      const { issuer } = this.#client;
      this.#apply({ type: 'sign-in-failed', failure: failure('IDENTITY_CHANGED', { issuer }) });
      return;
    }
    const held = await this.#keep(result.value, () => this.#flow === flow);
    if (this.#flow !== flow) {
      if (result.value.refreshToken !== undefined) this.#giveBack(result.value.refreshToken);
      return;
    }
    this.#flow = undefined;
    this.#generation += 1;
    this.#wanted = result.value.refreshToken === undefined ? { prompt: 'consent' } : {};
    this.#publish(result.value, held, 'sign-in-succeeded');
  }

  /** Whether these tokens are another person's than the session that is held: only "Use another account" may replace it. */
  #isSomebodyElse({ identity }: TokenSet): boolean {
    if (identity === undefined || heldBy(this.#state) === undefined) return false;
    const { issuer, subject } = this.#deps.vault.find(this.#key) ?? {};
    return issuer !== undefined && subject !== undefined && !isSameIdentity({ issuer, subject }, identity);
  }

  /** Commits the refresh token; a sign-in works without one, or without a place to keep it, until the app quits. */
  async #keep(tokens: TokenSet, isWanted: () => boolean): Promise<Held> {
    const account = tokens.identity?.account;
    const limits = limitsOf(tokens, this.#client);
    if (tokens.refreshToken === undefined) {
      // A refresh must not bring back whoever was signed in before.
      if (this.#isSomebodyElse(tokens)) await this.#deps.vault.remove(this.#key);
      return heldFrom(account, failure('NO_REFRESH_TOKEN'), limits);
    }
    const details = {
      ...(account !== undefined && { account }),
      ...(tokens.identity !== undefined && { subject: tokens.identity.subject }),
      ...(tokens.grantedScope !== undefined && { grantedScope: tokens.grantedScope }),
    };
    const stored = await this.#deps.vault.store(this.#key, details, tokens.refreshToken, isWanted);
    const { vault } = this.#deps;
    return heldFrom(account, stored.ok ? vault.whyNotRemembered(this.#key) : stored.failure, limits);
  }

  #refreshOnce(): Promise<RefreshResult> {
    if (this.#refreshing?.generation === this.#generation) return this.#refreshing.result;
    const refreshing = { generation: this.#generation, result: this.#refresh() };
    this.#refreshing = refreshing;
    return refreshing.result.finally(() => {
      if (this.#refreshing !== refreshing) return;
      this.#refreshing = undefined;
      this.#isAwaited = false;
    });
  }

  async #refresh(): Promise<RefreshResult> {
    const generation = this.#generation;
    const isWanted = () => generation === this.#generation;
    const onDiscarded = (token: Secret) => {
      this.#giveBack(token);
    };
    if (this.#isAwaited) this.#apply({ type: 'refresh-started' });
    const services = { ...this.#deps, isWanted, onDiscarded, lastUsedAt: () => this.lastUsedAt() };
    const outcome = await this.#deps.queue.run(() => refreshSession(services, this.#client, this.#key));
    if (!isWanted()) return stale;
    this.#conclude(outcome);
    return outcome;
  }

  #conclude(outcome: RefreshResult): void {
    switch (outcome.kind) {
      case 'refreshed':
        this.#publish(outcome.tokens, this.#heldAfter(outcome.tokens), 'refresh-succeeded');
        break;
      case 'failed-for-now':
        if (outcome.restMs !== undefined)
          this.#rest = { until: this.#deps.clock.monotonic() + outcome.restMs, failure: outcome.failure };
        this.#apply({
          type: this.#isAwaited ? 'refresh-failed' : 'refresh-postponed',
          failure: outcome.failure,
        });
        break;
      case 'unusable':
        this.#apply({ type: this.#isAwaited ? 'unusable' : 'refresh-postponed', failure: outcome.failure });
        break;
      case 'ended':
        this.#forgetAccess();
        if (outcome.claims !== undefined) this.#wanted = { claims: outcome.claims };
        this.#apply({ type: 'ended', failure: outcome.failure });
    }
  }

  #publish(tokens: TokenSet, held: Held, type: 'sign-in-succeeded' | 'refresh-succeeded'): void {
    const access = startLifetime(tokens.accessToken, tokens.expiresInSeconds, this.#deps.clock);
    this.#forgetAccess();
    this.#rest = undefined;
    this.#access = access;
    this.#refreshedAt = this.#deps.clock.monotonic();
    this.#apply({ type, held, expiresAt: this.#deps.clock.now() + tokens.expiresInSeconds * 1000 });
    if (held.notRemembered?.code === 'NO_REFRESH_TOKEN') this.#endWhenItExpires(access, held.notRemembered);
  }

  #heldAfter(tokens: TokenSet): Held {
    const before = heldBy(this.#state);
    const account = tokens.identity?.account ?? before?.account;
    const limits = limitsOf(tokens, this.#client, before?.limits);
    return heldFrom(account, this.#deps.vault.whyNotRemembered(this.#key), limits);
  }

  /** Without a refresh token nothing can renew the session, so it must not look alive longer than it is. */
  #endWhenItExpires(access: AccessToken, reason: Failure): void {
    this.#stopExpiry = this.#deps.clock.after(access.expiresAt - this.#deps.clock.monotonic(), () => {
      this.#forgetAccess();
      this.#apply({ type: 'ended', failure: reason });
    });
  }

  #forgetAccess(): void {
    this.#stopExpiry();
    this.#access = undefined;
  }

  #showProgress(flow: SignInFlow, step: SignInStep, problem?: Failure): void {
    if (this.#flow !== flow) return;
    const { startedAt } = flow;
    const running = { step, startedAt, deadline: flow.deadline(), canExtend: flow.canExtend() };
    this.#apply({
      type: 'sign-in-progressed',
      flow: problem === undefined ? running : { ...running, problem },
    });
  }

  #abandonFlow(): boolean {
    const flow = this.#flow;
    this.#flow = undefined;
    flow?.cancel();
    return flow !== undefined;
  }

  /** A token that nobody will use is revoked, unless that could end a session that is held here of the same grant. */
  #giveBack(refreshToken: Secret): void {
    if (heldBy(this.#state) === undefined && !this.#deps.hasSibling())
      void this.#deps.identity.revoke(this.#client, refreshToken);
  }

  #apply(event: SessionEvent): void {
    this.#state = reduce(this.#state, event);
    this.#deps.changed(event);
  }
}
