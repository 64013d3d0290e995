import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, customFetch as joseFetch, jwtVerify } from 'jose';
import { reachCallback } from '../../e2e/servers/browser';
import { rawClient } from '../../e2e/servers/code-flow';
import { send } from '../../e2e/servers/http-client';
import { openDesk } from '../../src/main/sessions/testing/desk';
import type { Contestant, Row, Surroundings } from '../lib/contest';
import { bareDurableWrite, recordBytes } from '../lib/durable-write';
import { challengeOf, random } from '../lib/metadata';
import { trustingFetch } from '../lib/trusting-fetch';
import { bareTokenRequest } from '../peers/floor';
import { msalClient, msalScopes } from '../peers/msal';

const flows = 12;
const warmUp = 2;

/** The two waits of a sign-in that are not the person's. */
interface Waits {
  readonly untilBrowser: number;
  readonly untilTokens: number;
}
type OneFlow = () => Promise<Waits>;

/** Plays the person; resolves with the instant the browser goes to the callback address, be it with a query or a form. */
async function playPerson(url: string, ca: string): Promise<number> {
  const callback = await reachCallback(url, { ca });
  const at = performance.now();
  void send(callback);
  return at;
}

const gatepass = async ({ issuer, ca }: Surroundings): Promise<OneFlow> => {
  const desk = await openDesk({ issuer, ca });
  await desk.signIn('acme');
  return async () => {
    const startedAt = performance.now();
    const url = await desk.startSignIn('acme');
    const openedAt = performance.now();
    const calledBackAt = await playPerson(url, ca);
    await desk.until('acme', 'signed-in');
    return { untilBrowser: openedAt - startedAt, untilTokens: performance.now() - calledBackAt };
  };
};

/** What cannot be left out: listener, link; token request, keys, signature, one durable write. */
const floor = async ({ issuer, ca, folder }: Surroundings): Promise<OneFlow> => {
  const endpoints = await rawClient(issuer, { ca }).discover();
  return async () => {
    const startedAt = performance.now();
    let receive: (query: URLSearchParams) => void = () => {};
    const received = new Promise<URLSearchParams>((resolve) => (receive = resolve));
    const server = createServer((request, response) => {
      response.setHeader('connection', 'close').end('Return to the app');
      receive(new URL(request.url ?? '/', 'http://127.0.0.1').searchParams);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
    const [verifier, state, nonce] = [random(), random(), random()];
    const url = new URL(endpoints.authorization_endpoint);
    url.search = new URLSearchParams({
      client_id: 'gatepass',
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid offline_access',
      state,
      nonce,
      code_challenge: challengeOf(verifier),
      code_challenge_method: 'S256',
    }).toString();
    const openedAt = performance.now();
    const calledBackAt = await playPerson(url.href, ca);
    const code = (await received).get('code') ?? '';
    const form = {
      grant_type: 'authorization_code',
      client_id: 'gatepass',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    };
    const tokens = await bareTokenRequest(endpoints.token_endpoint, { ca }, form);
    const { fetch, close } = trustingFetch({ ca });
    const keys = createRemoteJWKSet(new URL(endpoints.jwks_uri), { [joseFetch]: fetch });
    await jwtVerify(String(tokens['id_token']), keys, { issuer, audience: 'gatepass' });
    await bareDurableWrite(folder, recordBytes);
    const endedAt = performance.now();
    server.close();
    close();
    return { untilBrowser: openedAt - startedAt, untilTokens: endedAt - calledBackAt };
  };
};

const msal = async (surroundings: Surroundings): Promise<OneFlow> => {
  const client = await msalClient(surroundings);
  return async () => {
    const startedAt = performance.now();
    let openedAt = 0;
    let calledBackAt = 0;
    await client.acquireTokenInteractive({
      scopes: msalScopes,
      openBrowser: async (url) => {
        openedAt = performance.now();
        calledBackAt = await playPerson(url, surroundings.ca);
      },
    });
    return { untilBrowser: openedAt - startedAt, untilTokens: performance.now() - calledBackAt };
  };
};

function contestant(open: (surroundings: Surroundings) => Promise<OneFlow>, part: keyof Waits): Contestant {
  return async (surroundings) => {
    const once = await open(surroundings);
    const samples: number[] = [];
    for (let flow = 0; flow < warmUp + flows; flow++) samples.push((await once())[part]);
    return samples.slice(warmUp);
  };
}

const signIn = (part: keyof Waits, id: string, task: string): Row => ({
  id,
  task,
  unit: 'ms',
  floor: 'floor',
  target: '≤ 1.3 × floor',
  contestants: {
    floor: contestant(floor, part),
    Gatepass: contestant(gatepass, part),
    '@azure/msal-node': contestant(msal, part),
  },
});

export const signInOpening = signIn(
  'untilBrowser',
  'sign-in-opening',
  '2. Sign-in: from the click to the link for the browser, listener up',
);
export const signInCompleting = signIn(
  'untilTokens',
  'sign-in-completing',
  '2. Sign-in: from the callback to usable tokens',
);
