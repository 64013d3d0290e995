import { type Clock } from '../base/clock';
import { failure, type Failure, type Result } from '../base/failure';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import type { Secret } from '../base/secret';
import { isSameIdentity, missingScopes, type TokenSet } from '../identity';
import type { SessionKey, Vault } from '../vault';
import { limitsOf, limitsOfScope } from './limits';
import { type Held, heldFrom, type SessionEvent } from './state';

type Store = Pick<Vault, 'find' | 'isUnseen' | 'store' | 'remove' | 'whyNotRemembered'>;

/** What a record says at the start. */
export interface Restored {
  readonly event: Extract<SessionEvent, { type: 'restored' | 'restored-ended' | 'not-restored' }>;
  /** When tokens last came, in monotonic milliseconds; -Infinity where the record cannot tell. */
  readonly refreshedAt: number;
}

/** The part of one session that the vault keeps, and what may be said of the session because of it. */
export class KeptSession {
  readonly key: SessionKey;
  readonly #client: OAuthClientSettings;
  readonly #vault: Store;

  constructor(registryUrl: string, client: OAuthClientSettings, vault: Store) {
    this.key = { registry: registryUrl, issuer: client.issuer, clientId: client.clientId };
    this.#client = client;
    this.#vault = vault;
  }

  /** Whether there is a record, even of a session that ended. */
  exists(): boolean {
    return this.#vault.find(this.key) !== undefined;
  }

  /** Undefined without a record, where that is certain. */
  restored(clock: Pick<Clock, 'now' | 'monotonic'>): Restored | undefined {
    const record = this.#vault.find(this.key);
    if (record === undefined) {
      if (!this.#vault.isUnseen(this.key)) return undefined;
      return {
        refreshedAt: -Infinity,
        event: { type: 'not-restored', failure: failure('STORE_READ_FAILED') },
      };
    }
    const { account, ended, grantedScope } = record;
    const age = clock.now() - record.refreshedAt;
    // A record from the future, by a clock that was set back, is of no known age: its turn comes at once.
    const refreshedAt = age >= 0 ? clock.monotonic() - age : -Infinity;
    if (ended !== undefined) {
      const of = account !== undefined && { account };
      return { refreshedAt, event: { type: 'restored-ended', ...of, failure: failure(ended.code) } };
    }
    const { issuer, scopes } = this.#client;
    const limits = limitsOfScope(missingScopes(scopes, grantedScope), issuer);
    return {
      refreshedAt,
      event: { type: 'restored', held: heldFrom(account, this.whyNotRemembered(), limits) },
    };
  }

  /** Whether tokens are another person's than the ones kept, as far as both say whose they are. */
  isOfSomebodyElse({ identity }: Pick<TokenSet, 'identity'>): boolean {
    const { issuer, subject } = this.#vault.find(this.key) ?? {};
    if (identity === undefined || issuer === undefined || subject === undefined) return false;
    return !isSameIdentity({ issuer, subject }, identity);
  }

  /**
   * Commits what a sign-in brought; it works without a refresh token, or without a place to keep one, until the app quits.
   * @param isWanted asked last thing before the commit
   */
  async keep(tokens: TokenSet, isWanted: () => boolean): Promise<Held> {
    const { identity, refreshToken, grantedScope } = tokens;
    const account = identity?.account;
    const limits = limitsOf(tokens, this.#client);
    if (refreshToken === undefined) {
      // A refresh must not bring back whoever was signed in before.
      if (this.isOfSomebodyElse(tokens)) await this.remove();
      return heldFrom(account, failure('NO_REFRESH_TOKEN'), limits);
    }
    const details = {
      ...(account !== undefined && { account }),
      ...(identity !== undefined && { subject: identity.subject }),
      ...(grantedScope !== undefined && { grantedScope }),
    };
    const stored = await this.#vault.store(this.key, details, refreshToken, isWanted);
    return heldFrom(account, stored.ok ? this.whyNotRemembered() : stored.failure, limits);
  }

  /** What is held after a refresh. */
  heldAfter(tokens: TokenSet, before: Held | undefined): Held {
    const account = tokens.identity?.account ?? before?.account;
    return heldFrom(account, this.whyNotRemembered(), limitsOf(tokens, this.#client, before?.limits));
  }

  whyNotRemembered(): Failure | undefined {
    return this.#vault.whyNotRemembered(this.key);
  }

  /** See `Vault.remove`. */
  remove(): Promise<Result<Promise<Result<Secret>> | undefined>> {
    return this.#vault.remove(this.key);
  }
}
