import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { finishSignIn } from '../../../e2e/servers/browser';
import type { Hold } from '../../../e2e/servers/endpoint';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { clientOf } from '../identity/testing/client';
import { type Desk, openDesk } from './testing/desk';
import { registryOf } from './testing/registry-of';

vi.setConfig({ testTimeout: 30_000 });

/**
 * Answers that arrive after what they belong to is over. Nothing of them may be stored or used, and no other session may
 * suffer: at this provider revoking one token ends every session of the same person and client, as at Keycloak.
 */
let provider: MisbehavingProvider;
beforeEach(async () => {
  provider = await startMisbehavingProvider({
    profile: { rotation: 'strict', revocationEnds: 'everything of this user and client' },
  });
});
afterEach(() => provider.close());

const force = { force: true };
const refreshTokens = () =>
  provider.issued.filter(({ kind }) => kind === 'refresh_token').map(({ value }) => value);
const newest = () => refreshTokens().at(-1) ?? '';
const state = (desk: Desk, id = 'acme') => desk.sessions.state(id);
const refreshes = async (desk: Desk, id: string) => (await desk.sessions.accessToken(id, force)).ok;

/** What can happen to a registry while an answer is out. */
const theOther = (desk: Desk) => [desk.registry('other')].filter((registry) => registry !== undefined);
const edited = (desk: Desk) => {
  const client = clientOf(provider.issuer, { scopes: ['openid', 'offline_access', 'more'] });
  desk.sessions.configure([registryOf('acme', client), ...theOther(desk)], 120);
};
const removed = (desk: Desk) => {
  desk.sessions.configure(theOther(desk), 120);
};
const signedOut = async ({ sessions }: Desk) => {
  await sessions.signOut('acme');
};
const cancelled = ({ sessions }: Desk) => {
  sessions.cancelSignIn('acme');
};
const quit = ({ sessions }: Desk) => {
  void sessions.close();
};
type Event = (desk: Desk) => void | Promise<void>;

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

/** Instants of a sign-in; each gives what lets it go on, until nothing more comes of it. */
const instants: [string, (desk: Desk) => Promise<() => Promise<void>>][] = [
  [
    'the browser is open',
    async (desk) => {
      const link = await desk.startSignIn('acme');
      return async () => {
        await finishSignIn(link).catch(() => undefined);
      };
    },
  ],
  ['the code is being exchanged', (desk) => signInUntil(desk, provider.token.holdAnswers())],
  ['the ID token waits for its key', (desk) => signInUntil(desk, provider.jwks.holdAnswers())],
];

async function signInUntil(desk: Desk, hold: Hold): Promise<() => Promise<void>> {
  const over = discarded(desk);
  await finishSignIn(await desk.startSignIn('acme'));
  await hold.arrived;
  return () => {
    hold.release();
    return over;
  };
}

describe.each<[string, Event]>([
  ['Cancel', cancelled],
  ['a sign-out', signedOut],
  ['an edit of the registry', edited],
  ['its removal', removed],
  ['quitting', quit],
])('after %s', (_event, happen) => {
  test.each(instants)(
    'while %s, what comes is not stored, and the sibling lives',
    async (_instant, reach) => {
      let desk = await openDesk({ issuer: provider.issuer, registries: ['acme', 'other'] });
      await desk.signIn('other');
      const held = refreshTokens().length;
      await provider.rotateSigningKey();
      const goOn = await reach(desk);
      await happen(desk);
      await goOn();
      desk = await desk.restart();
      expect(state(desk)).toEqual({ kind: 'signed-out' });
      for (const token of refreshTokens().slice(held)) expect(provider.timesPresented(token)).toBe(0);
      expect(provider.revocation.count).toBe(0);
      expect(await refreshes(desk, 'other')).toBe(true);
    },
  );

  test('without a sibling, tokens that came are given back', async () => {
    const desk = await openDesk({ issuer: provider.issuer });
    const goOn = await signInUntil(desk, provider.token.holdAnswers());
    await happen(desk);
    await goOn();
    await expect.poll(() => provider.revocation.count).toBe(1);
    expect(provider.grants.isValid(newest())).toBe(false);
    expect(state(await desk.restart())).toEqual({ kind: 'signed-out' });
  });
});

