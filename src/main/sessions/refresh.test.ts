import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Answer, empty, html, json, reset, stall, truncated } from '../../../e2e/servers/answers';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import type { Rotation } from '../../../e2e/servers/misbehaving-provider/grant-book';
import { valueOf } from '../vault/testing/results';
import { clientOf, hurriedClock } from '../identity/testing/client';
import { type Desk, openDesk } from './testing/desk';
import { registryOf } from './testing/registry-of';

vi.setConfig({ testTimeout: 30_000 });

let provider: MisbehavingProvider;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
});
afterEach(() => provider.close());

/** Pauses of seconds pass in a moment, and a request may take 1.5 s. */
const clock = hurriedClock(10);
const force = { force: true };

async function signedIn(profile: { rotation?: Rotation } = {}): Promise<Desk> {
  await provider.close();
  provider = await startMisbehavingProvider({ profile });
  const desk = await openDesk({ issuer: provider.issuer, clock, networkClock: clock });
  await desk.signIn('acme');
  return desk;
}

async function refresh(desk: Desk): Promise<string> {
  const answer = await desk.sessions.accessToken('acme', force);
  return answer.ok ? 'ok' : answer.failure.code;
}

const refreshTokens = () =>
  provider.issued.filter(({ kind }) => kind === 'refresh_token').map(({ value }) => value);
const timesSent = (token = refreshTokens()[0] ?? '') => provider.timesPresented(token);

/** What the record of the desk's one registry belongs to. */
const key = () => ({ registry: 'https://acme.example', issuer: provider.issuer, clientId: 'gatepass' });

/** Answers that do not say what became of the token. */
const unknowns: [string, () => Answer | ReturnType<MisbehavingProvider['afterCommit']>, string][] = [
  ['503', () => empty(503), 'IDP_UNAVAILABLE'],
  ['500', () => empty(500), 'IDP_UNAVAILABLE'],
  ['a broken connection', () => reset, 'NET_INTERRUPTED'],
  ['silence', () => stall, 'NET_TIMEOUT'],
];

describe('an outage', () => {
  test.each(unknowns)(
    'of %s for an hour sends the token once and signs nobody out',
    async (_name, answer, code) => {
      let desk = await signedIn();
      provider.token.answerWith(answer());
      for (let use = 0; use < 3; use += 1) expect(await refresh(desk)).toBe(code);
      expect(timesSent()).toBe(1);
      expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in', problem: { code } });

      desk = await desk.restart();
      expect(await refresh(desk)).toBe(code);
      expect(timesSent()).toBe(1);
      expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in', problem: { code } });

      provider.token.behave();
      expect(await refresh(desk)).toBe('ok');
      expect(timesSent()).toBe(2);
      expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
      expect(await refresh(desk)).toBe('ok');
      expect(Math.max(...refreshTokens().map((token) => timesSent(token)))).toBe(2);
    },
  );

  test('that ends for nothing but a question does not cost the last attempt', async () => {
    const desk = await signedIn();
    provider.token.answerOnce(empty(503));
    expect(await refresh(desk)).toBe('IDP_UNAVAILABLE');
    // Works when asked, and fails again when it counts: sent twice, and never a third time.
    provider.token.answerOnce(empty(503));
    expect(await refresh(desk)).toBe('IDP_UNAVAILABLE');
    expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
    expect((await desk.sessions.accessToken('acme')).ok).toBe(true);
    expect(await refresh(desk)).toBe('SESSION_INTERRUPTED');
    expect(timesSent()).toBe(2);
    expect(desk.sessions.state('acme')).toMatchObject({
      kind: 'expired',
      failure: { code: 'SESSION_INTERRUPTED' },
    });
  });

  test('in which nothing could be sent never counts', async () => {
    const desk = await signedIn();
    const { port } = provider;
    await provider.close();
    for (let use = 0; use < 5; use += 1) expect(await refresh(desk)).toBe('NET_REFUSED');
    expect(desk.vault.find(key())).not.toHaveProperty('attempt');
    expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
    provider = await startMisbehavingProvider({ port });
  });
});

describe('an answer that is lost after the provider replaced the token', () => {
  const losses: [string, (body: object) => Answer, string][] = [
    ['500', () => empty(500), 'IDP_UNAVAILABLE'],
    ['a broken connection', () => reset, 'NET_INTERRUPTED'],
    ['a body that is cut', (body) => truncated(body), 'NET_INTERRUPTED'],
  ];
  test.each(losses)('as %s is found out with the second use: strict', async (_name, answer, code) => {
    const desk = await signedIn({ rotation: 'strict' });
    provider.token.answerOnce(provider.afterCommit(answer));
    expect(await refresh(desk)).toBe(code);
    expect(await refresh(desk)).toBe('SESSION_INTERRUPTED');
    expect(timesSent()).toBe(2);
    expect(desk.sessions.state('acme')).toMatchObject({ kind: 'expired' });
  });

  test.each(losses)('as %s costs nothing within the grace time', async (_name, answer, code) => {
    const desk = await signedIn({ rotation: 'grace' });
    provider.token.answerOnce(provider.afterCommit(answer));
    expect(await refresh(desk)).toBe(code);
    expect(await refresh(desk)).toBe('ok');
    expect(await refresh(desk)).toBe('ok');
    expect(timesSent()).toBe(2);
  });

  test('costs nothing where tokens are not replaced, however often it happens', async () => {
    const desk = await signedIn({ rotation: 'none' });
    for (let round = 0; round < 4; round += 1) {
      provider.token.answerOnce(provider.afterCommit(() => reset));
      expect(await refresh(desk)).toBe('NET_INTERRUPTED');
      expect(await refresh(desk)).toBe('ok');
    }
  });
});

