import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCookieJar, finishSignIn } from '../../../e2e/servers/browser';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import { manualClock } from '../base/manual-clock';
import type { Network } from '../base/net';
import { oauthOf } from './configured-sessions';
import { type Desk, type DeskOptions, openDesk } from './testing/desk';
import { registryOf } from './testing/registry-of';

/**
 * A revocation ends the whole grant at this provider, and a browser that is signed in gets the same grant again. So a
 * token that comes too late must not be revoked once somebody has signed in again.
 */
let provider: IdentityProvider;
beforeEach(async () => {
  provider = await startIdentityProvider({ name: 'Acme', rotation: 'strict' });
});
afterEach(() => provider.close());

const cookies = createCookieJar();

type Asked = Parameters<Network['fetch']>;
const isExchange = ([, request]: Asked) =>
  request?.body instanceof URLSearchParams && request.body.get('grant_type') === 'authorization_code';
const isDiscovery = ([url]: Asked) => url.includes('/.well-known/');

/** A network that keeps the next answer of a kind to itself, once it is told to. */
function holdingNetwork() {
  let hold: { readonly isMeant: (asked: Asked) => boolean; readonly pass: () => Promise<void> } | undefined;
  return {
    throughNetwork: (network: Network): Network => ({
      async fetch(...asked) {
        const answer = await network.fetch(...asked);
        if (hold?.isMeant(asked) === true) await hold.pass();
        return answer;
      },
    }),
    holdNext: (isMeant: (asked: Asked) => boolean) => {
      let release: () => void = () => undefined;
      let arrive: () => void = () => undefined;
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      const released = new Promise<void>((resolve) => (release = resolve));
      const pass = () => {
        hold = undefined;
        arrive();
        return released;
      };
      hold = { isMeant, pass };
      return { arrived, release };
    },
  };
}

async function deskThatHolds(options: Partial<DeskOptions> = {}) {
  const { throughNetwork, holdNext } = holdingNetwork();
  const desk = await openDesk({ issuer: provider.issuer, throughNetwork, ...options });
  return { desk, holdNext };
}

const signIn = async (desk: Desk) => {
  await finishSignIn(await desk.startSignIn('acme'), { cookies });
  await desk.until('acme', 'signed-in');
};
const refreshes = async (desk: Desk) => (await desk.sessions.accessToken('acme', { force: true })).ok;

/** Resolves when tokens that came too late were handed over to be given back. */
function discarded({ identity }: Desk): Promise<void> {
  const startSignIn = identity.startSignIn.bind(identity);
  return new Promise((resolve) => {
    vi.spyOn(identity, 'startSignIn').mockImplementation((request, listener) =>
      startSignIn(request, {
        ...listener,
        onDiscarded: (token) => {
          listener.onDiscarded(token);
          resolve();
        },
      }),
    );
  });
}

test('tokens for a registry as it was before an edit do not end the session that was begun after it', async () => {
  const { desk, holdNext } = await deskThatHolds();
  const revoke = vi.spyOn(desk.identity, 'revoke');
  const over = discarded(desk);
  const exchange = holdNext(isExchange);
  await finishSignIn(await desk.startSignIn('acme'), { cookies });
  await exchange.arrived;
  const client = oauthOf(desk.registry('acme')) ?? expect.unreachable();
  desk.sessions.configure([registryOf('acme', { ...client, scopes: [...client.scopes, 'email'] })], 120);
  await signIn(desk);
  exchange.release();
  await over;
  await Promise.all(revoke.mock.results.map(({ value }) => value as unknown));
  expect(provider.counts.revocation).toBe(0);
  expect([await refreshes(desk), await refreshes(desk)]).toEqual([true, true]);
});

test('a sign-out that has to look for the provider first does not end the session of whoever signed in meanwhile', async () => {
  const signInClock = manualClock(Date.now());
  const { desk, holdNext } = await deskThatHolds({ signInClock });
  const revoke = vi.spyOn(desk.identity, 'revoke');
  await signIn(desk);
  await signInClock.advance(3_600_000);
  const discovery = holdNext(isDiscovery);
  await desk.sessions.signOut('acme');
  await discovery.arrived;
  await signIn(desk);
  discovery.release();
  expect(await revoke.mock.results[0]?.value).toMatchObject({ failure: { code: 'OP_STALE' } });
  expect(provider.counts.revocation).toBe(0);
  expect([await refreshes(desk), await refreshes(desk)]).toEqual([true, true]);
});

test('with nobody signed in, the late token is revoked', async () => {
  const { desk, holdNext } = await deskThatHolds();
  const exchange = holdNext(isExchange);
  await finishSignIn(await desk.startSignIn('acme'), { cookies });
  await exchange.arrived;
  desk.sessions.configure([], 120);
  exchange.release();
  await expect.poll(() => provider.counts.revocation).toBe(1);
});
