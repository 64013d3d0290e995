import { afterEach, beforeEach, expect, test } from 'vitest';
import { redirect, text } from '../../../e2e/servers/answers';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import {
  type MisbehavingProvider,
  type Profile,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { systemClock } from '../base/clock';
import { askAuthorization } from './ask-authorization';
import { discover } from './discover';
import { clientOf, directNetwork } from './testing/client';

const closing: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  closing.length = 0;
});
afterEach(async () => {
  for (const close of closing) await close();
});

const network = directNetwork();
const redirectUri = 'http://127.0.0.1:8666/callback';

async function realProvider(): Promise<IdentityProvider> {
  const provider = await startIdentityProvider({ name: 'Acme' });
  closing.push(() => provider.close());
  return provider;
}

async function misbehaving(profile: Partial<Profile> = {}): Promise<MisbehavingProvider> {
  const provider = await startMisbehavingProvider({ profile });
  closing.push(() => provider.close());
  return provider;
}

async function ask(issuer: string, at = redirectUri, clientId = 'gatepass') {
  const client = clientOf(issuer, { clientId });
  const discovered = await discover({ network, clock: systemClock }, client);
  if (!discovered.ok) throw new Error(discovered.failure.code);
  const answer = await askAuthorization(network, discovered.value, client, at);
  return answer.ok ? answer.value : answer.failure.code;
}

test('a real provider accepts what is registered there, and nobody is signed in by the question', async () => {
  const provider = await realProvider();
  expect(await ask(provider.issuer)).toBe('accepted');
  expect(provider.issued).toEqual([]);
});

test('a redirect address that is not registered is refused, and so is an unknown client', async () => {
  const provider = await realProvider();
  expect(await ask(provider.issuer, 'http://127.0.0.1:8666/other')).toBe('CHECK_REDIRECT_REFUSED');
  expect(await ask(provider.issuer, redirectUri, 'nobody')).toBe('CHECK_REDIRECT_REFUSED');
});

test('a provider that answers at once is believed, and its code is dropped', async () => {
  const provider = await misbehaving();
  expect(await ask(provider.issuer)).toBe('accepted');
  expect(provider.token.requests).toEqual([]);
});

test('a refused scope is named', async () => {
  const provider = await misbehaving({ scopes: ['openid'], unknownScope: 'error' });
  expect(await ask(provider.issuer)).toBe('SCOPE_REJECTED');
});

test('a page or a detour to a sign-in page says nothing, and an outage is called one', async () => {
  const provider = await misbehaving();
  provider.authorize.answerWith(redirect(`${provider.issuer}/login`));
  expect(await ask(provider.issuer)).toBe('unclear');
  provider.authorize.answerWith(text(200, 'text/html', '<p>Sign in</p>'));
  expect(await ask(provider.issuer)).toBe('unclear');
  provider.authorize.answerWith(text(503, 'text/html', ''));
  expect(await ask(provider.issuer)).toBe('IDP_UNAVAILABLE');
});
