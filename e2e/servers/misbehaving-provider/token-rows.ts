import type { Code } from '../../../src/contract/codes';
import { drip, empty, html, json, reset, stall, text, truncated } from '../answers';
import type { Answer } from '../answers';
import type { Row } from './discovery-rows';
import { forbiddenIdTokens } from './id-token';
import type { MisbehavingProvider } from './start';

/** A row of the table "Token endpoint", and what the provider does with the refresh token meanwhile. */
export interface TokenRow extends Row {
  /** `untouched`: refused before it was used. `committed`: used, and replaced where this provider replaces. */
  readonly refreshToken: 'untouched' | 'committed';
}

const refusing = (name: string, code: Code, answer: Answer): TokenRow => ({
  name,
  code,
  refreshToken: 'untouched',
  misbehave: ({ token }) => {
    token.answerWith(answer);
  },
});
const committing = (name: string, code: Code, answer: (body: object) => Answer): TokenRow => ({
  name,
  code,
  refreshToken: 'committed',
  misbehave: (provider) => {
    provider.token.answerWith(provider.afterCommit(answer));
  },
});
const responding = (name: string, code: Code, patch: object): TokenRow => ({
  name,
  code,
  refreshToken: 'committed',
  misbehave: ({ behaviour }) => {
    behaviour.tokenResponse = { ...patch };
  },
});
/** Entra ID's step-up: to be passed back as the `claims` parameter of the next sign-in. */
export const stepUpClaims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

const oauthError = (error: string, status = 400, more: object = {}): Answer =>
  json(status, { error, ...more });

/** Made at each request, as one of them tells a time. */
const retryAfter: readonly (readonly [string, () => Readonly<Record<string, string>>])[] = [
  ['in seconds', () => ({ 'retry-after': '2' })],
  ['as a date', () => ({ 'retry-after': new Date(Date.now() + 2000).toUTCString() })],
  ['absent', () => ({})],
  ['of 1e9 seconds', () => ({ 'retry-after': '1000000000' })],
  ['negative', () => ({ 'retry-after': '-5' })],
  ['not a number', () => ({ 'retry-after': 'soon' })],
];

/** Answers without a usable word about the outcome, whatever was asked. */
const unknownOutcomes: readonly TokenRow[] = [
  ...[500, 502, 503, 504].map((status) => refusing(`${status}`, 'IDP_UNAVAILABLE', empty(status))),
  refusing('no answer', 'NET_TIMEOUT', stall),
  refusing('a connection broken before the use', 'NET_INTERRUPTED', reset),
  committing('a connection broken after the use', 'NET_INTERRUPTED', () => reset),
  committing('silence after the use', 'NET_TIMEOUT', () => stall),
  committing('500 after the use', 'IDP_UNAVAILABLE', () => empty(500)),
  committing('a truncated body', 'NET_INTERRUPTED', (body) => truncated(body)),
  committing('a body byte by byte', 'NET_TIMEOUT', (body) => drip(body, 200)),
];

const badSuccesses: readonly TokenRow[] = [
  refusing('200 with HTML', 'TOKEN_BAD_RESPONSE', html()),
  refusing('204', 'TOKEN_BAD_RESPONSE', empty(204)),
  refusing('200 and empty', 'TOKEN_BAD_RESPONSE', empty(200)),
  refusing('200 with an array', 'TOKEN_BAD_RESPONSE', json(200, [])),
  responding('token_type DPoP', 'TOKEN_TYPE_UNSUPPORTED', { token_type: 'DPoP' }),
  responding('no token_type', 'TOKEN_TYPE_UNSUPPORTED', { token_type: undefined }),
  responding('access token a number', 'TOKEN_BAD_RESPONSE', { access_token: 42 }),
  responding('access token empty', 'TOKEN_BAD_RESPONSE', { access_token: '' }),
  responding('access token missing', 'TOKEN_BAD_RESPONSE', { access_token: undefined }),
  responding('access token of 64 kB', 'TOKEN_BAD_RESPONSE', { access_token: 'x'.repeat(64 * 1024) }),
  responding('access token with CR LF', 'TOKEN_BAD_RESPONSE', { access_token: 'abc\r\nx-injected: 1' }),
];

