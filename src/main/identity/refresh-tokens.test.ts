import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { empty, json, stall } from '../../../e2e/servers/answers';
import {
  oddLifetimes,
  refreshRows,
  startMisbehavingProvider,
  stepUpClaims,
  uselessRefreshTokens,
} from '../../../e2e/servers/misbehaving-provider';
import type { IdTokenVariation, MisbehavingProvider } from '../../../e2e/servers/misbehaving-provider';
import type { Network } from '../base/net';
import type { Secret } from '../base/secret';
import { directNetwork, impatientNetwork } from './testing/client';
import { holdSession } from './testing/session';
import type { HeldSession } from './testing/session';
import type { RefreshOutcome } from './types';

vi.setConfig({ testTimeout: 30_000 });

let provider: MisbehavingProvider;
let session: HeldSession;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
  session = await holdSession(provider.issuer);
});
afterEach(() => provider.close());

const codeOf = (outcome: RefreshOutcome) => (outcome.kind === 'ok' ? 'ok' : outcome.failure.code);

test('a refresh gives a new access token and hands the new refresh token over first', async () => {
  const events: string[] = [];
  const onRotated = (token: Secret) => {
    events.push(provider.grants.isValid(token.reveal()) ? 'captured' : 'nonsense');
    return Promise.resolve();
  };
  const outcome = await session.refresh({ onRotated });
  events.push(outcome.kind);
  expect(events).toEqual(['captured', 'ok']);
  const tokens = outcome.kind === 'ok' ? outcome.tokens : undefined;
  expect(tokens?.accessToken.reveal()).not.toBe(session.tokens.accessToken.reveal());
  expect(tokens?.identity).toEqual(session.tokens.identity);
});

test('nothing is validated before the new refresh token is committed', async () => {
  provider.behaviour.idToken = 'signature by another key';
  let commit: () => void = () => undefined;
  const committed = new Promise<void>((resolve) => (commit = resolve));
  const started = provider.jwks.count;
  const refreshing = session.refresh({ onRotated: () => committed });
  await expect.poll(() => provider.token.count, { timeout: 10_000 }).toBe(2);
  expect(provider.jwks.count).toBe(started);
  commit();
  expect(codeOf(await refreshing)).toBe('ID_TOKEN_INVALID');
});

describe('each answer of the table', () => {
  /** What an outcome has to say about the token that was sent, by code. */
  const kinds: Partial<Record<string, readonly RefreshOutcome['kind'][]>> = {
    SESSION_ENDED: ['refused', 'refused-without-reason'],
    REAUTH_REQUIRED: ['refused'],
    CLIENT_REJECTED: ['refused'],
    SCOPE_REJECTED: ['refused'],
    IDP_RATE_LIMITED: ['later'],
    IDP_UNAVAILABLE: ['unknown'],
    NET_TIMEOUT: ['unknown'],
    NET_INTERRUPTED: ['unknown'],
    TOKEN_BAD_RESPONSE: ['unusable', 'unreadable'],
    TOKEN_TYPE_UNSUPPORTED: ['unusable'],
  };

  test.each(refreshRows)('$name gives its code, is sent once, and loses no token', async (row) => {
    const sent = session.current().reveal();
    row.misbehave(provider);
    const network = row.code === 'NET_TIMEOUT' ? impatientNetwork(1000) : directNetwork();
    const outcome = await session.refresh({ network });
    expect(codeOf(outcome)).toBe(row.code);
    expect(kinds[row.code]).toContain(outcome.kind);
    expect(provider.timesPresented(sent)).toBe(1);
    const isAnswered = outcome.kind !== 'unknown';
    if (isAnswered) expect(provider.grants.isValid(session.current().reveal())).toBe(true);
  });

  test.each([
    ['400 with an empty body', empty(400)],
    ['401 with an empty body', empty(401)],
  ])('%s says that there was no reason, so that it can be asked once more', async (_name, answer) => {
    provider.token.answerWith(answer);
    expect(await session.refresh()).toMatchObject({ kind: 'refused-without-reason' });
  });

  test('the claims of a step-up are passed on as they are', async () => {
    provider.token.answerWith(json(400, { error: 'interaction_required', claims: stepUpClaims }));
    expect(await session.refresh()).toMatchObject({ kind: 'refused', claims: stepUpClaims });
  });

  test('a reason behind a WWW-Authenticate challenge is still read', async () => {
    const answer = json(400, { error: 'invalid_grant' }, { 'www-authenticate': 'Bearer error="odd, =' });
    provider.token.answerWith(answer);
    expect(await session.refresh()).toMatchObject({ kind: 'refused', failure: { code: 'SESSION_ENDED' } });
  });

  test('a refused scope or audience is named', async () => {
    provider.token.answerWith(json(400, { error: 'invalid_scope', error_description: 'no such scope' }));
    expect(await session.refresh()).toMatchObject({
      failure: { params: { scope: 'openid offline_access' }, providerText: 'invalid_scope: no such scope' },
    });
  });

  test('a description that repeats the refresh token is not passed on', async () => {
    const description = `Token ${session.current().reveal()} is unknown`;
    provider.token.answerWith(json(400, { error: 'invalid_grant', error_description: description }));
    expect(JSON.stringify(await session.refresh())).not.toContain(session.current().reveal());
  });
});

