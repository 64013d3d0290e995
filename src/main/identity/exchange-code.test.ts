import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { json } from '../../../e2e/servers/answers';
import {
  codeExchangeRows,
  forwardBrowserTo,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import type { MisbehavingProvider } from '../../../e2e/servers/misbehaving-provider';
import { failed } from '../base/failure';
import type { Network } from '../base/net';
import { clientOf, directNetwork, impatientNetwork, signIn, start } from './testing/client';
import { freePort } from '../../../e2e/servers/free-port';

vi.setConfig({ testTimeout: 30_000 });

let provider: MisbehavingProvider;
let port: number;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
  port = await freePort();
});
afterEach(() => provider.close());

const client = (more = {}) => clientOf(provider.issuer, { callbackPort: port, ...more });
/** Shortens only the waiting for the token endpoint. */
const impatientForTokens = (): Network => {
  const [patient, impatient] = [directNetwork(), impatientNetwork(1000)];
  return {
    fetch: (url, request) => (request?.method === 'POST' ? impatient : patient).fetch(url, request),
  };
};

describe('each answer of the table', () => {
  test.each(codeExchangeRows)('$name gives its code after one token request', async ({ code, misbehave }) => {
    misbehave(provider);
    const network = code === 'LOGIN_INTERRUPTED' ? impatientForTokens() : directNetwork();
    const result = await start({ client: client() }, { network }).result;
    expect(result.ok ? 'ok' : result.failure.code).toBe(code);
    expect(provider.token.count).toBe(1);
  });

  test('a provider that is gone when the code arrives is LOGIN_INTERRUPTED, never tried again', async () => {
    const tokenRequests = vi.fn();
    const network: Network = {
      fetch: (url, request) => {
        if (request?.method !== 'POST') return directNetwork().fetch(url, request);
        tokenRequests();
        return directNetwork().fetch('http://127.0.0.1:9/', request);
      },
    };
    expect(await start({ client: client() }, { network }).result).toMatchObject({
      failure: { code: 'LOGIN_INTERRUPTED' },
    });
    expect(tokenRequests).toHaveBeenCalledOnce();
  });

  test('an empty refusal is about the code', async () => {
    provider.token.answerWith(json(400, {}));
    expect(await start({ client: client() }).result).toMatchObject({
      failure: { code: 'LOGIN_CODE_REJECTED' },
    });
  });

  test('a description that repeats the code is not passed on', async () => {
    provider.token.answerWith({
      handle: ({ params }) =>
        json(400, { error: 'invalid_grant', error_description: `unknown ${params.get('code') ?? ''}` }),
    });
    const result = await start({ client: client() }).result;
    const [code] = provider.token.requests.map(({ params }) => params.get('code'));
    expect(JSON.stringify(result)).not.toContain(code);
  });
});

describe('what is sent', () => {
  test('is the code with our own redirect URI and the verifier, over a connection of its own', async () => {
    await signIn({ client: client() });
    const [request] = provider.token.requests;
    expect(Object.fromEntries(request?.params ?? [])).toEqual({
      grant_type: 'authorization_code',
      client_id: 'gatepass',
      code: expect.any(String) as string,
      redirect_uri: `http://127.0.0.1:${port}/callback`,
      code_verifier: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    expect(request?.target).not.toContain('code');
  });
});

describe('what is given back', () => {
  test('has no refresh token where the provider gave none', async () => {
    const tokens = await signIn({ client: client({ scopes: ['openid'] }) });
    expect(tokens.refreshToken).toBeUndefined();
  });

  test('has no identity where no ID token was asked for, even if one comes', async () => {
    provider.behaviour.tokenResponse = { id_token: 'not.validated.at-all' };
    const tokens = await signIn({ client: client({ scopes: ['offline_access'] }) });
    expect(tokens.identity).toBeUndefined();
  });

  test('names the account by email, else by preferred_username, else by sub', async () => {
    const account = async () => (await signIn({ client: client() })).identity?.account;
    expect(await account()).toBe('alice@acme.example');
    provider.behaviour.idTokenClaims = { email: undefined, preferred_username: 'al\u202Eice' };
    expect(await account()).toBe('alice');
    provider.behaviour.idTokenClaims = { email: 7, preferred_username: undefined, sub: 'user-1' };
    expect(await account()).toBe('user-1');
  });
});

describe('a clock that is wrong', () => {
  test.each([
    ['10 minutes behind', 600_000],
    ['a day behind', 86_400_000],
    ['10 minutes ahead', -600_000],
    ['a day ahead', -86_400_000],
  ])('%s does not keep anyone from signing in, and is said', async (_name, aheadMs) => {
    provider.behaviour.clockAheadMs = aheadMs;
    const seconds = (await signIn({ client: client() })).clockSkewSeconds ?? 0;
    expect(Math.abs(seconds - aheadMs / 1000)).toBeLessThan(30);
  });

  test('is not said for a few seconds', async () => {
    provider.behaviour.clockAheadMs = 20_000;
    expect((await signIn({ client: client() })).clockSkewSeconds).toBeUndefined();
  });

  test('that explains nothing is CLOCK_SKEW, not a bad token', async () => {
    provider.behaviour.clockAheadMs = -86_400_000;
    provider.behaviour.idToken = 'expired';
    expect(await start({ client: client() }).result).toMatchObject({
      failure: { code: 'CLOCK_SKEW', params: { seconds: expect.any(Number) as number } },
    });
  });
});

test('mix-up: an issuer that forwards the browser to another provider receives no token request', async () => {
  const attacker = await startMisbehavingProvider();
  attacker.authorize.answerWith(forwardBrowserTo(`${provider.issuer}/authorize`));
  const flow = start({ client: clientOf(attacker.issuer, { callbackPort: port }) });
  expect(await flow.result).toMatchObject({ failure: { code: 'LOGIN_ISS_MISMATCH' } });
  expect(attacker.token.count).toBe(0);
  await attacker.close();
});

test('mix-up: between two issuers that name themselves nowhere, the paths keep the code apart', async () => {
  await provider.close();
  const exact = { kind: 'exact' as const, registered: [`http://127.0.0.1:${port}/callback`] };
  provider = await startMisbehavingProvider({ profile: { sendsIss: false, redirects: exact } });
  const attacker = await startMisbehavingProvider({ profile: { sendsIss: false } });
  attacker.authorize.answerWith(forwardBrowserTo(`${provider.issuer}/authorize`));
  const openBrowser = vi.fn((url: string) => fetch(url).then(() => failed('LOGIN_BROWSER_FAILED')));
  const flow = start(
    {
      client: clientOf(attacker.issuer, { callbackPort: port }),
      callbackPath: () => Promise.resolve('/callback/its-own'),
    },
    { openBrowser },
  );
  await expect.poll(() => provider.authorize.count, { timeout: 10_000 }).toBe(1);
  flow.cancel();
  await flow.result;
  expect(attacker.token.count).toBe(0);
  expect(provider.issued).toEqual([]);
  await attacker.close();
});
