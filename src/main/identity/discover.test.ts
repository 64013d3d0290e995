import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { empty, html, json, redirect, stall } from '../../../e2e/servers/answers';
import {
  discoveryRows,
  privateEndpoint,
  profiles,
  prototypePollution,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import type { MisbehavingProvider } from '../../../e2e/servers/misbehaving-provider';
import { startProxy } from '../../../e2e/servers/proxy';
import { makeTlsFixtures } from '../../../e2e/servers/tls';
import type { Code } from '../../contract/codes';
import { failed } from '../base/failure';
import type { Network } from '../base/net';
import { discover } from './discover';
import { clientOf, directNetwork, hurriedClock, impatientNetwork } from './testing/client';

vi.setConfig({ testTimeout: 30_000 });

const network = directNetwork();
const clock = hurriedClock(100);
const codeOf = (result: Awaited<ReturnType<typeof discover>>) => (result.ok ? 'ok' : result.failure.code);

let provider: MisbehavingProvider;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
});
afterEach(() => provider.close());

const found = (more = {}, options = {}) =>
  discover({ network, clock, ...options }, clientOf(provider.issuer, more));

describe('each answer of the table', () => {
  /** Two members of one name may be read as two issuers: such a document is refused as a whole. */
  const stricter: Record<string, Code> = { 'issuer twice, the wrong one last': 'DISC_METADATA_INVALID' };

  test.each(discoveryRows)('$name gives its code', async ({ name, code, misbehave }) => {
    misbehave(provider);
    const options = code === 'NET_TIMEOUT' ? { network: impatientNetwork(200) } : {};
    expect(codeOf(await found({}, options))).toBe(stricter[name] ?? code);
  });
});

describe('where metadata is looked for', () => {
  test('a correct provider is found, with what it can do', async () => {
    expect(await found()).toEqual({
      ok: true,
      value: {
        metadata: {
          issuer: provider.issuer,
          authorization_endpoint: `${provider.issuer}/authorize`,
          token_endpoint: `${provider.issuer}/token`,
          jwks_uri: `${provider.issuer}/jwks`,
          revocation_endpoint: provider.metadata()['revocation_endpoint'],
          end_session_endpoint: provider.metadata()['end_session_endpoint'],
          id_token_signing_alg_values_supported: ['ES256'],
        },
        issAdvertised: true,
        endpointAddresses: 'any',
        dateSkewSeconds: expect.any(Number) as number,
      },
    });
  });

  test('a 404 names the address that was tried', async () => {
    provider.discovery.answerWith(empty(404));
    expect(await found()).toEqual(
      failed('DISC_NOT_FOUND', {
        issuer: provider.issuer,
        url: `${provider.issuer}/.well-known/openid-configuration`,
      }),
    );
  });

  test('the second address is that of RFC 8414', async () => {
    await provider.close();
    provider = await startMisbehavingProvider({ profile: { path: '/realms/main' } });
    provider.discovery.answerWith(empty(404));
    provider.authorizationServerMetadata.answerWith(json(200, provider.metadata()));
    expect(codeOf(await found())).toBe('ok');
  });

  test('a site that answers every other address with a page is still not a provider', async () => {
    provider.discovery.answerWith(html(404));
    provider.authorizationServerMetadata.answerWith(html());
    expect(codeOf(await found())).toBe('DISC_NOT_FOUND');
  });

  test('a redirect is not followed even to the same provider', async () => {
    provider.discovery.answerWith(redirect(`${provider.issuer}/elsewhere`));
    provider.elsewhere.answerWith(json(200, provider.metadata()));
    expect(codeOf(await found())).toBe('DISC_REDIRECT');
    expect(provider.elsewhere.count).toBe(0);
  });

  test('types that end in +json will do', async () => {
    const answer = json(200, provider.metadata(), {
      'content-type': 'application/vnd.acme+json; charset=utf-8',
    });
    provider.discovery.answerWith(answer);
    expect(codeOf(await found())).toBe('ok');
  });

  test('metadata configured as issuer: the issuer in it is proposed', async () => {
    const address = `${provider.issuer}/.well-known/openid-configuration`;
    const result = await discover({ network, clock }, clientOf(address));
    expect(result).toEqual(
      failed('CFG_ISSUER_IS_METADATA_URL', { issuer: address, suggestion: provider.issuer }),
    );
  });

  test('metadata of somebody else configured as issuer: only the address itself is believed', async () => {
    provider.behaviour.metadata = { issuer: 'https://login.other.example' };
    const address = `${provider.issuer}/.well-known/openid-configuration`;
    const result = await discover({ network, clock }, clientOf(address));
    expect(result).toMatchObject({ failure: { params: { suggestion: provider.issuer } } });
  });
});

