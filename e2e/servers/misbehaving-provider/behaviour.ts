import type { JWK } from 'jose';
import type { Answer } from '../answers';
import type { IdTokenVariation } from './id-token';

/** Changes to a JSON object: `undefined` leaves the member out. */
export type Patch = Readonly<Record<string, unknown>>;

/** Changes to the callback's parameters: `undefined` leaves one out, a list sends it several times. */
export type CallbackPatch = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * In what the provider differs from a correct one. Tests assign to the members while it runs. For answers that are
 * broken as a whole, see the endpoints' `answerWith`.
 */
export interface Behaviour {
  metadata: Patch;
  callback: CallbackPatch;
  /** Changes to successful token answers; made after codes and refresh tokens were used and replaced. */
  tokenResponse: Patch;
  /** Changes to the claims of the ID token. */
  idTokenClaims: Patch;
  idToken: IdTokenVariation | undefined;
  /** ID tokens in answers to a refresh; OpenID Connect leaves it open. */
  idTokenOnRefresh: boolean;
  accessTokenSeconds: number;
  /** How far its clock is ahead: the `Date` header and all times in tokens. */
  clockAheadMs: number;
  /** Who signs in next. */
  userName: string;
  /** Published before the real key. */
  jwksBefore: readonly JWK[];
  /** Whether published keys say their `kid`. */
  jwksWithKid: boolean;
  /** Answer to a refresh token that is not valid. Default: 400 `invalid_grant`. */
  deadRefreshToken: Answer | undefined;
}

export function correctBehaviour(): Behaviour {
  return {
    metadata: {},
    callback: {},
    tokenResponse: {},
    idTokenClaims: {},
    idToken: undefined,
    idTokenOnRefresh: true,
    accessTokenSeconds: 300,
    clockAheadMs: 0,
    userName: 'alice@acme.example',
    jwksBefore: [],
    jwksWithKid: true,
    deadRefreshToken: undefined,
  };
}

export function patched(body: Patch, patch: Patch): Patch {
  return { ...body, ...patch };
}
