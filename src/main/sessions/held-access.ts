import type { Cancel, Clock } from '../base/clock';
import { type Result, success } from '../base/failure';
import type { Secret } from '../base/secret';
import type { TokenSet } from '../identity';
import {
  type AccessFacts,
  accessFacts,
  type AccessToken,
  isFresh,
  isValid,
  startLifetime,
} from './access-token';

/** The access token of one session: the only place where it is, and the only one that knows how long it lasts. */
export class HeldAccess {
  readonly #clock: Clock;
  #access: AccessToken | undefined;
  #stopExpiry: Cancel = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What callers get while it is fresh: always the same promise. */
  fresh(now: number): Promise<Result<Secret>> | undefined {
    const access = this.#access;
    return access !== undefined && isFresh(access, now) ? access.answer : undefined;
  }

  /** The token while a registry takes it, though it may be due for a refresh. */
  valid(): Result<Secret> | undefined {
    return this.#access !== undefined && isValid(this.#access, this.#clock)
      ? success(this.#access.token)
      : undefined;
  }

  take({ accessToken, expiresInSeconds }: TokenSet): void {
    this.forget();
    this.#access = startLifetime(accessToken, expiresInSeconds, this.#clock);
  }

  /** Without a refresh token nothing can renew a session, so it must not look alive longer than its token is. */
  whenItExpires(end: () => void): void {
    const left = (this.#access?.expiresAt ?? 0) - this.#clock.monotonic();
    this.#stopExpiry = this.#clock.after(left, end);
  }

  forget(): void {
    this.#stopExpiry();
    this.#access = undefined;
  }

  /** For the schedule; expired or not. */
  times(): Pick<AccessToken, 'refreshAt' | 'expiresAt'> | undefined {
    return this.#access;
  }

  /** What may be told of it; undefined without one that is valid. */
  facts(): AccessFacts | undefined {
    return this.valid() === undefined || this.#access === undefined
      ? undefined
      : accessFacts(this.#access, this.#clock);
  }
}