describe('the issuer', () => {
  test('that differs only by a slash at the end is offered', async () => {
    provider.behaviour.metadata = { issuer: `${provider.issuer}/` };
    expect(await found()).toEqual(
      failed('DISC_ISSUER_MISMATCH', {
        issuer: provider.issuer,
        actual: `${provider.issuer}/`,
        suggestion: `${provider.issuer}/`,
      }),
    );
  });

  test('of another company is named and not offered', async () => {
    provider.behaviour.metadata = { issuer: 'https://evil.example' };
    expect(await found()).toEqual(
      failed('DISC_ISSUER_MISMATCH', { issuer: provider.issuer, actual: 'https://evil.example' }),
    );
  });

  test('that changes later is refused: the configured one is the pin', async () => {
    expect(codeOf(await found())).toBe('ok');
    provider.behaviour.metadata = { issuer: `${provider.issuer}/new` };
    expect(codeOf(await found())).toBe('DISC_ISSUER_MISMATCH');
  });

  test.each([
    ['http://login.acme.example', 'CFG_ISSUER_NOT_HTTPS'],
    ['login.acme.example', 'CFG_ISSUER_INVALID'],
  ])('%s is never asked', async (issuer, code) => {
    expect(codeOf(await discover({ network, clock }, clientOf(issuer)))).toBe(code);
  });
});

describe('PKCE', () => {
  test('without a list an administrator may vouch for it', async () => {
    provider.behaviour.metadata = { code_challenge_methods_supported: undefined };
    expect(codeOf(await found({ pkce: 'assume-s256' }))).toBe('ok');
  });

  test('nobody may vouch against a list that says otherwise', async () => {
    provider.behaviour.metadata = { code_challenge_methods_supported: ['plain'] };
    expect(codeOf(await found({ pkce: 'assume-s256' }))).toBe('DISC_NO_PKCE');
  });
});