describe('Retry-After', () => {
  test.each([
    ['7', 7000],
    ['1000000000', 300_000],
    ['-5', undefined],
    ['soon', undefined],
  ])('%s is %s ms', async (value, expected) => {
    provider.token.answerWith(empty(429, { 'retry-after': value }));
    const outcome = await session.refresh();
    expect('retryAfterMs' in outcome ? outcome.retryAfterMs : undefined).toBe(expected);
  });

  test('a date is read against the clock of the answer', async () => {
    const [date, later] = [new Date(1_000_000_000_000), new Date(1_000_000_060_000)];
    provider.token.answerWith(empty(503, { date: date.toUTCString(), 'retry-after': later.toUTCString() }));
    expect(await session.refresh()).toMatchObject({ kind: 'unknown', retryAfterMs: 60_000 });
  });
});

describe('what never left this computer', () => {
  test('a provider that cannot be reached counts as not sent', async () => {
    await provider.close();
    expect(await session.refresh()).toMatchObject({ kind: 'not-sent', failure: { code: 'NET_REFUSED' } });
    provider = await startMisbehavingProvider();
  });

  test('an endpoint that has become link-local is not sent to', async () => {
    const network: Network = {
      fetch: (_url, request) => directNetwork().fetch('https://169.254.169.254/token', request),
    };
    expect(await session.refresh({ network })).toMatchObject({
      kind: 'not-sent',
      failure: { code: 'DISC_PRIVATE_ENDPOINT' },
    });
  });

  test('a refresh that is abandoned while it hangs is of unknown outcome', async () => {
    provider.token.answerWith(stall);
    const controller = new AbortController();
    const held = provider.token.holdRequests();
    const refreshing = session.refresh({ signal: controller.signal });
    await held.arrived;
    controller.abort();
    expect(await refreshing).toMatchObject({ kind: 'unknown', failure: { code: 'NET_INTERRUPTED' } });
  });
});

describe('lifetimes', () => {
  const expected: Record<string, number | 'TOKEN_BAD_RESPONSE'> = {
    missing: 300,
    'text "3600"': 3600,
    'text "3600abc"': 'TOKEN_BAD_RESPONSE',
    '0': 0,
    negative: 0,
    null: 300,
    '1e308': 86_400,
    'a fraction': 0.5,
    'an object': 'TOKEN_BAD_RESPONSE',
  };

  test.each(oddLifetimes)('%s', async (name, value) => {
    provider.behaviour.tokenResponse = { expires_in: value };
    const outcome = await session.refresh();
    expect(outcome.kind === 'ok' ? outcome.tokens.expiresInSeconds : codeOf(outcome)).toBe(expected[name]);
    expect(provider.grants.isValid(session.current().reveal())).toBe(true);
  });
});

test.each(uselessRefreshTokens)(
  'a new refresh token that is %s means: keep the old one',
  async (_name, value) => {
    await provider.close();
    provider = await startMisbehavingProvider({ profile: { rotation: 'none' } });
    session = await holdSession(provider.issuer);
    provider.behaviour.tokenResponse = { refresh_token: value };
    const outcome = await session.refresh();
    expect(outcome.kind).toBe('ok');
    expect(outcome.kind === 'ok' && outcome.tokens.refreshToken).toBeFalsy();
    expect(session.rotated).toEqual([]);
  },
);

