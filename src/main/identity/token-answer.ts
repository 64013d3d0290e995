import { retryAfterMs } from '../base/net';
import { Secret } from '../base/secret';
import { isObject, member, parseJson } from '../base/strict-json';

/** The members of a token response that are used, each of the right type (RFC 6749 5.1, OIDC Core 3.1.3.3). */
interface TokenFields {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly id_token?: string;
  readonly scope?: string;
}

/** What a token endpoint answered, read without the library, which would throw with live tokens in the error. */
export type TokenAnswer =
  | {
      readonly kind: 'tokens';
      readonly fields: TokenFields;
      readonly expiresInSeconds: number;
      readonly refreshToken?: Secret;
    }
  /** A 2xx answer without a usable access token. A refresh token in it is real all the same: the old one may be dead. */
  | {
      readonly kind: 'unusable';
      readonly code: 'TOKEN_BAD_RESPONSE' | 'TOKEN_TYPE_UNSUPPORTED';
      /** The member at fault; absent when the body is no JSON object. */
      readonly field?: string;
      readonly refreshToken?: Secret;
    }
  | {
      readonly kind: 'error';
      readonly status: number;
      /** RFC 6749 5.2. Absent when the body does not say. */
      readonly error?: string;
      readonly description?: string;
      /** Which claims the provider wants to be asked for, as Entra ID says it on step-up. */
      readonly claims?: string;
      readonly retryAfterMs?: number;
    };

type Body = Readonly<Record<string, unknown>>;

/** @param now milliseconds since the epoch, for a `Retry-After` date of an answer without `Date` */
export function readTokenAnswer(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  text: string,
  now: number,
): TokenAnswer {
  const parsed = parseJson(text);
  const body = isObject(parsed) ? parsed : undefined;
  if (status >= 200 && status < 300) return readSuccess(status, body);
  const error = textMember(body, 'error');
  const description = textMember(body, 'error_description');
  const claims = textMember(body, 'claims');
  const wait = retryAfterMs(headers, now);
  return {
    kind: 'error',
    status,
    ...(error !== undefined && { error }),
    ...(description !== undefined && { description }),
    ...(claims !== undefined && { claims }),
    ...(wait !== undefined && { retryAfterMs: Math.min(wait, longestWaitMs) }),
  };
}

const longestWaitMs = 300_000;

function readSuccess(status: number, body: Body | undefined): TokenAnswer {
  const newToken = textMember(body, 'refresh_token');
  const refreshToken = newToken === undefined ? {} : { refreshToken: new Secret(newToken) };
  const unusable = (code: 'TOKEN_BAD_RESPONSE' | 'TOKEN_TYPE_UNSUPPORTED', field?: string): TokenAnswer => ({
    kind: 'unusable',
    code,
    ...(field !== undefined && { field }),
    ...refreshToken,
  });

  if (body === undefined || status !== 200) return unusable('TOKEN_BAD_RESPONSE');
  const accessToken = textMember(body, 'access_token');
  if (accessToken === undefined || !isAccessToken(accessToken))
    return unusable('TOKEN_BAD_RESPONSE', 'access_token');
  const tokenType = textMember(body, 'token_type');
  if (tokenType?.toLowerCase() !== 'bearer') return unusable('TOKEN_TYPE_UNSUPPORTED', 'token_type');
  const expiresInSeconds = lifetimeSeconds(member(body, 'expires_in'));
  if (expiresInSeconds === undefined) return unusable('TOKEN_BAD_RESPONSE', 'expires_in');
  const wrong = ['id_token', 'scope'].find((name) => !isTextOrAbsent(member(body, name)));
  if (wrong !== undefined) return unusable('TOKEN_BAD_RESPONSE', wrong);
  const idToken = textMember(body, 'id_token');
  const scope = textMember(body, 'scope');
  return {
    kind: 'tokens',
    fields: {
      access_token: accessToken,
      token_type: 'Bearer',
      ...(idToken !== undefined && { id_token: idToken }),
      ...(scope !== undefined && { scope }),
    },
    expiresInSeconds,
    ...refreshToken,
  };
}

/** A text of its own that is not empty; everything else counts as not said. */
function textMember(body: Body | undefined, name: string): string | undefined {
  const value = body === undefined ? undefined : member(body, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const isTextOrAbsent = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string';

const longestAccessToken = 32 * 1024;

/** What fits into an Authorization header (RFC 6750 2.1, kept wider as real tokens are), so no CR or LF. */
const isAccessToken = (token: string): boolean =>
  token.length <= longestAccessToken && /^[\x21-\x7e]+$/.test(token);

const usualLifetime = 300;
const longestLifetime = 86_400;

/** Undefined for what is no lifetime at all. Numbers in quotes are common enough to be read. */
function lifetimeSeconds(value: unknown): number | undefined {
  if (value === undefined || value === null) return usualLifetime;
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
  const seconds = isNumeric ? Number(value) : Number.NaN;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), longestLifetime);
}