const clientFaults: readonly TokenRow[] = [
  ...['invalid_client', 'unauthorized_client', 'unsupported_grant_type'].map((error) =>
    refusing(error, 'CLIENT_REJECTED', oauthError(error)),
  ),
  refusing(
    'invalid_client with WWW-Authenticate',
    'CLIENT_REJECTED',
    json(401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic realm="provider"' }),
  ),
  ...['invalid_scope', 'invalid_target'].map((error) => refusing(error, 'SCOPE_REJECTED', oauthError(error))),
  ...retryAfter.map(([name, headers]) =>
    refusing(`429, Retry-After ${name}`, 'IDP_RATE_LIMITED', (request, response) =>
      empty(429, headers())(request, response),
    ),
  ),
];

/** Rows about a refresh. */
export const refreshRows: readonly TokenRow[] = [
  refusing('invalid_grant', 'SESSION_ENDED', oauthError('invalid_grant')),
  refusing('400 with an empty body', 'SESSION_ENDED', empty(400)),
  refusing('401 with an empty body', 'SESSION_ENDED', empty(401)),
  refusing('400 with HTML', 'SESSION_ENDED', html(400)),
  refusing('400 with plain text', 'SESSION_ENDED', text(400, 'text/plain', 'Bad Request')),
  refusing(
    'interaction_required with claims',
    'REAUTH_REQUIRED',
    oauthError('interaction_required', 400, { claims: stepUpClaims }),
  ),
  refusing('consent_required', 'REAUTH_REQUIRED', oauthError('consent_required')),
  ...clientFaults,
  ...unknownOutcomes,
  ...badSuccesses,
];

/** Rows about a code exchange. */
export const codeExchangeRows: readonly TokenRow[] = [
  refusing('invalid_grant', 'LOGIN_CODE_REJECTED', oauthError('invalid_grant')),
  ...clientFaults,
  ...unknownOutcomes.map((row): TokenRow => ({ ...row, code: exchangeCode(row.code) })),
  ...badSuccesses,
  ...forbiddenIdTokens.map((variation): TokenRow => ({
    name: `ID token: ${variation}`,
    code: 'ID_TOKEN_INVALID',
    refreshToken: 'committed',
    misbehave: ({ behaviour }) => {
      behaviour.idToken = variation;
    },
  })),
];

/** Lifetimes that must neither break a client nor make it refresh all the time. */
export const oddLifetimes: readonly (readonly [name: string, expiresIn: unknown])[] = [
  ['missing', undefined],
  ['text "3600"', '3600'],
  ['text "3600abc"', '3600abc'],
  ['0', 0],
  ['negative', -5],
  ['null', null],
  ['1e308', 1e308],
  ['a fraction', 0.5],
  ['an object', {}],
];

/** Refresh tokens in the answer to a refresh that mean: keep the old one. */
export const uselessRefreshTokens: readonly (readonly [name: string, refreshToken: unknown])[] = [
  ['empty', ''],
  ['null', null],
  ['a number', 42],
  ['absent', undefined],
];

/** The network is lost after the code was sent: the same exchange must not be tried again. */
function exchangeCode(code: Code): Code {
  return code === 'NET_INTERRUPTED' || code === 'NET_TIMEOUT' ? 'LOGIN_INTERRUPTED' : code;
}

/** Ways in which the answers to revocation requests can differ; local sign-out has happened in any case. */
export const revocationFaults: readonly (readonly [
  name: string,
  misbehave: (provider: MisbehavingProvider) => void,
])[] = [
  ...[204, 400, 401, 405, 503].map((status): readonly [string, (provider: MisbehavingProvider) => void] => [
    `${status}`,
    ({ revocation }) => {
      revocation.answerWith(empty(status));
    },
  ]),
  [
    'no answer',
    ({ revocation }) => {
      revocation.answerWith(stall);
    },
  ],
  [
    'absent',
    ({ behaviour }) => {
      behaviour.metadata = { ...behaviour.metadata, revocation_endpoint: undefined };
    },
  ],
];
