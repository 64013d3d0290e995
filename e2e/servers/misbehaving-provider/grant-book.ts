import { randomBytes } from 'node:crypto';

/**
 * What happens to a refresh token when it is used. `strict`: replaced, and using it again ends the grant. `grace`:
 * replaced, and works a while longer. `additive`: a new one comes with each use and all stay valid (Entra ID).
 * `none`: the answer repeats the same one. `silent`: it stays valid and the answer has none (Cognito).
 */
export type Rotation = 'strict' | 'grace' | 'additive' | 'none' | 'silent';

/** What a person granted at one sign-in. */
export interface Grant {
  readonly clientId: string;
  readonly sub: string;
  readonly scope: string;
  readonly audience: string | undefined;
  readonly nonce: string | undefined;
}

interface CodeRecord {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly expiresAt: number;
  used: boolean;
}

interface RefreshTokenRecord {
  readonly grant: Grant;
  usedAt?: number;
}

export interface GrantBookOptions {
  /** Told of every code and refresh token that is made. */
  readonly note: (kind: 'code' | 'refresh_token', value: string) => void;
  readonly rotation: Rotation;
  /** Milliseconds that a used refresh token still works with `grace`. */
  readonly graceMs: number;
  readonly codeMs: number;
  readonly now: () => number;
}

/** The provider's own record of what is valid: tests compare with it what a client believes. */
export class GrantBook {
  readonly #options: GrantBookOptions;
  readonly #codes = new Map<string, CodeRecord>();
  readonly #refreshTokens = new Map<string, RefreshTokenRecord>();
  readonly #ended = new Set<Grant>();

  constructor(options: GrantBookOptions) {
    this.#options = options;
  }

  issueCode(grant: Grant, redirectUri: string, challenge: string): string {
    const code = secret('code');
    this.#options.note('code', code);
    const expiresAt = this.#options.now() + this.#options.codeMs;
    this.#codes.set(code, { grant, redirectUri, challenge, expiresAt, used: false });
    return code;
  }

  /** The grant of a code that is new, in time and for this redirect URI and verifier. Using one twice ends its grant. */
  useCode(code: string, redirectUri: string, challenge: string): Grant | undefined {
    const record = this.#codes.get(code);
    if (record === undefined) return undefined;
    if (record.used) this.end(record.grant);
    record.used = true;
    const fits = record.redirectUri === redirectUri && record.challenge === challenge;
    const inTime = this.#options.now() < record.expiresAt;
    return fits && inTime && !this.#ended.has(record.grant) ? record.grant : undefined;
  }

  issueRefreshToken(grant: Grant): string {
    const token = secret('refresh');
    this.#options.note('refresh_token', token);
    this.#refreshTokens.set(token, { grant });
    return token;
  }

  /** Uses a refresh token: its grant and the refresh token of the answer, or nothing when it is refused. */
  useRefreshToken(token: string): { grant: Grant; answered: string | undefined } | undefined {
    const record = this.#refreshTokens.get(token);
    if (record === undefined || this.#ended.has(record.grant)) return undefined;
    const { rotation, graceMs, now } = this.#options;
    const rotates = rotation === 'strict' || rotation === 'grace';
    if (rotates && record.usedAt !== undefined) {
      if (rotation === 'strict') this.end(record.grant);
      if (rotation === 'strict' || now() - record.usedAt >= graceMs) return undefined;
    }
    record.usedAt ??= now();
    const { grant } = record;
    if (rotation === 'none') return { grant, answered: token };
    return { grant, answered: rotation === 'silent' ? undefined : this.issueRefreshToken(grant) };
  }

  /** Whether using this refresh token now would succeed; asking changes nothing. */
  isValid(token: string): boolean {
    const record = this.#refreshTokens.get(token);
    if (record === undefined || this.#ended.has(record.grant)) return false;
    const { rotation, graceMs, now } = this.#options;
    if (
      record.usedAt === undefined ||
      rotation === 'additive' ||
      rotation === 'none' ||
      rotation === 'silent'
    )
      return true;
    return rotation === 'grace' && now() - record.usedAt < graceMs;
  }

  /** Every refresh token that would be accepted now. */
  get validRefreshTokens(): readonly string[] {
    return [...this.#refreshTokens.keys()].filter((token) => this.isValid(token));
  }

  grantOf(refreshToken: string): Grant | undefined {
    return this.#refreshTokens.get(refreshToken)?.grant;
  }

  end(grant: Grant): void {
    this.#ended.add(grant);
  }

  /** Ends all grants, or those that match. */
  endAll(matches: (grant: Grant) => boolean = () => true): void {
    for (const { grant } of [...this.#refreshTokens.values(), ...this.#codes.values()]) {
      if (matches(grant)) this.end(grant);
    }
  }
}

function secret(kind: string): string {
  return `canary-${kind}-${randomBytes(32).toString('base64url')}`;
}
