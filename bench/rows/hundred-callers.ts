import { startIdentityProvider } from '../../e2e/servers/identity-provider';
import { makeTlsFixtures } from '../../e2e/servers/tls';
import { openDesk } from '../../src/main/sessions/testing/desk';
import type { Row, Surroundings } from '../lib/contest';
import { signedIn } from '../lib/metadata';
import { milliseconds } from '../lib/sampling';
import { bareTokenRequest } from '../peers/floor';

const callers = 100;
const warmUp = 3;
const repeats = 30;

interface Measured {
  readonly ms: number[];
  /** Token requests per hundred callers, as the provider counted them. */
  readonly requests: number[];
}
type Ask = () => Promise<unknown>;

/** A provider in the same process, so that it can be asked what it saw. */
async function crowd(
  open: (surroundings: Pick<Surroundings, 'issuer' | 'ca'>) => Promise<Ask>,
  size = callers,
): Promise<Measured> {
  const { ca, valid } = await makeTlsFixtures();
  const provider = await startIdentityProvider({ name: 'Bench', tls: valid });
  const ask = await open({ issuer: provider.issuer, ca });
  const measured: Measured = { ms: [], requests: [] };
  for (let repeat = 0; repeat < warmUp + repeats; repeat++) {
    const before = provider.counts.token.refresh_token;
    const ms = await milliseconds(() => Promise.all(Array.from({ length: size }, ask)));
    if (repeat < warmUp) continue;
    measured.ms.push(ms);
    measured.requests.push(provider.counts.token.refresh_token - before);
  }
  await provider.close();
  return measured;
}

const gatepass = async ({ issuer, ca }: Pick<Surroundings, 'issuer' | 'ca'>): Promise<Ask> => {
  const desk = await openDesk({ issuer, ca });
  await desk.signIn('acme');
  return () => desk.sessions.accessToken('acme', { force: true });
};

const single = async (surroundings: Pick<Surroundings, 'issuer' | 'ca'>): Promise<Ask> => {
  const { endpoints, refreshToken } = await signedIn(surroundings);
  let token = refreshToken;
  return async () => {
    const form = { grant_type: 'refresh_token', client_id: 'gatepass', refresh_token: token };
    token = String((await bareTokenRequest(endpoints.token_endpoint, surroundings, form))['refresh_token']);
  };
};

export const hundredCallers: Row = {
  id: 'hundred-callers',
  task: '4. A hundred callers at expiry: time until all have a token',
  unit: 'ms',
  floor: 'one refresh of Gatepass',
  target: '≤ one refresh + 1 ms',
  contestants: {
    'floor: one token request': async () => (await crowd(single, 1)).ms,
    'one refresh of Gatepass': async () => (await crowd(gatepass, 1)).ms,
    Gatepass: async () => (await crowd(gatepass)).ms,
  },
};

export const hundredCallersRequests: Row = {
  id: 'hundred-callers-requests',
  task: '4. A hundred callers at expiry: token requests, counted by the provider',
  unit: 'requests',
  floor: 'Gatepass',
  target: 'exactly 1',
  contestants: {
    Gatepass: async () => (await crowd(gatepass)).requests,
  },
};
