import type { Clock } from '../base/clock';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { Secret } from '../base/secret';
import type { TokenSet } from '../identity';
import type { Vault } from '../vault';
import { HeldAccess } from './held-access';
import type { IdentityService } from './identity-service';
import { KeptSession } from './kept-session';
import { type Held, heldBy, reduce, type SessionEvent, type SessionState } from './state';

export interface CoreDependencies {
  readonly identity: Pick<IdentityService, 'revoke'>;
  readonly vault: Vault;
  readonly clock: Clock;
  /** Whether any session of the same issuer and client is held here: revoking would end that one too. */
  readonly isGrantHeld: () => boolean;
  /** Called after every event, with the state already changed. */
  readonly changed: (event: SessionEvent) => void;
}

/** What the provider wants of the next sign-in: consent for a refresh token, or step-up claims. */
interface WantedBySignIn {
  readonly prompt?: 'consent';
  readonly claims?: string;
}

/**
 * What signing in and refreshing share of one session: its state, its tokens, and its generation. Every asynchronous
 * answer is checked against the generation it was asked in, so that one which comes after a sign-out, another sign-in or
 * an edit of the registry is dropped.
 */
export class SessionCore {
  readonly client: OAuthClientSettings;
  readonly kept: KeptSession;
  readonly access: HeldAccess;
  wanted: WantedBySignIn = {};
  readonly #deps: CoreDependencies;
  #state: SessionState = { kind: 'signed-out' };
  #generation = 0;
  #refreshedAt = -Infinity;

  constructor(registryUrl: string, client: OAuthClientSettings, deps: CoreDependencies) {
    this.client = client;
    this.#deps = deps;
    this.kept = new KeptSession(registryUrl, client, deps.vault);
    this.access = new HeldAccess(deps.clock);
    const event = this.restored();
    if (event !== undefined) this.#state = reduce(this.#state, event);
  }

  get state(): SessionState {
    return this.#state;
  }

  get held(): Held | undefined {
    return heldBy(this.#state);
  }

  /** Whether there is something to refresh it with. */
  get isRefreshable(): boolean {
    return this.held !== undefined && this.held.notRemembered?.code !== 'NO_REFRESH_TOKEN';
  }

  /** When tokens last came, before the start as far as the record tells; monotonic milliseconds. */
  get refreshedAt(): number {
    return this.#refreshedAt;
  }

  get generation(): number {
    return this.#generation;
  }

  /** Makes everything that runs now belong to the past. */
  beginGeneration(): void {
    this.#generation += 1;
  }

  apply(event: SessionEvent): void {
    this.#state = reduce(this.#state, event);
    this.#deps.changed(event);
  }

  /** What the record says, or that it cannot be read; undefined where there is none. */
  restored(): SessionEvent | undefined {
    const restored = this.kept.restored(this.#deps.clock);
    if (restored !== undefined) this.#refreshedAt = restored.refreshedAt;
    return restored?.event;
  }

  /** Puts tokens that came into use. */
  publish(tokens: TokenSet, held: Held, type: 'sign-in-succeeded' | 'refresh-succeeded'): void {
    const { clock } = this.#deps;
    this.access.take(tokens);
    this.#refreshedAt = clock.monotonic();
    this.apply({ type, held, expiresAt: clock.now() + tokens.expiresInSeconds * 1000 });
    const { notRemembered } = held;
    if (notRemembered?.code !== 'NO_REFRESH_TOKEN') return;
    this.access.whenItExpires(() => {
      this.access.forget();
      this.apply({ type: 'ended', failure: notRemembered });
    });
  }

  /** A token that nobody will use is revoked, unless that could end a session that is held here of the same grant. */
  giveBack(refreshToken: Secret): void {
    const isHarmless = () => this.held === undefined && !this.#deps.isGrantHeld();
    if (isHarmless()) void this.#deps.identity.revoke(this.client, refreshToken, isHarmless);
  }
}
