import { OAuth2Client } from 'google-auth-library';
import { AuthorizationCode } from 'simple-oauth2';
import { openDesk } from '../../src/main/sessions/testing/desk';
import type { Contestant, Row, Surroundings } from '../lib/contest';
import { signedIn } from '../lib/metadata';
import { msalClient, msalScopes } from '../peers/msal';

/** Microseconds per call, over many calls one after another. */
async function perCall(calls: number, task: () => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let sample = 0; sample < 12; sample++) {
    const startedAt = performance.now();
    for (let call = 0; call < calls; call++) await task();
    samples.push(((performance.now() - startedAt) * 1000) / calls);
  }
  return samples.slice(2);
}

const gatepass: Contestant = async ({ issuer, ca }) => {
  const desk = await openDesk({ issuer, ca });
  await desk.signIn('acme');
  return perCall(50_000, () => desk.sessions.accessToken('acme'));
};

const msal: Contestant = async (surroundings: Surroundings) => {
  const client = await msalClient(surroundings);
  const { refreshToken } = await signedIn(surroundings);
  const answer = await client.acquireTokenByRefreshToken({
    refreshToken,
    scopes: msalScopes,
    forceCache: true,
  });
  const account = answer?.account;
  if (!account) throw new Error('msal kept no account');
  return perCall(500, () => client.acquireTokenSilent({ account, scopes: msalScopes }));
};

const google: Contestant = () => {
  const client = new OAuth2Client();
  client.setCredentials({
    access_token: 'token',
    refresh_token: 'token',
    expiry_date: Date.now() + 3_600_000,
  });
  return perCall(50_000, () => client.getAccessToken());
};

const simple: Contestant = () => {
  const client = new AuthorizationCode({
    client: { id: 'a', secret: '' },
    auth: { tokenHost: 'https://a.example' },
  });
  const token = client.createToken({ access_token: 'token', expires_in: 3600 });
  return perCall(50_000, () => Promise.resolve(token.expired(40) ? undefined : token.token['access_token']));
};

/** The call that every request of every tool begins with. */
export const accessToken: Row = {
  id: 'access-token',
  task: '3. An access token that is valid',
  unit: 'µs',
  floor: 'floor: a resolved promise',
  target: '≤ 1 µs, no request',
  contestants: {
    'floor: a resolved promise': () => perCall(50_000, () => Promise.resolve('token')),
    Gatepass: gatepass,
    '@azure/msal-node acquireTokenSilent': msal,
    'google-auth-library getAccessToken': google,
    'simple-oauth2 expired()': simple,
  },
};
