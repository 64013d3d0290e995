import { refreshTokenGrantRequest, customFetch, None, processRefreshTokenResponse } from 'oauth4webapi';
import { AuthorizationCode } from 'simple-oauth2';
import { Agent, setGlobalDispatcher } from 'undici';
import { openDesk } from '../../src/main/sessions/testing/desk';
import { testProfile } from '../../src/main/vault/testing/test-vault';
import type { Row, Surroundings } from '../lib/contest';
import { bareDurableWrite, recordBytes } from '../lib/durable-write';
import { signedIn } from '../lib/metadata';
import { timed } from '../lib/sampling';
import { slowDisk } from '../lib/slow-disk';
import { trustingFetch } from '../lib/trusting-fetch';
import { bareTokenRequest } from '../peers/floor';
import { msalClient, msalScopes } from '../peers/msal';

const times = 30;

/** The token request alone, on a connection of its own; `write` stands for what is kept before and after it. */
async function bare(surroundings: Surroundings, write: () => Promise<void>): Promise<number[]> {
  const { endpoints, refreshToken } = await signedIn(surroundings);
  let token = refreshToken;
  return timed(times, async () => {
    await write();
    const form = { grant_type: 'refresh_token', client_id: 'gatepass', refresh_token: token };
    token = String((await bareTokenRequest(endpoints.token_endpoint, surroundings, form))['refresh_token']);
    await write();
  });
}

async function gatepass({ issuer, ca, slowCommitMs }: Surroundings, hasKeychain: boolean): Promise<number[]> {
  const profile = testProfile();
  if (!hasKeychain) profile.keychain.fails = 'STORE_UNAVAILABLE';
  const slowed = slowCommitMs > 0 ? { disk: slowDisk(slowCommitMs) } : {};
  const desk = await openDesk({ issuer, ca, profile, ...slowed });
  await desk.signIn('acme');
  return timed(times, async () => {
    const token = await desk.sessions.accessToken('acme', { force: true });
    if (!token.ok) throw new Error(token.failure.code);
  });
}

async function oauth4webapi(surroundings: Surroundings): Promise<number[]> {
  const { endpoints, refreshToken } = await signedIn(surroundings);
  const server = { ...endpoints };
  const client = { client_id: 'gatepass' };
  let token = refreshToken;
  return timed(times, async () => {
    const { fetch, close } = trustingFetch(surroundings);
    const answer = await refreshTokenGrantRequest(server, client, None(), token, { [customFetch]: fetch });
    token = String((await processRefreshTokenResponse(server, client, answer)).refresh_token);
    close();
  });
}

async function msal(surroundings: Surroundings): Promise<number[]> {
  const client = await msalClient(surroundings);
  const { refreshToken } = await signedIn(surroundings);
  let token = refreshToken;
  return timed(times, async () => {
    await client.acquireTokenByRefreshToken({ refreshToken: token, scopes: msalScopes, forceCache: true });
    const cache = JSON.parse(client.getTokenCache().serialize()) as {
      RefreshToken: Record<string, { secret: string }>;
    };
    token = Object.values(cache.RefreshToken)[0]?.secret ?? '';
  });
}

/** As it is between two refreshes in use, minutes apart: the provider has closed the connection of the one before. */
function msalMinutesLater(surroundings: Surroundings): Promise<number[]> {
  setGlobalDispatcher(new Agent({ pipelining: 0 }));
  return msal(surroundings);
}

async function simpleOauth2(surroundings: Surroundings): Promise<number[]> {
  const { endpoints, refreshToken } = await signedIn(surroundings);
  const token_endpoint = new URL(endpoints.token_endpoint);
  const client = new AuthorizationCode({
    client: { id: 'gatepass', secret: '' },
    auth: { tokenHost: token_endpoint.origin, tokenPath: token_endpoint.pathname },
    options: { authorizationMethod: 'body' },
  });
  let token = client.createToken({ refresh_token: refreshToken });
  return timed(times, async () => {
    token = await token.refresh();
  });
}

/**
 * A refresh that survives a crash and a power cut at any instant, beside those that do not. `google-auth-library` is missing:
 * it goes on sending the first refresh token after the provider has replaced it, and so ends the session.
 */
export const refresh: Row = {
  id: 'refresh',
  task: '1. Refresh of a session, over HTTPS',
  unit: 'ms',
  floor: 'floor: token request and two durable writes',
  target: 'durable: floor + 0.8 ms; without durability: ahead of msal',
  contestants: {
    'floor: token request and two durable writes': (surroundings) =>
      bare(surroundings, () => bareDurableWrite(surroundings.folder, recordBytes)),
    'floor: token request alone': (surroundings) => bare(surroundings, () => Promise.resolve()),
    'Gatepass, durable': (surroundings) => gatepass(surroundings, true),
    'Gatepass, in memory only': (surroundings) => gatepass(surroundings, false),
    oauth4webapi: oauth4webapi,
    '@azure/msal-node, on the connection of the refresh before': msal,
    '@azure/msal-node, that connection closed': msalMinutesLater,
    'simple-oauth2': simpleOauth2,
  },
};
