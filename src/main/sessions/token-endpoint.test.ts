import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { html, json } from '../../../e2e/servers/answers';
import {
  type MisbehavingProvider,
  oddLifetimes,
  revocationFaults,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { manualClock } from '../base/manual-clock';
import { type Desk, openDesk } from './testing/desk';

vi.setConfig({ testTimeout: 30_000 });

/** What the answers of the table "Token endpoint" (docs/hostile-inputs.md) mean to a session that is held. */
let provider: MisbehavingProvider;
beforeEach(async () => {
  provider = await startMisbehavingProvider({ profile: { rotation: 'strict' } });
});
afterEach(() => provider.close());

const force = { force: true };
const newest = () => provider.issued.filter(({ kind }) => kind === 'refresh_token').at(-1)?.value ?? '';
const codeOf = async (desk: Desk, options?: { force: boolean }) => {
  const answer = await desk.sessions.accessToken('acme', options);
  return answer.ok ? 'ok' : answer.failure.code;
};

async function signedIn(options: Partial<Parameters<typeof openDesk>[0]> = {}): Promise<Desk> {
  const desk = await openDesk({ issuer: provider.issuer, ...options });
  await desk.signIn('acme');
  return desk;
}

describe('an answer that rotates and then fails validation: the new token survives it, on disk', () => {
  test.each<[string, object]>([
    ['no access token', { access_token: undefined }],
    ['an access token with CR LF', { access_token: 'abc\r\nx-injected: 1' }],
    ['no token type', { token_type: undefined }],
    ['another token type', { token_type: 'DPoP' }],
    ['a nonsensical lifetime', { expires_in: '3600abc' }],
    ['a scope that is no text', { scope: ['openid'] }],
    ['an ID token that is no text', { id_token: 7 }],
    ['an ID token that is none', { id_token: 'not.a.jwt' }],
  ])('%s', async (_name, patch) => {
    const desk = await signedIn();
    const before = newest();
    provider.behaviour.tokenResponse = { ...patch };
    expect(await codeOf(desk, force)).toMatch(
      /^(TOKEN_BAD_RESPONSE|TOKEN_TYPE_UNSUPPORTED|ID_TOKEN_INVALID)$/,
    );
    const rotated = newest();
    expect(rotated).not.toBe(before);

    provider.behaviour.tokenResponse = {};
    const again = await desk.restart();
    expect(again.sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
    expect(await codeOf(again)).toBe('ok');
    expect([provider.timesPresented(before), provider.timesPresented(rotated)]).toEqual([1, 1]);
  });

  test('201 instead of 200', async () => {
    const desk = await signedIn();
    provider.token.answerOnce(provider.afterCommit((body) => json(201, body)));
    expect(await codeOf(desk, force)).toBe('TOKEN_BAD_RESPONSE');
    expect(await codeOf(await desk.restart())).toBe('ok');
  });
});

describe('a lifetime', () => {
  test.each(oddLifetimes)('%s makes no more than one refresh in 30 s', async (_name, value) => {
    const clock = manualClock();
    const desk = await signedIn({ clock });
    await clock.advance(300_000);
    provider.behaviour.tokenResponse = { expires_in: value };
    const before = provider.token.count;
    for (let use = 0; use < 10; use += 1) {
      await codeOf(desk);
      await clock.advance(2_900);
    }
    expect(provider.token.count - before).toBe(1);
    expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
    provider.behaviour.tokenResponse = {};
    await clock.advance(2_000);
    expect(await codeOf(desk)).toBe('ok');
  });
});

test('a hundred callers at the moment of expiry share one request and one token', async () => {
  const clock = manualClock();
  const desk = await signedIn({ clock });
  await clock.advance(300_000);
  const before = provider.token.count;
  const answers = await Promise.all(Array.from({ length: 100 }, () => desk.sessions.accessToken('acme')));
  expect(provider.token.count - before).toBe(1);
  const tokens = new Set(answers.map((answer) => (answer.ok ? answer.value.reveal() : answer.failure.code)));
  expect([...tokens]).toEqual([provider.issued.filter(({ kind }) => kind === 'access_token').at(-1)?.value]);
});

test('a hundred callers are told of one failure once, and the next one finds out anew', async () => {
  const desk = await signedIn();
  provider.token.answerOnce(json(400, { error: 'invalid_scope' }));
  const before = provider.token.count;
  const codes = await Promise.all(Array.from({ length: 100 }, () => codeOf(desk, force)));
  expect(new Set(codes)).toEqual(new Set(['SCOPE_REJECTED']));
  expect(provider.token.count - before).toBe(1);
  expect(await codeOf(desk, force)).toBe('ok');
});

test('a session that ends is told once', async () => {
  const desk = await signedIn();
  const ended: string[] = [];
  desk.sessions.onChange((_id, event) => {
    if (event.type === 'ended') ended.push(event.failure.code);
  });
  provider.token.answerWith(json(400, { error: 'invalid_grant' }));
  await Promise.all(Array.from({ length: 10 }, () => codeOf(desk, force)));
  expect(await codeOf(desk, force)).toBe('REGISTRY_AUTH_REQUIRED');
  expect(ended).toEqual(['SESSION_ENDED']);
});

test.each(['interaction_required', 'consent_required', 'login_required'])(
  '%s on refresh is a prompt, and its token is not thrown away before the person has answered',
  async (error) => {
    const desk = await signedIn();
    provider.token.answerOnce(json(400, { error, claims: '{"a":1}' }));
    expect(await codeOf(desk, force)).toBe('REAUTH_REQUIRED');
    expect(desk.sessions.state('acme')).toMatchObject({
      kind: 'expired',
      failure: { code: 'REAUTH_REQUIRED' },
    });
    const link = await desk.startSignIn('acme');
    expect(new URL(link).searchParams.get('claims')).toBe('{"a":1}');
    desk.sessions.cancelSignIn('acme');
    expect(provider.grants.isValid(newest())).toBe(true);
  },
);

test('without a refresh token a registry that refuses the access token hears why there is no other', async () => {
  provider.behaviour.tokenResponse = { refresh_token: undefined };
  const desk = await signedIn();
  const before = provider.token.count;
  expect(await codeOf(desk)).toBe('ok');
  expect(await codeOf(desk, force)).toBe('NO_REFRESH_TOKEN');
  expect(provider.token.count).toBe(before);
});

describe('signing out', () => {
  test.each(revocationFaults)(
    'is done already, whatever the answer to the revocation: %s',
    async (_name, misbehave) => {
      const desk = await signedIn();
      misbehave(provider);
      expect(await desk.sessions.signOut('acme')).toEqual({ ok: true });
      expect(desk.sessions.state('acme')).toEqual({ kind: 'signed-out' });
      expect(await codeOf(desk)).toBe('REGISTRY_AUTH_REQUIRED');
      expect((await desk.restart()).sessions.state('acme')).toEqual({ kind: 'signed-out' });
      expect(provider.revocation.count).toBeLessThanOrEqual(1);
    },
  );

  test('asks for the revocation once, and what answers it with HTML changes nothing', async () => {
    const desk = await signedIn();
    const token = newest();
    provider.revocation.answerWith(html(500));
    await desk.sessions.signOut('acme');
    await expect.poll(() => provider.revocation.count).toBe(1);
    expect(provider.revocation.requests[0]?.params.get('token')).toBe(token);
    expect(desk.sessions.state('acme')).toEqual({ kind: 'signed-out' });
  });
});
