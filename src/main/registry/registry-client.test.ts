import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { empty, json, redirect } from '../../../e2e/servers/answers';
import { rawClient } from '../../../e2e/servers/code-flow';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import {
  startRegistry,
  type Registry as RegistryServer,
  type RegistryOptions,
} from '../../../e2e/servers/registry';
import { failed, type Result, success } from '../base/failure';
import { manualClock } from '../base/manual-clock';
import { Secret } from '../base/secret';
import type { Registry } from '../config';
import { RegistryClient, type RegistryRequest } from './registry-client';
import { aBearerRegistry } from './testing/bearer';
import { aProtectedRegistry, aRegistry, directNetwork } from './testing/registries';

const audience = 'https://registry.acme.example';
let provider: IdentityProvider;
let server: RegistryServer;
let configured: Registry | undefined;
/** What the session hands out, one after another; the last one again and again. */
let tokens: Result<Secret>[];
let asked: { force: boolean; refused?: Secret }[];
let judged: (string | undefined)[];
let onToken: () => void;
const clock = manualClock();

beforeEach(async () => {
  provider = await startIdentityProvider({ name: 'Acme', audiences: [audience] });
  asked = [];
  judged = [];
  onToken = () => undefined;
  await start();
  tokens = [success(await goodToken())];
});
afterEach(async () => {
  await server.close();
  await provider.close();
});

async function start(options: Partial<RegistryOptions> = {}) {
  server = await startRegistry({ name: 'Acme', issuer: provider.issuer, audience, ...options });
  configured = aProtectedRegistry(server.url);
  return server;
}
async function goodToken(): Promise<Secret> {
  return new Secret(String((await rawClient(provider.issuer).signIn()).body['access_token']));
}
const theClient = () =>
  new RegistryClient({
    network: directNetwork(),
    clock,
    registry: () => configured,
    accessToken: (_id, options) => {
      asked.push(options);
      onToken();
      return Promise.resolve((tokens.length > 1 ? tokens.shift() : tokens[0]) ?? failed('OP_STALE'));
    },
    judged: (_id, verdict) => judged.push(verdict.ok ? 'taken' : verdict.failure.code),
  });
const list: RegistryRequest = { path: '/v0.1/servers' };
const outcome = async (client = theClient(), request = list, registry = configured) => {
  if (registry === undefined) throw new Error('not configured');
  const answer = await client.request(registry, request);
  return answer.ok ? answer.value.status : answer.failure;
};
const stale = () => success(new Secret('stale-token'));

describe('with a session', () => {
  test('its token is sent, and that the registry takes it is told', async () => {
    expect(await outcome()).toBe(200);
    expect(server.authorizations).toHaveLength(1);
    expect(asked).toEqual([{ force: false }]);
    expect(judged).toEqual(['taken']);
  });

  test('without one nothing is sent at all', async () => {
    tokens = [failed('REGISTRY_AUTH_REQUIRED')];
    expect(await outcome()).toMatchObject({ code: 'REGISTRY_AUTH_REQUIRED' });
    expect(server.requests).toEqual([]);
  });

  test('a refusal is followed by one forced refresh and one more try', async () => {
    tokens.unshift(stale());
    expect(await outcome()).toBe(200);
    expect(asked.map(({ force }) => force)).toEqual([false, true]);
    expect(asked[1]?.refused?.reveal()).toBe('stale-token');
    expect(server.authorizations[0]).toBe('Bearer stale-token');
    expect(server.requests).toHaveLength(2);
    expect(judged).toEqual(['taken']);
  });

  test('a refresh that is refused ends it there, as what it is', async () => {
    tokens = [stale(), failed('SESSION_ENDED')];
    expect(await outcome()).toMatchObject({ code: 'SESSION_ENDED' });
    expect(server.requests).toHaveLength(1);
    expect(judged).toEqual([]);
  });

  test('a token just issued that is refused as well is told as that, and not tried again', async () => {
    server.rejectAllTokens();
    expect(await outcome()).toEqual({ code: 'REGISTRY_REJECTED_TOKEN', params: { name: 'Acme' } });
    expect(server.requests).toHaveLength(2);
    expect(judged).toEqual(['REGISTRY_REJECTED_TOKEN']);
  });

  test('an account without access is no reason to refresh: the registry knows who it is', async () => {
    server.requireRole('admin');
    expect(await outcome()).toEqual({ code: 'REGISTRY_FORBIDDEN', params: { name: 'Acme' } });
    expect(asked).toEqual([{ force: false }]);
    expect(judged).toEqual(['taken']);
  });

  test('a server that is broken says nothing of the token', async () => {
    server.list.answerOnce(json(500, {}));
    expect(await outcome()).toBe(500);
    expect(judged).toEqual([]);
  });

  test('a token never goes to the registry that the configuration had before', async () => {
    const before = configured;
    onToken = () => {
      configured = aProtectedRegistry('https://mcp.globex.example');
    };
    expect(await outcome(theClient(), list, before)).toMatchObject({ code: 'OP_STALE' });
    onToken = () => {
      configured = undefined;
    };
    expect(await outcome(theClient(), list, before)).toMatchObject({ code: 'OP_STALE' });
    expect(server.requests).toEqual([]);
  });

  test('nor the second one, after a refusal', async () => {
    tokens.unshift(stale());
    let times = 0;
    onToken = () => {
      if (++times === 2) configured = aProtectedRegistry('https://mcp.globex.example');
    };
    expect(await outcome()).toMatchObject({ code: 'OP_STALE' });
    expect(server.authorizations).toEqual(['Bearer stale-token']);
  });
});

