import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Answer, empty, html, huge, json, reset, stall, text } from '../../../e2e/servers/answers';
import { startIdentityProvider } from '../../../e2e/servers/identity-provider';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { systemClock } from '../base/clock';
import { discover } from './discover';
import { clientOf, directNetwork, impatientNetwork } from './testing/client';
import { checkTokenEndpoint } from './token-endpoint-check';

let misbehaving: MisbehavingProvider;
beforeAll(async () => {
  misbehaving = await startMisbehavingProvider();
});
afterEach(() => {
  misbehaving.token.behave();
});
afterAll(() => misbehaving.close());

async function check(issuer: string, network = directNetwork()) {
  const client = clientOf(issuer);
  const provider = await discover({ network, clock: systemClock }, client);
  if (!provider.ok) throw new Error(provider.failure.code);
  return checkTokenEndpoint({ network, clock: systemClock }, provider.value, client);
}

test('a real provider refuses a request for nothing, and works', async () => {
  const provider = await startIdentityProvider({ name: 'Acme' });
  expect(await check(provider.issuer)).toEqual({ kind: 'working' });
  await provider.close();
});

test.each<[string, Answer]>([
  ['400 with the name of an error', json(400, { error: 'invalid_request' })],
  ['401 with the name of an error', json(401, { error: 'invalid_client' })],
  ['403 with the name of an error', json(403, { error: 'unsupported_grant_type' })],
  ['400 and empty, as some answer every error', empty(400)],
  ['400 with plain text', text(400, 'text/plain', 'Bad Request')],
])('%s is the answer of an endpoint that works', async (_name, answer) => {
  misbehaving.token.answerWith(answer);
  expect(await check(misbehaving.issuer)).toEqual({ kind: 'working' });
});

test.each<[string, Answer, string]>([
  ['500', empty(500), 'IDP_UNAVAILABLE'],
  ['503', empty(503), 'IDP_UNAVAILABLE'],
  ['400 temporarily_unavailable', json(400, { error: 'temporarily_unavailable' }), 'IDP_UNAVAILABLE'],
  ['429', empty(429), 'IDP_RATE_LIMITED'],
  ['200 with HTML, as a captive portal answers', html(), 'TOKEN_BAD_RESPONSE'],
  ['200 and empty', empty(200), 'TOKEN_BAD_RESPONSE'],
  ['a redirect', empty(302, { location: '/maintenance' }), 'TOKEN_BAD_RESPONSE'],
  ['403 with HTML, as a firewall answers', html(403), 'TOKEN_BAD_RESPONSE'],
  ['an endless body', huge(2 * 1024 * 1024), 'TOKEN_BAD_RESPONSE'],
  ['a broken connection', reset, 'NET_INTERRUPTED'],
])('%s is the answer of one in trouble', async (_name, answer, code) => {
  misbehaving.token.answerWith(answer);
  expect(await check(misbehaving.issuer)).toMatchObject({ kind: 'in-trouble', failure: { code } });
});

test('no answer at all is trouble too', async () => {
  misbehaving.token.answerWith(stall);
  expect(await check(misbehaving.issuer, impatientNetwork(500))).toMatchObject({
    kind: 'in-trouble',
    failure: { code: 'NET_TIMEOUT' },
  });
});

test('how long to wait is passed on', async () => {
  misbehaving.token.answerWith(empty(503, { 'retry-after': '7' }));
  expect(await check(misbehaving.issuer)).toMatchObject({ retryAfterMs: 7_000 });
});

test('the request carries neither grant nor token', async () => {
  await check(misbehaving.issuer);
  const [request] = misbehaving.token.requests.slice(-1);
  expect(Object.fromEntries(request?.params ?? [])).toEqual({ client_id: 'gatepass' });
});