describe('200 without anything to read', () => {
  test.each<[string, Answer]>([
    ['HTML', html()],
    ['204', empty(204)],
    ['an empty body', empty(200)],
  ])('as %s once is asked again, and nobody notices', async (_name, answer) => {
    const desk = await signedIn();
    provider.token.answerOnce(answer);
    expect(await refresh(desk)).toBe('ok');
    expect(timesSent()).toBe(2);
  });

  test('as the only answer there is keeps the session, and the token is sent once', async () => {
    const desk = await signedIn();
    provider.token.answerWith(html());
    for (let use = 0; use < 3; use += 1) expect(await refresh(desk)).toBe('TOKEN_BAD_RESPONSE');
    expect(timesSent()).toBe(1);
    provider.token.behave();
    expect(await refresh(desk)).toBe('ok');
  });

  test('whenever it counts is tried three times, ever, and the token is kept', async () => {
    let desk = await signedIn();
    for (let answer = 0; answer < 20; answer += 1) provider.token.answerOnce(html());
    expect(await refresh(desk)).toBe('TOKEN_BAD_RESPONSE');
    expect(timesSent()).toBe(3);
    for (let use = 0; use < 3; use += 1) expect(await refresh(desk)).toBe('TOKEN_BAD_RESPONSE');
    expect(desk.sessions.state('acme')).toMatchObject({
      kind: 'error',
      failure: { code: 'TOKEN_BAD_RESPONSE' },
    });
    desk = await desk.restart();
    expect(await refresh(desk)).toBe('TOKEN_BAD_RESPONSE');
    expect(timesSent()).toBe(3);
    expect(desk.sessions.state('acme')).toMatchObject({
      kind: 'error',
      held: { account: 'alice@acme.example' },
    });
  });
});

describe('a refusal without a reason', () => {
  test.each<[string, Answer]>([
    ['400 and empty', empty(400)],
    ['401 and empty', empty(401)],
    ['400 with HTML', html(400)],
  ])(
    '(%s) is asked about once more, then ends the session, and its token is set aside',
    async (_name, answer) => {
      const desk = await signedIn();
      provider.token.answerWith(answer);
      expect(await refresh(desk)).toBe('SESSION_ENDED');
      expect(timesSent()).toBe(2);
      expect(desk.sessions.state('acme')).toMatchObject({
        kind: 'expired',
        failure: { code: 'SESSION_ENDED' },
      });
      expect(valueOf(await desk.vault.listSetAside())).toMatchObject([{ record: key() }]);
      expect(await refresh(desk)).toBe('REGISTRY_AUTH_REQUIRED');
      expect(timesSent()).toBe(2);
    },
  );

  test('that was a hiccup costs nothing', async () => {
    const desk = await signedIn();
    provider.token.answerOnce(empty(400));
    expect(await refresh(desk)).toBe('ok');
    expect(valueOf(await desk.vault.listSetAside())).toEqual([]);
  });

  test('after an interruption is not asked about again: the token was sent twice already', async () => {
    const desk = await signedIn();
    provider.token.answerOnce(reset);
    await refresh(desk);
    provider.token.answerOnce(empty(400));
    expect(await refresh(desk)).toBe('SESSION_INTERRUPTED');
    expect(timesSent()).toBe(2);
    expect(valueOf(await desk.vault.listSetAside())).toHaveLength(1);
  });

  test('is not asked about for a person who signed out meanwhile', async () => {
    const desk = await signedIn();
    provider.token.answerOnce(empty(400));
    const refreshing = refresh(desk);
    await expect.poll(() => timesSent()).toBe(1);
    await desk.sessions.signOut('acme');
    expect(await refreshing).toBe('OP_STALE');
    expect(timesSent()).toBe(1);
  });
});

/** The next grant is worked on as it should be, and its answer kept back until it is let go. */
function holdNext(change: (answer: Answer) => Answer = (answer) => answer) {
  let letGo: () => void = () => undefined;
  const going = new Promise<void>((resolve) => (letGo = resolve));
  const sentBefore = provider.token.count;
  provider.token.answerOnce({
    handle: async (request) => {
      const answer = change(await provider.token.correctAnswer(request));
      await going;
      return answer;
    },
  });
  const arrived = () => expect.poll(() => provider.token.count).toBe(sentBefore + 1);
  return { arrived, letGo };
}

test('a registry that is edited during a refresh does not send its token a second time', async () => {
  const desk = await signedIn();
  const held = holdNext();
  const before = refresh(desk);
  await held.arrived();
  const client = clientOf(provider.issuer, { scopes: ['openid', 'offline_access', 'more'] });
  desk.sessions.configure([registryOf('acme', client)], 120);
  const after = refresh(desk);
  // Long enough for a second request to arrive, if one were made.
  await new Promise((resolve) => setTimeout(resolve, 100));
  held.letGo();
  expect([await before, await after]).toEqual(['OP_STALE', 'ok']);
  expect(refreshTokens().map((token) => timesSent(token))).toEqual([1, 1, 0]);
});

test('a refresh of before a sign-out is not what callers of the next session share', async () => {
  const desk = await signedIn();
  const held = holdNext();
  const before = refresh(desk);
  await held.arrived();
  await desk.sessions.signOut('acme');
  await desk.signIn('acme');
  const after = refresh(desk);
  held.letGo();
  expect([await before, await after]).toEqual(['OP_STALE', 'ok']);
});

test('a refusal that arrives after a new sign-in does not end the new session', async () => {
  const desk = await signedIn();
  const held = holdNext(() => json(400, { error: 'invalid_grant' }));
  const before = refresh(desk);
  await held.arrived();
  await desk.signIn('acme');
  held.letGo();
  expect(await before).toBe('OP_STALE');
  expect((await desk.restart()).sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
});