describe('metadata', () => {
  test('with __proto__ and constructor changes no prototype', async () => {
    prototypePollution.misbehave(provider);
    expect(codeOf(await found())).toBe('ok');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('needs no signing keys where no ID token is asked for', async () => {
    provider.behaviour.metadata = { jwks_uri: undefined };
    expect(codeOf(await found({ scopes: ['api.read'] }))).toBe('ok');
    expect(await found()).toEqual(
      failed('DISC_METADATA_INVALID', { issuer: provider.issuer, field: 'jwks_uri' }),
    );
  });

  test('may leave out what is optional, also by null', async () => {
    provider.behaviour.metadata = { revocation_endpoint: null, end_session_endpoint: undefined };
    const result = await found();
    expect(result.ok && 'revocation_endpoint' in result.value.metadata).toBe(false);
  });

  test('with an unusable optional endpoint fails now, not at sign-out', async () => {
    provider.behaviour.metadata = { revocation_endpoint: 'http://login.acme.example/revoke' };
    expect(codeOf(await found())).toBe('DISC_METADATA_INVALID');
  });
});

describe('asking again', () => {
  test('an outage is asked three times, in a flow twice', async () => {
    provider.discovery.answerWith(empty(503));
    expect(codeOf(await found())).toBe('IDP_UNAVAILABLE');
    expect(provider.discovery.count).toBe(3);
    await discover({ network, clock }, clientOf(provider.issuer), { tries: 2 });
    expect(provider.discovery.count).toBe(5);
  });

  test('503 with Retry-After earns one more try after that time', async () => {
    const waits: number[] = [];
    const noting = {
      ...clock,
      after: (ms: number, call: () => void) => (waits.push(ms), clock.after(1, call)),
    };
    provider.discovery.answerOnce(empty(503, { 'retry-after': '7' }));
    expect(codeOf(await found({}, { clock: noting }))).toBe('ok');
    expect(waits).toEqual([7000]);
    provider.discovery.answerWith(empty(503, { 'retry-after': '1' }));
    await found({}, { clock: noting });
    expect(provider.discovery.count).toBe(4);
  });

  test('a longer Retry-After than a minute is not waited for', async () => {
    provider.discovery.answerWith(empty(503, { 'retry-after': '61' }));
    expect(codeOf(await found())).toBe('IDP_UNAVAILABLE');
    expect(provider.discovery.count).toBe(1);
  });

  test('a signal ends the waiting at once', async () => {
    const controller = new AbortController();
    const held = provider.discovery.holdRequests();
    const result = discover({ network, clock }, clientOf(provider.issuer), { signal: controller.signal });
    await held.arrived;
    controller.abort();
    expect(codeOf(await result)).toBe('OP_STALE');
  });

  test('a provider that answers late but in time is found', async () => {
    provider.discovery.answerOnce(stall);
    expect(codeOf(await found({}, { network: impatientNetwork(1500) }))).toBe('ok');
  });
});

describe('the way there', () => {
  test.each(['expired', 'wrongHost', 'selfSigned', 'unknownAuthority'] as const)(
    'a certificate that is %s is NET_TLS, without a second try',
    async (kind) => {
      const fixtures = await makeTlsFixtures();
      await provider.close();
      provider = await startMisbehavingProvider({ tls: fixtures[kind] });
      const trusting = directNetwork({ extraCa: () => Promise.resolve([fixtures.ca]) });
      expect(codeOf(await found({}, { network: trusting }))).toBe('NET_TLS');
      expect(provider.discovery.count).toBe(0);
    },
  );

  test('an authority that an administrator added is trusted', async () => {
    const fixtures = await makeTlsFixtures();
    await provider.close();
    provider = await startMisbehavingProvider({ tls: fixtures.valid });
    expect(
      codeOf(await found({}, { network: directNetwork({ extraCa: () => Promise.resolve([fixtures.ca]) }) })),
    ).toBe('ok');
    expect(codeOf(await found())).toBe('NET_TLS');
  });

  test('plain http where https was asked for is NET_TLS', async () => {
    const issuer = provider.issuer.replace('http:', 'https:');
    expect(codeOf(await discover({ network, clock }, clientOf(issuer)))).toBe('NET_TLS');
  });

  test('a host that nobody listens on is NET_REFUSED', async () => {
    await provider.close();
    expect(codeOf(await found())).toBe('NET_REFUSED');
    provider = await startMisbehavingProvider();
  });

  test.each([
    ['ENOTFOUND', 'NET_DNS'],
    ['ENETUNREACH', 'NET_OFFLINE'],
  ])('%s is %s', async (code, expected) => {
    const failing = directNetwork({
      resolve: (_host, done) => {
        done(Object.assign(new Error('no'), { code }), []);
      },
    });
    const result = await discover({ network: failing, clock }, clientOf('https://login.acme.example'));
    expect(result).toEqual(failed(expected as Code, { host: 'login.acme.example' }));
  });

  test('a proxy that wants a sign-in is said once', async () => {
    const proxy = await startProxy({ does: 'demand sign-in' });
    const through = directNetwork({
      resolveProxy: () => Promise.resolve(`PROXY ${new URL(proxy.url).host}`),
    });
    expect(codeOf(await found({}, { network: through }))).toBe('NET_PROXY_AUTH');
    expect(proxy.requests).toHaveLength(1);
    await proxy.close();
  });
});

describe('addresses learnt from metadata', () => {
  /** A provider that is on the Internet as far as the network tells. */
  const fromThePublic = (): Network => ({
    fetch: (url, request = {}) => {
      const { onConnected, ...others } = request;
      onConnected?.('198.51.100.7');
      return network.fetch(url, others);
    },
  });

  test('may not be private while the issuer is public', async () => {
    privateEndpoint.misbehave(provider);
    const result = await found({}, { network: fromThePublic() });
    expect(result).toEqual(failed('DISC_PRIVATE_ENDPOINT', { issuer: provider.issuer, host: '10.0.0.1' }));
  });

  test('may not be private for an issuer that was only learnt, nor may the issuer itself', async () => {
    const result = await discover({ network, clock }, clientOf(provider.issuer), { addresses: 'public' });
    expect(codeOf(result)).toBe('DISC_PRIVATE_ENDPOINT');
    expect(provider.discovery.requests).toEqual([]);
  });

  test('may be private where the issuer is, as in a company network', async () => {
    privateEndpoint.misbehave(provider);
    expect(codeOf(await found())).toBe('ok');
  });

  test.each([
    'https://[fe80::1]/token',
    'https://[::ffff:169.254.169.254]/token',
    'https://2852039166/token',
  ])('are never link-local, whatever the issuer: %s', async (address) => {
    provider.behaviour.metadata = { token_endpoint: address };
    expect(codeOf(await found())).toBe('DISC_PRIVATE_ENDPOINT');
  });

  test('over a proxy only literal addresses count, and never the address of the proxy', async () => {
    const fixtures = await makeTlsFixtures();
    await provider.close();
    provider = await startMisbehavingProvider({ tls: fixtures.wrongHost });
    const issuer = 'https://other.example';
    const endpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'revocation_endpoint'];
    provider.behaviour.metadata = {
      ...Object.fromEntries(
        Object.keys(provider.metadata()).flatMap((name) =>
          name.endsWith('_endpoint') ? [[name, undefined]] : [],
        ),
      ),
      ...Object.fromEntries(endpoints.map((name) => [name, `https://internal.example/${name}`])),
      issuer,
    };
    const proxy = await startProxy({ does: 'forward', everywherePort: provider.port });
    const through = directNetwork({
      extraCa: () => Promise.resolve([fixtures.ca]),
      resolveProxy: () => Promise.resolve(`PROXY ${new URL(proxy.url).host}`),
    });
    const ask = () => discover({ network: through, clock }, clientOf(issuer));
    expect(await ask()).toMatchObject({ ok: true, value: { endpointAddresses: 'public' } });
    provider.behaviour.metadata = {
      ...provider.behaviour.metadata,
      token_endpoint: 'https://10.0.0.1/token',
    };
    expect(codeOf(await ask())).toBe('DISC_PRIVATE_ENDPOINT');
    await proxy.close();
  });
});

test('providers that do not say S256 are believed only where they are known to have it', async () => {
  await provider.close();
  provider = await startMisbehavingProvider({ profile: profiles.entra });
  expect(codeOf(await found())).toBe('DISC_NO_PKCE');
});