describe('with a token of its own (auth type bearer)', () => {
  beforeEach(() => {
    configured = aBearerRegistry(server.url);
  });

  test('it is sent, and that the registry takes it is told', async () => {
    expect(await outcome()).toBe(200);
    expect(server.authorizations).toHaveLength(1);
    expect(judged).toEqual(['taken']);
  });

  test('when the same one is all there is after a refusal, it is not sent again', async () => {
    tokens = [stale(), failed('TOKEN_REFUSED', { reason: 'token-stored' })];
    expect(await outcome()).toEqual({ code: 'TOKEN_REFUSED', params: { reason: 'token-stored' } });
    expect(asked[1]?.refused?.reveal()).toBe('stale-token');
    expect(server.requests).toHaveLength(1);
  });

  test('a file is not sent one', async () => {
    configured = aBearerRegistry(server.staticUrl);
    await outcome(theClient(), { path: '' });
    expect(server.authorizations).toEqual([]);
    expect(server.staticFile.count).toBe(1);
  });
});

test.each([301, 302, 303, 307, 308] as const)(
  'where a registry redirects to with %i, no token and no request arrives',
  async (status) => {
    const stranger = await startRegistry({ name: 'Stranger' });
    for (const target of [stranger.url, stranger.url.replace('127.0.0.1', 'localhost')]) {
      server.list.answerOnce(redirect(`${target}/v0.1/servers`, status));
      expect(await outcome()).toMatchObject({ code: 'REGISTRY_REDIRECTED' });
    }
    expect(server.authorizations).toHaveLength(2);
    expect(stranger.requests).toEqual([]);
    await stranger.close();
  },
);

describe('without a sign-in', () => {
  test('nobody is asked for a token; a registry that wants one is told apart from one that says no', async () => {
    configured = aRegistry(server.url);
    expect(await outcome()).toEqual({ code: 'REGISTRY_NEEDS_SIGN_IN', params: { name: 'Acme' } });
    server.list.answerOnce(json(403, {}));
    expect(await outcome()).toMatchObject({ code: 'REGISTRY_FORBIDDEN' });
    expect(asked).toEqual([]);
    expect(judged).toEqual([]);
  });

  test.each([401, 403])(
    'a file is never sent a token, and %i means that it is the wrong address',
    async (status) => {
      configured = aProtectedRegistry(server.staticUrl);
      server.staticFile.answerOnce(json(status, {}));
      expect(await outcome(theClient(), { path: '' })).toEqual({
        code: 'REGISTRY_FILE_NEEDS_SIGN_IN',
        params: { name: 'Acme' },
      });
      expect(asked).toEqual([]);
      expect(server.authorizations).toEqual([]);
    },
  );

  test('one that is blocked is not asked', async () => {
    const blocked = { code: 'CFG_ISSUER_NOT_ALLOWED', params: {} } as const;
    configured = aProtectedRegistry(server.url, { blocked });
    expect(await outcome()).toBe(blocked);
    expect(asked).toEqual([]);
  });
});

describe('a registry that asks to be left alone', () => {
  test.each([429, 503])(
    '%i: its answer is passed on, and it is asked again only when it said',
    async (status) => {
      const client = theClient();
      server.list.answerOnce(empty(status, { 'retry-after': '7' }));
      expect(await outcome(client)).toBe(status);
      await clock.advance(6_500);
      const { host } = new URL(server.url);
      expect(await outcome(client)).toEqual({ code: 'REGISTRY_UNAVAILABLE', params: { host, seconds: 1 } });
      expect(server.requests).toHaveLength(1);
      await clock.advance(500);
      expect(await outcome(client)).toBe(200);
    },
  );

  test('for a year is left alone for a minute; one that gives no time is not left alone', async () => {
    const client = theClient();
    server.list.answerOnce(empty(503, { 'retry-after': '31536000' }));
    await outcome(client);
    await clock.advance(60_000);
    server.list.answerOnce(empty(503));
    expect(await outcome(client)).toBe(503);
    expect(await outcome(client)).toBe(200);
  });

  test('does not speak for another one', async () => {
    const client = theClient();
    server.list.answerOnce(empty(503, { 'retry-after': '7' }));
    await outcome(client);
    const other = await startRegistry({ name: 'Open' });
    configured = aRegistry(other.url);
    expect(await outcome(client)).toBe(200);
    await other.close();
  });
});

test('a tag that is still true gets 304, which is an answer like any other', async () => {
  const path = '/v0.1/servers/io.acme%2Ftickets/versions/latest';
  const first = await theClient().request(configured ?? aRegistry(''), { path });
  const tag = first.ok ? (first.value.headers.get('etag') ?? '') : '';
  expect(await outcome(theClient(), { path, headers: { 'if-none-match': tag } })).toBe(304);
  expect(judged).toEqual(['taken', 'taken']);
});

test('the few addresses at the root of the host are reached there', async () => {
  await server.close();
  await start({ path: '/registry/engineering' });
  expect(await outcome(theClient(), { path: '/v1/me', below: 'origin' })).toBe(200);
  expect(server.me.count).toBe(1);
});
