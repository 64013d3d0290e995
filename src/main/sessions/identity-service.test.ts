import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { html, json } from '../../../e2e/servers/answers';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { finishSignIn } from '../../../e2e/servers/browser';
import { type ManualClock, manualClock } from '../base/manual-clock';
import { clientOf } from '../identity/testing/client';
import { type Desk, openDesk } from './testing/desk';

let provider: MisbehavingProvider;
let clock: ManualClock;
let desk: Desk;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
  // The present, as ID tokens are judged by it.
  clock = manualClock(Date.now());
  desk = await openDesk({ issuer: provider.issuer, signInClock: clock });
});
afterEach(() => provider.close());

const hour = 3_600_000;

/** A sign-in that the provider does not let succeed. */
async function failToSignIn(): Promise<void> {
  await finishSignIn(await desk.startSignIn('acme'));
  await desk.until('acme', 'error');
}

describe('what is known of a provider', () => {
  test('serves the next sign-ins for an hour: neither metadata nor keys are fetched again', async () => {
    await desk.signIn('acme');
    await desk.sessions.signOut('acme');
    await clock.advance(hour - 1);
    await desk.signIn('acme');
    expect([provider.discovery.count, provider.jwks.count]).toEqual([1, 1]);
    await desk.sessions.signOut('acme');
    await clock.advance(1);
    await desk.signIn('acme');
    expect(provider.discovery.count).toBe(2);
  });

  test('is doubted after a sign-in that failed, so that the next one finds endpoints that moved', async () => {
    await desk.signIn('acme');
    await desk.sessions.signOut('acme');
    provider.token.answerOnce(json(404, {}));
    await failToSignIn();
    expect(provider.discovery.count).toBe(1);
    await desk.signIn('acme');
    expect(provider.discovery.count).toBe(2);
  });

  test('is not doubted because a person changed their mind', async () => {
    await desk.signIn('acme');
    await desk.sessions.signOut('acme');
    await desk.startSignIn('acme');
    desk.sessions.cancelSignIn('acme');
    await desk.signIn('acme');
    expect(provider.discovery.count).toBe(1);
  });

  test('is nothing while it cannot be discovered, and a page in the way is not remembered', async () => {
    const client = clientOf(provider.issuer);
    expect([desk.identity.known(client), desk.identity.advertisesIss(provider.issuer)]).toEqual([
      undefined,
      undefined,
    ]);
    provider.discovery.answerOnce(html());
    expect(await desk.identity.prepare(client)).toMatchObject({ failure: { code: 'DISC_NOT_JSON' } });
    expect(await desk.identity.prepare(client)).toMatchObject({ ok: true });
    expect(desk.identity.known(client)?.metadata.issuer).toBe(provider.issuer);
    expect(desk.identity.advertisesIss(provider.issuer)).toBe(true);
  });

  test('under one rule for PKCE says nothing under another', async () => {
    provider.behaviour.metadata = { code_challenge_methods_supported: undefined };
    const assuming = clientOf(provider.issuer, { pkce: 'assume-s256' });
    expect((await desk.identity.prepare(assuming)).ok).toBe(true);
    expect(await desk.identity.prepare(clientOf(provider.issuer))).toMatchObject({
      failure: { code: 'DISC_NO_PKCE' },
    });
  });

  test('stays told, for people who help, when it is doubted', async () => {
    await desk.signIn('acme');
    provider.token.answerOnce(json(404, {}));
    await finishSignIn(await desk.startSignIn('acme'));
    await desk.until('acme', 'signed-in');
    expect(desk.identity.known(clientOf(provider.issuer))).toBeDefined();
  });
});

test('a revocation finds the provider by itself', async () => {
  await desk.signIn('acme');
  const token = provider.issued.find(({ kind }) => kind === 'refresh_token')?.value ?? '';
  const again = await desk.restart();
  await again.sessions.signOut('acme');
  await expect.poll(() => provider.grants.isValid(token)).toBe(false);
});