describe('answers that rotate and then fail validation: the new token survives each', () => {
  test.each<[string, object]>([
    ['no access token', { access_token: undefined }],
    ['an empty access token', { access_token: '' }],
    ['no token type', { token_type: undefined }],
    ['another token type', { token_type: 'DPoP' }],
    ['a nonsensical lifetime', { expires_in: 'soon' }],
    ['a scope that is no text', { scope: ['openid'] }],
    ['an ID token that is no text', { id_token: 7 }],
    ['an ID token that is none', { id_token: 'not.a.jwt' }],
  ])('%s', async (_name, patch) => {
    provider.behaviour.tokenResponse = { ...patch };
    const sent = session.current().reveal();
    const outcome = await session.refresh();
    expect(outcome).toMatchObject({ kind: 'unusable', rotated: true });
    expect(session.current().reveal()).not.toBe(sent);
    provider.behaviour.tokenResponse = {};
    expect((await session.refresh()).kind).toBe('ok');
  });

  test('201 instead of 200', async () => {
    provider.token.answerOnce(provider.afterCommit((body) => json(201, body)));
    expect(await session.refresh()).toMatchObject({ kind: 'unusable', rotated: true });
    expect((await session.refresh()).kind).toBe('ok');
  });

  test('a member named __proto__ is ignored', async () => {
    provider.token.answerOnce(
      provider.afterCommit((body) => (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body).replace('{', '{"__proto__":{"polluted":true},'));
      }),
    );
    expect((await session.refresh()).kind).toBe('ok');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('identity', () => {
  test.each<[IdTokenVariation, string]>([
    ['another sub', 'IDENTITY_CHANGED'],
    ['wrong iss', 'IDENTITY_CHANGED'],
    ['wrong aud', 'ID_TOKEN_INVALID'],
    ['wrong azp', 'ID_TOKEN_INVALID'],
  ])('%s on refresh is %s', async (variation, code) => {
    provider.behaviour.idToken = variation;
    const outcome = await session.refresh();
    expect(outcome).toMatchObject({ kind: 'unusable', rotated: true, failure: { code } });
  });

  test('another tenant on refresh is IDENTITY_CHANGED', async () => {
    provider.behaviour.idTokenClaims = { tid: '00000000-0000-0000-0000-000000000000' };
    session = await holdSession(provider.issuer);
    expect(session.tokens.identity?.tenant).toBe('00000000-0000-0000-0000-000000000000');
    provider.behaviour.idToken = 'another tenant';
    expect(codeOf(await session.refresh())).toBe('IDENTITY_CHANGED');
  });

  test('an answer without ID token keeps who it was', async () => {
    provider.behaviour.idTokenOnRefresh = false;
    const outcome = await session.refresh();
    expect(outcome.kind === 'ok' && outcome.tokens.identity).toBeUndefined();
  });
});

test('a scope that was left out is named', async () => {
  await provider.close();
  provider = await startMisbehavingProvider();
  session = await holdSession(provider.issuer, {
    scopes: ['openid', 'offline_access', 'api.read', 'api.write'],
  });
  provider.behaviour.tokenResponse = { scope: 'openid api.read' };
  const outcome = await session.refresh();
  expect(outcome.kind === 'ok' && outcome.tokens.missingScopes).toEqual(['api.write']);
});

test('the audience is named as in the sign-in', async () => {
  const audience = 'https://registry.acme.example';
  session = await holdSession(provider.issuer, { audience, audienceParameter: 'audience' });
  await session.refresh();
  const [authorize] = provider.authorize.requests.slice(-1);
  const tokens = provider.token.requests.slice(-2).map(({ params }) => params.get('audience'));
  expect(authorize?.params.get('audience')).toBe(audience);
  expect(tokens).toEqual([audience, audience]);
});

test('every refresh goes over a connection of its own', async () => {
  const ports = new Set<number | undefined>();
  provider.token.answerWith({
    handle: async (request) => {
      const answer = await provider.token.correctAnswer(request);
      return (incoming, response) => {
        ports.add(incoming.socket.remotePort);
        return answer(incoming, response);
      };
    },
  });
  await session.refresh();
  await session.refresh();
  expect(ports.size).toBe(2);
});

test('a provider that rotated its keys is asked for the new ones', async () => {
  await session.refresh();
  const asked = provider.jwks.count;
  await session.refresh();
  expect(provider.jwks.count).toBe(asked);
  await provider.rotateSigningKey();
  expect((await session.refresh()).kind).toBe('ok');
  expect(provider.jwks.count).toBe(asked + 1);
});

test('signing keys that cannot be fetched do not cost the new refresh token', async () => {
  provider.jwks.answerWith(empty(500));
  const outcome = await session.refresh();
  expect(outcome).toMatchObject({ kind: 'unusable', rotated: true, failure: { code: 'IDP_UNAVAILABLE' } });
  provider.jwks.behave();
  expect((await session.refresh()).kind).toBe('ok');
});
