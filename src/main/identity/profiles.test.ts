import { expect, test, vi } from 'vitest';
import { profiles, startMisbehavingProvider } from '../../../e2e/servers/misbehaving-provider';
import type { MisbehavingProvider, ProfileName } from '../../../e2e/servers/misbehaving-provider';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { clientOf, directNetwork, openingOnly, start } from './testing/client';
import { freePort } from '../../../e2e/servers/free-port';
import { holdSession } from './testing/session';
import { revoke } from './revoke';

vi.setConfig({ testTimeout: 30_000 });

/** How a registry behind such a provider is configured (what configuration fills in by itself included). */
const settings: Partial<Record<ProfileName, Partial<OAuthClientSettings>>> = {
  entra: {
    callbackHost: 'localhost',
    pkce: 'assume-s256',
    scopes: ['openid', 'offline_access', 'api://registry/.default'],
  },
  auth0: { audience: 'https://registry.acme.example', audienceParameter: 'audience' },
  cognito: { callbackHost: 'localhost', pkce: 'assume-s256', scopes: ['openid', 'email'] },
  dex: { scopes: ['openid', 'offline_access', 'email'] },
};
async function withProfile(
  name: ProfileName,
  use: (provider: MisbehavingProvider, port: number) => Promise<void>,
) {
  const port = await freePort();
  const profile = profiles[name];
  const redirects =
    'redirects' in profile && profile.redirects.kind === 'exact'
      ? { kind: 'exact' as const, registered: [`http://127.0.0.1:${port}/callback`] }
      : undefined;
  const provider = await startMisbehavingProvider({
    profile: { ...profile, ...(redirects !== undefined && { redirects }) },
  });
  try {
    await use(provider, port);
  } finally {
    await provider.close();
  }
}

test.each(['okta', 'entra', 'auth0', 'keycloak', 'ping', 'cognito', 'dex', 'zitadel', 'glewlwyd'] as const)(
  'a sign-in, a refresh and a sign-out work at a provider like %s',
  async (name) => {
    await withProfile(name, async (provider, port) => {
      const session = await holdSession(provider.issuer, { callbackPort: port, ...settings[name] });
      expect(session.tokens.identity?.account).toBe('alice@acme.example');
      expect(session.tokens.missingScopes).toEqual([]);
      expect((await session.refresh()).kind).toBe('ok');
      expect((await session.refresh()).kind).toBe('ok');
      const revoked = await revoke(
        { network: directNetwork() },
        session.provider,
        session.current(),
        session.client,
      );
      const expected: Partial<Record<ProfileName, unknown>> = {
        entra: { ok: true, value: 'not-offered' },
        dex: { ok: true, value: 'not-offered' },
        glewlwyd: { ok: false, failure: { code: 'REVOKE_FAILED' } },
      };
      expect(revoked).toMatchObject(expected[name] ?? { ok: true, value: 'revoked' });
    });
  },
);

test('Entra ID and Glewlwyd say in their own ways that a refresh token is dead', async () => {
  for (const name of ['entra', 'glewlwyd'] as const)
    await withProfile(name, async (provider, port) => {
      const session = await holdSession(provider.issuer, { callbackPort: port, ...settings[name] });
      provider.grants.endAll();
      expect(await session.refresh()).toMatchObject({
        kind: name === 'entra' ? 'refused' : 'refused-without-reason',
        failure: { code: 'SESSION_ENDED' },
      });
    });
});

test('Dex and Cognito refuse a scope they do not know, by name', async () => {
  for (const name of ['dex', 'cognito'] as const)
    await withProfile(name, async (provider, port) => {
      const client = clientOf(provider.issuer, {
        callbackPort: port,
        ...settings[name],
        scopes: ['openid', 'unheard.of'],
      });
      expect(await start({ client }).result).toMatchObject({
        failure: { code: 'SCOPE_REJECTED', params: { scope: 'openid unheard.of' } },
      });
    });
});

test('authentik gives a refresh token only with consent, which the next sign-in asks for', async () => {
  await withProfile('authentik', async (provider, port) => {
    const client = clientOf(provider.issuer, { callbackPort: port });
    const without = await start({ client }).result;
    expect(without.ok && without.value.refreshToken).toBeUndefined();
    const withConsent = await start({ client, prompt: 'consent' }).result;
    expect(withConsent.ok && withConsent.value.refreshToken).toBeDefined();
  });
});

test('Zitadel without refresh tokens enabled signs in without one', async () => {
  await withProfile('zitadelWithoutRefreshTokens', async (provider, port) => {
    const result = await start({ client: clientOf(provider.issuer, { callbackPort: port }) }).result;
    expect(result.ok && result.value.refreshToken).toBeUndefined();
  });
});

test('an address that Okta does not know is refused on its own page; the timeout names it', async () => {
  const port = await freePort();
  const provider = await startMisbehavingProvider({ profile: profiles.okta });
  const client = clientOf(provider.issuer, { callbackPort: port });
  const flow = start({ client, timeoutMs: 50 }, { openBrowser: openingOnly });
  expect(await flow.result).toMatchObject({
    failure: { code: 'LOGIN_TIMEOUT', params: { redirectUri: `http://127.0.0.1:${port}/callback` } },
  });
  await provider.close();
});

test('GitHub has no metadata, and Google refuses what it was not asked rightly', async () => {
  await withProfile('github', async (provider, port) => {
    const client = clientOf(provider.issuer, { callbackPort: port });
    expect(await start({ client }).result).toMatchObject({ failure: { code: 'DISC_NOT_FOUND' } });
  });
  await withProfile('google', async (provider, port) => {
    const client = clientOf(provider.issuer, { callbackPort: port, scopes: ['openid', 'email'] });
    expect(await start({ client }).result).toMatchObject({
      failure: { code: 'CLIENT_REJECTED', providerText: 'invalid_request: client_secret is missing.' },
    });
  });
});
