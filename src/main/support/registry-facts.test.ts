import { afterEach, beforeEach, expect, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import type { Reachability } from '../../contract/view-model';
import { systemClock } from '../base/clock';
import { failure } from '../base/failure';
import { type Desk, openDesk } from '../sessions/testing/desk';
import { type FactSources, registryFacts } from './registry-facts';
import { SessionHistory } from './session-history';

let provider: IdentityProvider;
let history: SessionHistory;
let desk: Desk;
let planned: number | undefined;
beforeEach(async () => {
  planned = undefined;
  provider = await startIdentityProvider({ name: 'Acme' });
  history = new SessionHistory(systemClock);
  desk = await openDesk({ issuer: provider.issuer });
  desk.sessions.onChange((id, event) => {
    history.note(id, event);
  });
});
afterEach(async () => {
  await provider.close();
});

function sources(reachability?: Reachability): FactSources {
  return {
    registry: (id) => desk.registry(id),
    sessions: desk.sessions,
    vault: desk.vault,
    providers: desk.identity,
    reachability: () => reachability,
    history,
    nextRefreshAt: () => planned,
  };
}

test('before a sign-in nothing is held, nothing was discovered, and nobody was asked', async () => {
  expect(await registryFacts(sources(), 'acme')).toEqual({
    state: 'signed-out',
    keySource: { kind: 'pending' },
    refreshToken: { kind: 'absent' },
    accessToken: { kind: 'absent' },
    openAttempts: 0,
    counters: { signIns: 0, refreshes: 0, failures: 0 },
    times: {},
  });
  expect(provider.requests).toEqual([]);
  expect(await registryFacts(sources(), 'unknown')).toBeUndefined();
});

test('after one, everything is told but the tokens', async () => {
  await desk.signIn('acme');
  const facts = await registryFacts(sources(), 'acme');
  expect(facts).toMatchObject({
    state: 'signed-in',
    keySource: { kind: 'keychain' },
    refreshToken: { kind: 'present', length: '1–63', kept: 'sealed' },
    accessToken: { kind: 'present', kept: 'memory' },
    counters: { signIns: 1, refreshes: 0, failures: 0 },
    discovered: { issuer: provider.issuer, namesItselfInAnswers: true },
  });
  expect(facts?.discovered?.endpoints.map(({ name }) => name)).toContain('token_endpoint');
  const { signedInAt = 0, nextRefreshAt = 0, accessUntil = 0 } = facts?.times ?? {};
  expect(Math.abs(accessUntil - signedInAt - 300_000)).toBeLessThan(60_000);
  expect(accessUntil - nextRefreshAt).toBe(40_000);

  planned = signedInAt + 1234;
  expect((await registryFacts(sources(), 'acme'))?.times.nextRefreshAt, 'as scheduled').toBe(planned);

  const told = JSON.stringify(facts);
  expect(provider.issued.length).toBeGreaterThan(3);
  for (const { value } of provider.issued) expect(told).not.toContain(value);
});

test('after a restart the sealed token is still told of, without asking the keychain', async () => {
  await desk.signIn('acme');
  desk = await desk.restart();
  expect(await registryFacts(sources(), 'acme')).toMatchObject({
    state: 'signed-in',
    keySource: { kind: 'pending' },
    refreshToken: { kind: 'present', length: '1–63', kept: 'sealed' },
    accessToken: { kind: 'absent' },
  });
});

test('the latest of all errors is told, whoever noticed it', async () => {
  await desk.signIn('acme');
  provider.revokeGrants();
  await desk.sessions.accessToken('acme', { force: true });
  expect(await registryFacts(sources(), 'acme')).toMatchObject({
    state: 'expired',
    refreshToken: { kind: 'absent' },
    lastError: { code: 'SESSION_ENDED' },
    counters: { signIns: 1, failures: 1 },
  });
  const forbidden: Reachability = {
    kind: 'fails',
    checkedAt: Date.now() + 1000,
    problem: failure('REGISTRY_FORBIDDEN'),
  };
  expect(await registryFacts(sources(forbidden), 'acme')).toMatchObject({
    lastError: { code: 'REGISTRY_FORBIDDEN', at: forbidden.checkedAt },
  });
});
