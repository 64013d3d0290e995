import { connect, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { finishSignIn, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import type { IdentityProvider } from '../../../e2e/servers/identity-provider';
import { startMisbehavingProvider } from '../../../e2e/servers/misbehaving-provider';
import type { MisbehavingProvider } from '../../../e2e/servers/misbehaving-provider';
import { empty, stall } from '../../../e2e/servers/answers';
import { systemClock } from '../base/clock';
import { failed, success } from '../base/failure';
import { manualClock } from '../base/manual-clock';
import { CallbackListeners } from './callback-listeners';
import { clientOf, hurriedClock, openingOnly, signIn, start } from './testing/client';
import { freePort } from '../../../e2e/servers/free-port';
import type { SignInFlow, SignInRequest, StepInfo } from './types';

let port: number;
beforeEach(async () => {
  port = await freePort();
});

vi.setConfig({ testTimeout: 30_000 });
/** Long for a busy computer, and over at once on any other. */
const soon = { timeout: 10_000 };

/** Resolves with the link as soon as the flow has one. */
function linkOf(flow: SignInFlow): Promise<string> {
  return vi.waitFor(() => {
    const url = flow.authorizationUrl();
    if (url === undefined) throw new Error('No link yet');
    return url;
  }, soon);
}

const isListening = (on: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(on, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

describe('at a real provider', () => {
  let provider: IdentityProvider;
  beforeEach(async () => {
    provider = await startIdentityProvider({ name: 'Acme' });
  });
  afterEach(() => provider.close());

  test('a sign-in gives tokens and the account, tells its steps, and frees the port', async () => {
    const steps: string[] = [];
    const client = clientOf(provider.issuer, { callbackPort: port });
    const flow = start({ client }, {}, (step) => steps.push(step));
    expect(await flow.result).toMatchObject({
      ok: true,
      value: {
        expiresInSeconds: 300,
        identity: { issuer: provider.issuer, account: 'alice@acme.example' },
        missingScopes: [],
      },
    });
    expect(steps).toEqual(['opening-browser', 'completing']);
    await vi.waitFor(async () => {
      expect(await isListening(port)).toBe(false);
    }, soon);
  });

  test('the tokens are those the provider issued, and nothing prints them', async () => {
    const tokens = await signIn({ client: clientOf(provider.issuer, { callbackPort: port }) });
    const issued = provider.issued.map(({ value }) => value);
    expect(issued).toContain(tokens.accessToken.reveal());
    expect(issued).toContain(tokens.refreshToken?.reveal());
    for (const value of issued) expect(JSON.stringify(tokens)).not.toContain(value);
  });

  test('the request is a code flow with PKCE S256, state, nonce and no prompt', async () => {
    const client = clientOf(provider.issuer, { callbackPort: port });
    const flow = start({ client }, { openBrowser: openingOnly });
    const parameters = Object.fromEntries(new URL(await linkOf(flow)).searchParams);
    expect(parameters).toEqual({
      response_type: 'code',
      client_id: 'gatepass',
      redirect_uri: `http://127.0.0.1:${port}/callback`,
      scope: 'openid offline_access',
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
    });
    flow.cancel();
  });

  test('prompt, step-up claims, audience and extra parameters reach the provider', async () => {
    const client = clientOf(provider.issuer, {
      callbackPort: port,
      audience: 'https://registry.acme.example',
      audienceParameter: 'resource',
      extraAuthorizeParameters: { login_hint: 'alice', state: 'chosen-by-somebody-else' },
    });
    const flow = start({ client, prompt: 'select_account', claims: '{}' }, { openBrowser: openingOnly });
    const { searchParams } = new URL(await linkOf(flow));
    expect(Object.fromEntries(searchParams)).toMatchObject({
      prompt: 'select_account',
      claims: '{}',
      resource: 'https://registry.acme.example',
      login_hint: 'alice',
    });
    expect(searchParams.get('state')).not.toBe('chosen-by-somebody-else');
    flow.cancel();
  });

  test('a person who presses Cancel at the provider has denied it', async () => {
    const client = clientOf(provider.issuer, { callbackPort: port });
    const openBrowser = async (url: string) => {
      await finishSignIn(url, { deny: true });
      return success(undefined);
    };
    const result = await start({ client }, { openBrowser }).result;
    expect(result).toMatchObject({ ok: false, failure: { code: 'LOGIN_DENIED' } });
  });

  test('two flows share one port and may end in reverse order, a third is cancelled', async () => {
    const deps = { listeners: new CallbackListeners(systemClock), openBrowser: openingOnly };
    const client = clientOf(provider.issuer, { callbackPort: port });
    const [first, second, third] = [
      start({ client }, deps),
      start({ client }, deps),
      start({ client }, deps),
    ];
    const links = await Promise.all([first, second, third].map(linkOf));
    await finishSignIn(links[1] ?? '', { user: 'bob@acme.example' });
    expect(await second.result).toMatchObject({ value: { identity: { account: 'bob@acme.example' } } });
    third.cancel();
    await finishSignIn(links[0] ?? '', { user: 'alice@acme.example' });
    expect(await first.result).toMatchObject({ value: { identity: { account: 'alice@acme.example' } } });
    expect(await third.result).toMatchObject({ failure: { code: 'LOGIN_CANCELLED' } });
    await vi.waitFor(async () => {
      expect(await isListening(port)).toBe(false);
    }, soon);
  });

  test('a callback after Cancel gets the page "start again in the app", and no token is asked for', async () => {
    const deps = { listeners: new CallbackListeners(systemClock), openBrowser: openingOnly };
    const client = clientOf(provider.issuer, { callbackPort: port });
    const [cancelled, other] = [start({ client }, deps), start({ client }, deps)];
    const link = await linkOf(cancelled);
    await linkOf(other);
    cancelled.cancel();
    const delivered = await finishSignIn(link);
    expect(delivered.status).toBe(400);
    expect(delivered.body).toContain('Start again in the app');
    expect(provider.counts.token.authorization_code).toBe(0);
    other.cancel();
  });
});

describe('at a provider that keeps it waiting', () => {
  let provider: MisbehavingProvider;
  beforeEach(async () => {
    provider = await startMisbehavingProvider();
  });
  afterEach(() => provider.close());
  const client = () => clientOf(provider.issuer, { callbackPort: port });

  test('Cancel ends it while discovery hangs', async () => {
    const held = provider.discovery.holdRequests();
    const flow = start({ client: client() });
    await held.arrived;
    flow.cancel();
    expect(await flow.result).toEqual(failed('LOGIN_CANCELLED'));
    expect(flow.authorizationUrl()).toBeUndefined();
  });

  test('a provider in trouble is asked twice, not three times, as a person is waiting', async () => {
    provider.discovery.answerWith(empty(503));
    const result = await start({ client: client() }, { clock: hurriedClock(100) }).result;
    expect(result).toMatchObject({ failure: { code: 'IDP_UNAVAILABLE' } });
    expect(provider.discovery.count).toBe(2);
  });

  test('Cancel ends it while the browser is open, and the port is free', async () => {
    const flow = start({ client: client() }, { openBrowser: openingOnly });
    await linkOf(flow);
    flow.cancel();
    expect(await flow.result).toEqual(failed('LOGIN_CANCELLED'));
    await vi.waitFor(async () => {
      expect(await isListening(port)).toBe(false);
    }, soon);
  });

  test('Cancel ends it while the browser itself hangs', async () => {
    const flow = start({ client: client() }, { openBrowser: () => new Promise(() => undefined) });
    await linkOf(flow);
    flow.cancel();
    expect(await flow.result).toEqual(failed('LOGIN_CANCELLED'));
  });

  test('Cancel ends it while the token request hangs', async () => {
    provider.token.answerWith(stall);
    const held = provider.token.holdRequests();
    const flow = start({ client: client() });
    await held.arrived;
    flow.cancel();
    expect(await flow.result).toEqual(failed('LOGIN_CANCELLED'));
  });

  test('tokens that arrive after Cancel are handed over to be given back, and to nobody else', async () => {
    const held = provider.token.holdAnswers();
    const discarded = vi.fn();
    const flow = start({ client: client() }, { onDiscarded: discarded });
    await held.arrived;
    flow.cancel();
    held.release();
    expect(await flow.result).toEqual(failed('LOGIN_CANCELLED'));
    await vi.waitFor(() => {
      expect(discarded).toHaveBeenCalledOnce();
    }, soon);
  });

  test('the callback page is answered while the token request still hangs', async () => {
    const held = provider.token.holdRequests();
    const flow = start({ client: client() }, { openBrowser: openingOnly });
    const delivered = await finishSignIn(await linkOf(flow));
    expect(delivered).toMatchObject({
      status: 200,
      body: expect.stringContaining('Return to Gatepass') as string,
    });
    await held.arrived;
    held.release();
    expect(await flow.result).toMatchObject({ ok: true });
  });

  test('a port that another program holds is named before any browser opens', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const openBrowser = vi.fn(openingOnly);
    expect(await start({ client: client() }, { openBrowser }).result).toEqual(
      failed('LOGIN_PORT_BUSY', { port }),
    );
    expect(openBrowser).not.toHaveBeenCalled();
    other.close();
  });

  test('a browser that cannot be opened leaves the flow running with its link', async () => {
    const infos: StepInfo[] = [];
    const openBrowser = vi.fn(openingOnly).mockResolvedValueOnce(failed('LOGIN_BROWSER_FAILED'));
    const flow = start({ client: client() }, { openBrowser }, (step, info) => {
      if (step === 'waiting-for-browser') infos.push(info);
    });
    await vi.waitFor(() => {
      expect(infos).toEqual([{ problem: { code: 'LOGIN_BROWSER_FAILED', params: {} } }]);
    }, soon);
    expect(await flow.openAgain()).toMatchObject({ ok: true });
    expect(infos).toHaveLength(2);
    expect(infos[1]).toEqual({});
    await finishSignIn(await linkOf(flow));
    expect(await flow.result).toMatchObject({ ok: true });
  });

  test('nothing comes: the timeout names the redirect address to register', async () => {
    const clock = manualClock();
    const flow = start({ client: client() }, { openBrowser: openingOnly, clock });
    await linkOf(flow);
    await clock.advance(119_999);
    expect(flow.authorizationUrl()).toBeDefined();
    await clock.advance(1);
    expect(await flow.result).toEqual(
      failed('LOGIN_TIMEOUT', { redirectUri: `http://127.0.0.1:${port}/callback` }),
    );
  });

  test('More time adds 120 s, up to 15 minutes after the browser opened', async () => {
    const clock = manualClock();
    const flow = start({ client: client() }, { openBrowser: openingOnly, clock });
    await linkOf(flow);
    const opened = clock.now();
    expect(flow.deadline()).toBe(opened + 120_000);
    await clock.advance(60_000);
    flow.extend();
    expect(flow.deadline()).toBe(opened + 240_000);
    for (let i = 0; i < 10; i++) flow.extend();
    expect(flow.deadline()).toBe(opened + 900_000);
    expect(flow.canExtend()).toBe(false);
    await clock.advance(840_000);
    expect(await flow.result).toMatchObject({ failure: { code: 'LOGIN_TIMEOUT' } });
  });

  test.each([true, false])(
    'the callback path is decided once the metadata has said whether it sends iss: %s',
    async (sendsIss) => {
      await provider.close();
      provider = await startMisbehavingProvider({ profile: { sendsIss } });
      const callbackPath = vi.fn<SignInRequest['callbackPath']>(() => Promise.resolve('/callback/its-own'));
      const flow = start({ client: client(), callbackPath }, { openBrowser: openingOnly });
      const link = await linkOf(flow);
      expect(callbackPath.mock.calls).toEqual([[sendsIss]]);
      expect(new URL(link).searchParams.get('redirect_uri')).toBe(
        `http://127.0.0.1:${port}/callback/its-own`,
      );
      await finishSignIn(link);
      expect(await flow.result).toMatchObject({ ok: true });
    },
  );
});
