import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  codeExchangeRows,
  refreshRows,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import type { MisbehavingProvider, TokenRow } from '../../../e2e/servers/misbehaving-provider';
import { NetworkError } from '../base/net';
import { classify } from './classify';
import { clientOf, impatientNetwork, start } from './testing/client';
import { freePort } from '../../../e2e/servers/free-port';
import { holdSession } from './testing/session';

vi.setConfig({ testTimeout: 30_000 });

let provider: MisbehavingProvider;
let port: number;
const printed: string[] = [];
beforeEach(async () => {
  provider = await startMisbehavingProvider();
  port = await freePort();
  printed.length = 0;
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
});
afterEach(() => provider.close());

/** Everything that may never be seen outside: what was handed out, and what was sent with it. */
function secrets(): string[] {
  const sent = provider.token.requests.flatMap(({ params }) =>
    ['code', 'code_verifier', 'refresh_token'].map((name) => params.get(name) ?? ''),
  );
  const asked = provider.authorize.requests.flatMap(({ params }) =>
    ['state', 'nonce'].map((name) => params.get(name) ?? ''),
  );
  const found = [...provider.issued.map(({ value }) => value), ...sent, ...asked].filter(Boolean);
  return [...new Set(found)];
}

function expectNoSecretIn(value: unknown): void {
  const text = [JSON.stringify(value), inspect(value, { depth: 20, showHidden: true }), ...printed].join(
    '\n',
  );
  expect(secrets().length).toBeGreaterThan(3);
  for (const secret of secrets()) expect(text).not.toContain(secret);
}

const hangs = ({ code }: TokenRow) => code === 'NET_TIMEOUT' || code === 'LOGIN_INTERRUPTED';

test('no failed sign-in shows a code, verifier, state, nonce or token', async () => {
  for (const row of codeExchangeRows.filter((one) => !hangs(one))) {
    row.misbehave(provider);
    const result = await start({ client: clientOf(provider.issuer, { callbackPort: port }) }).result;
    expect(result.ok).toBe(false);
    expectNoSecretIn(result);
    provider.token.behave();
    provider.behaviour.tokenResponse = {};
    provider.behaviour.idToken = undefined;
  }
});

test('no failed refresh shows a token, nor does one that works', async () => {
  const session = await holdSession(provider.issuer);
  for (const row of refreshRows) {
    row.misbehave(provider);
    const outcome = await session.refresh(hangs(row) ? { network: impatientNetwork(100) } : {});
    expectNoSecretIn(outcome);
    provider.token.behave();
    provider.behaviour.tokenResponse = {};
  }
  expectNoSecretIn(await session.refresh());
});

test('whatever is thrown, nothing of it is kept', () => {
  const canary = 'canary-token-9f8e7d';
  const body = Object.assign(new Error(canary, { cause: { body: { access_token: canary } } }), {
    code: 'OAUTH_INVALID_RESPONSE',
    body: canary,
  });
  const thrown: unknown[] = [
    body,
    Object.assign(new TypeError(canary, { cause: body }), { code: canary }),
    new AggregateError([body], canary),
    { code: canary, message: canary },
    canary,
    undefined,
    new NetworkError('interrupted', 'login.acme.example', true),
  ];
  for (const one of thrown) expect(inspect(classify(one))).not.toContain(canary);
});

test('a network error carries a host, and neither address nor cause', () => {
  const error = new NetworkError('tls', 'login.acme.example', false);
  expect(error.cause).toBeUndefined();
  expect(error.message).toBe('tls: login.acme.example');
});
