import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { revocationFaults, startMisbehavingProvider } from '../../../e2e/servers/misbehaving-provider';
import type { MisbehavingProvider } from '../../../e2e/servers/misbehaving-provider';
import { failed } from '../base/failure';
import { Secret } from '../base/secret';
import { directNetwork, impatientNetwork } from './testing/client';
import { holdSession } from './testing/session';
import { revoke } from './revoke';

vi.setConfig({ testTimeout: 30_000 });

let provider: MisbehavingProvider;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
});
afterEach(() => provider.close());

test('a revoked refresh token is dead at the provider', async () => {
  const session = await holdSession(provider.issuer);
  const token = session.current();
  const result = await revoke({ network: directNetwork() }, session.provider, token, session.client);
  expect(result).toEqual({ ok: true, value: 'revoked' });
  expect(provider.grants.isValid(token.reveal())).toBe(false);
  expect(Object.fromEntries(provider.revocation.requests[0]?.params ?? [])).toEqual({
    token: token.reveal(),
    token_type_hint: 'refresh_token',
    client_id: 'gatepass',
  });
});

test.each(revocationFaults)('answer %s is a value, asked for once', async (name, misbehave) => {
  misbehave(provider);
  const session = await holdSession(provider.issuer);
  const network = name === 'no answer' ? impatientNetwork(200) : directNetwork();
  const result = await revoke({ network }, session.provider, new Secret('some-token'), session.client);
  const expected: Record<string, unknown> = {
    '204': { ok: true, value: 'revoked' },
    absent: { ok: true, value: 'not-offered' },
  };
  expect(result).toEqual(expected[name] ?? failed('REVOKE_FAILED', { issuer: provider.issuer }));
  expect(provider.revocation.count).toBe(name === 'absent' ? 0 : 1);
});

test('it is given 5 s', async () => {
  const session = await holdSession(provider.issuer);
  let deadline: number | undefined;
  const network = {
    fetch: (_url: string, request: { deadlineMs?: number } = {}) => {
      deadline = request.deadlineMs;
      return Promise.resolve(new Response());
    },
  };
  await revoke({ network }, session.provider, new Secret('some-token'), session.client);
  expect(deadline).toBe(5000);
});