test('Cancel of a second sign-in leaves the first one as it was, and its token is not revoked', async () => {
  const desk = await openDesk({ issuer: provider.issuer });
  await desk.signIn('acme');
  const before = state(desk);
  const goOn = await signInUntil(desk, provider.token.holdAnswers());
  desk.sessions.cancelSignIn('acme');
  await goOn();
  expect(refreshTokens()).toHaveLength(2);
  expect(state(desk)).toEqual(before);
  expect(await refreshes(desk, 'acme')).toBe(true);
  expect(await refreshes(await desk.restart(), 'acme')).toBe(true);
  expect(provider.revocation.count).toBe(0);
});

describe('during a refresh whose answer is on its way', () => {
  async function refreshing() {
    const desk = await openDesk({ issuer: provider.issuer, registries: ['acme', 'other'] });
    await desk.signIn('other');
    await desk.signIn('acme');
    const sent = newest();
    const hold = provider.token.holdAnswers();
    const result = desk.sessions.accessToken('acme', force);
    await hold.arrived;
    return { desk, sent, hold, result };
  }

  test('a sign-out: the new token is not stored, and not revoked either while a sibling lives', async () => {
    const { desk, hold, result } = await refreshing();
    await desk.sessions.signOut('acme');
    hold.release();
    expect(await result).toMatchObject({ failure: { code: 'OP_STALE' } });
    const again = await desk.restart();
    expect(state(again)).toEqual({ kind: 'signed-out' });
    expect(provider.timesPresented(newest())).toBe(0);
    expect(provider.revocation.count).toBe(0);
    expect(await refreshes(again, 'other')).toBe(true);
  });

  test('a sign-out of all of them: the new token is given back', async () => {
    const { desk, hold, result } = await refreshing();
    await desk.sessions.signOutOfProvider('acme');
    hold.release();
    expect(await result).toMatchObject({ failure: { code: 'OP_STALE' } });
    const [late] = [newest()];
    await expect
      .poll(() => provider.revocation.requests.map(({ params }) => params.get('token')))
      .toContain(late);
    expect(provider.grants.isValid(late)).toBe(false);
  });

  test.each<[string, Event]>([
    ['an edit', edited],
    ['a removal', removed],
    ['quitting', quit],
  ])(
    '%s: its caller gets nothing, and the new token is kept for when the registry is back',
    async (_event, happen) => {
      const { desk, sent, hold, result } = await refreshing();
      await happen(desk);
      hold.release();
      expect(await result).toMatchObject({ failure: { code: 'OP_STALE' } });
      const again = await desk.restart();
      expect(state(again)).toMatchObject({ kind: 'signed-in' });
      expect(await refreshes(again, 'acme')).toBe(true);
      expect(await refreshes(again, 'other')).toBe(true);
      expect(provider.timesPresented(sent)).toBe(1);
    },
  );

  test('another sign-in: what the refresh brings does not take the place of what the sign-in brought', async () => {
    const desk = await openDesk({ issuer: provider.issuer });
    await desk.signIn('acme');
    let letGo: () => void = () => undefined;
    const going = new Promise<void>((resolve) => (letGo = resolve));
    provider.token.answerOnce({
      handle: async (request) => {
        const answer = await provider.token.correctAnswer(request);
        await going;
        return answer;
      },
    });
    const before = provider.token.count;
    const refresh = desk.sessions.accessToken('acme', force);
    await expect.poll(() => provider.token.count).toBe(before + 1);
    await desk.signIn('acme');
    const signedIn = newest();
    letGo();
    expect(await refresh).toMatchObject({ failure: { code: 'OP_STALE' } });
    expect(await refreshes(await desk.restart(), 'acme')).toBe(true);
    expect(provider.timesPresented(signedIn)).toBe(1);
  });
});
