import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Glewlwyd, startGlewlwyd, whyNoGlewlwyd } from '../../../e2e/servers/glewlwyd';
import { success } from '../base/failure';
import { revoke } from './revoke';
import { directNetwork } from './testing/client';
import { freePort } from '../../../e2e/servers/free-port';
import { type HeldSession, holdSession } from './testing/session';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const missing = whyNoGlewlwyd();

describe.skipIf(missing !== undefined)(missing ?? 'a real Glewlwyd', () => {
  let glewlwyd: Glewlwyd;
  let session: HeldSession;

  beforeEach(async () => {
    const callbackPort = await freePort();
    const redirectUri = `http://127.0.0.1:${callbackPort}/callback`;
    glewlwyd = await startGlewlwyd({ port: await freePort(), clientId: 'gatepass', redirectUri });
    const openBrowser = async (url: string) => {
      await glewlwyd.finishSignIn(url);
      return success(undefined);
    };
    session = await holdSession(glewlwyd.issuer, { callbackPort, scopes: ['openid'] }, { openBrowser });
  });
  afterEach(() => glewlwyd.close());

  test('a person signs in, and the session is refreshed as often as needed, with a new token each time', async () => {
    expect(session.tokens).toMatchObject({ identity: { account: 'alice@acme.example' }, missingScopes: [] });
    expect((await session.refresh()).kind).toBe('ok');
    expect((await session.refresh()).kind).toBe('ok');
    const used = [session.tokens.refreshToken, ...session.rotated].map((token) => token?.reveal());
    expect(new Set(used).size).toBe(3);
  });

  test('a refresh token that was used is refused with an empty body, and ends the sign-in', async () => {
    const first = session.current();
    await session.refresh();
    expect(await session.refresh({ token: first })).toMatchObject({
      kind: 'refused-without-reason',
      failure: { code: 'SESSION_ENDED' },
    });
  });

  test('it does not let a public client revoke: signing out says so, once', async () => {
    const asked: string[] = [];
    const network = directNetwork();
    const watched: typeof network = {
      fetch: (url, request) => {
        asked.push(url);
        return network.fetch(url, request);
      },
    };
    const revoked = await revoke({ network: watched }, session.provider, session.current(), session.client);
    expect(revoked).toMatchObject({ ok: false, failure: { code: 'REVOKE_FAILED' } });
    expect(asked).toEqual([session.provider.metadata.revocation_endpoint]);
  });
});
