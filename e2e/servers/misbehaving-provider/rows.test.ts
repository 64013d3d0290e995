import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rawClient } from '../code-flow';
import {
  codeExchangeRows,
  discoveryRows,
  privateEndpoint,
  prototypePollution,
  refreshRows,
  revocationFaults,
  startMisbehavingProvider,
  stepUpClaims,
} from './index';
import type { MisbehavingProvider, TokenRow } from './index';

let provider: MisbehavingProvider;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
});
afterEach(() => provider.close());

/** Reads at most 1 MiB, and waits for long only where no long wait is expected. */
async function fetched(url: string, code: string, form?: Record<string, string>): Promise<string> {
  const hangs = code === 'NET_TIMEOUT' || code === 'LOGIN_INTERRUPTED';
  const response = await fetch(url, {
    redirect: 'manual',
    signal: AbortSignal.timeout(hangs ? 300 : 10_000),
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  const type = response.headers.get('content-type') ?? 'none';
  let [body, bytes] = ['', 0];
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > 1024 * 1024) return 'too large';
    body += Buffer.from(chunk).toString('utf8');
  }
  return `${response.status} ${type} ${body}`;
}
const readMetadata = (code = '') => fetched(`${provider.issuer}/.well-known/openid-configuration`, code);
const outcome = (reading: Promise<string>) =>
  reading.catch((error: unknown) => (error instanceof Error ? `failed: ${error.name}` : ''));

test('no two rows have the same name', () => {
  for (const rows of [discoveryRows, refreshRows, codeExchangeRows]) {
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  }
});

describe('discovery', () => {
  const expected: Partial<Record<string, RegExp>> = {
    DISC_NOT_FOUND: /^404/,
    DISC_NOT_JSON: /^200 (text|none)/,
    DISC_TOO_LARGE: /^too large|^failed: TypeError/,
    DISC_REDIRECT: /^30/,
    NET_TIMEOUT: /^failed: TimeoutError/,
    NET_INTERRUPTED: /^failed: TypeError/,
    IDP_UNAVAILABLE: /^503/,
  };

  test.each(discoveryRows)('$name happens on the wire', async ({ code, misbehave }) => {
    const correct = await readMetadata();
    misbehave(provider);
    const seen = await outcome(readMetadata(code));
    expect(seen).not.toBe(correct);
    expect(seen).toMatch(expected[code] ?? /^200 application\/json/);
  });

  test('the redirects lead to a document that would have been correct', async () => {
    const row = discoveryRows.find(({ name }) => name.startsWith('redirect 302'));
    row?.misbehave(provider);
    const followed = await fetch(`${provider.issuer}/.well-known/openid-configuration`);
    expect(await followed.json()).toEqual(provider.metadata());
  });

  test('an endpoint can be at a private address', async () => {
    privateEndpoint.misbehave(provider);
    expect(await readMetadata()).toContain('"token_endpoint":"https://10.0.0.1/token"');
  });

  test('__proto__ is in the text, and JSON.parse makes it a member', async () => {
    prototypePollution.misbehave(provider);
    expect(await readMetadata()).toContain('"__proto__":{"polluted":true}');
  });
});

describe('token endpoint', () => {
  const expected: Partial<Record<string, RegExp>> = {
    NET_TIMEOUT: /^failed: TimeoutError/,
    NET_INTERRUPTED: /^failed: TypeError/,
    LOGIN_INTERRUPTED: /^failed: (TimeoutError|TypeError)/,
    IDP_UNAVAILABLE: /^50/,
    IDP_RATE_LIMITED: /^429/,
    SESSION_ENDED: /^40[01]/,
    LOGIN_CODE_REJECTED: /^400/,
    REAUTH_REQUIRED: /^400/,
    CLIENT_REJECTED: /^40[01]/,
    SCOPE_REJECTED: /^400/,
    ID_TOKEN_INVALID: /^200/,
    TOKEN_BAD_RESPONSE: /^20[04]/,
    TOKEN_TYPE_UNSUPPORTED: /^200/,
  };
  const expectRow = (seen: string, row: TokenRow) => {
    expect(seen).toMatch(expected[row.code] ?? /^never/);
  };

  test.each(refreshRows)('refresh: $name, and the record says what became of the token', async (row) => {
    const refreshToken = String((await rawClient(provider.issuer).signIn()).body['refresh_token']);
    row.misbehave(provider);
    const form = { grant_type: 'refresh_token', client_id: 'gatepass', refresh_token: refreshToken };
    expectRow(await outcome(fetched(`${provider.issuer}/token`, row.code, form)), row);
    expect(provider.grants.isValid(refreshToken)).toBe(row.refreshToken === 'untouched');
    expect(provider.grants.validRefreshTokens).toHaveLength(1);
  });

  test('the step-up of Entra ID names the claims to ask for', async () => {
    refreshRows.find(({ name }) => name === 'interaction_required with claims')?.misbehave(provider);
    const { body } = await rawClient(provider.issuer).refresh('any');
    expect(body).toEqual({ error: 'interaction_required', claims: stepUpClaims });
  });

  test.each(codeExchangeRows)('code exchange: $name', async (row) => {
    const { callback, verifier } = await rawClient(provider.issuer).authorize();
    row.misbehave(provider);
    const form = {
      grant_type: 'authorization_code',
      client_id: 'gatepass',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: 'http://127.0.0.1:8666/callback',
      code_verifier: verifier,
    };
    expectRow(await outcome(fetched(`${provider.issuer}/token`, row.code, form)), row);
    expect(provider.grants.validRefreshTokens).toHaveLength(row.refreshToken === 'committed' ? 1 : 0);
  });
});

test.each(revocationFaults)('revocation: %s', async (name, misbehave) => {
  misbehave(provider);
  const address = provider.metadata()['revocation_endpoint'];
  if (name === 'absent') {
    expect(address).toBeUndefined();
    return;
  }
  const seen = await outcome(
    fetched(String(address), name === 'no answer' ? 'NET_TIMEOUT' : '', {
      token: 'x',
      client_id: 'gatepass',
    }),
  );
  expect(seen).toMatch(name === 'no answer' ? /^failed: TimeoutError/ : name);
});
