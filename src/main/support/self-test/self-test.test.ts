import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../../../../e2e/servers/identity-provider';
import { type Registry as RegistryServer, startRegistry } from '../../../../e2e/servers/registry';
import type { CheckName, CheckTarget, SelfTestRun } from '../../../contract/self-test';
import { systemClock } from '../../base/clock';
import { success } from '../../base/failure';
import { createNetwork } from '../../base/net';
import type { Effective, Registry } from '../../config';
import { askAuthorization, discover } from '../../identity';
import { clientOf } from '../../identity/testing/client';
import { freePort } from '../../../../e2e/servers/free-port';
import { aRegistry } from '../../registry/testing/registries';
import { SelfTest } from './self-test';

vi.setConfig({ testTimeout: 30_000 });

const network = createNetwork({ resolveProxy: () => Promise.resolve('DIRECT'), clock: systemClock });
let provider: IdentityProvider;
let server: RegistryServer;
let registry: Registry;
let runs: SelfTestRun[];
beforeEach(async () => {
  const callbackPort = await freePort();
  provider = await startIdentityProvider({ name: 'Acme' });
  server = await startRegistry({
    name: 'Acme',
    issuer: provider.issuer,
    audience: 'https://registry.acme.example',
  });
  const oauth = clientOf(provider.issuer, { callbackPort });
  registry = aRegistry(server.url, { auth: { type: 'oauth', oauth, isCallbackPathWritten: false } });
  runs = [];
});
afterEach(async () => {
  await Promise.all([provider.close(), server.close()]);
});

function selfTest(more: Partial<ConstructorParameters<typeof SelfTest>[0]> = {}): SelfTest {
  return new SelfTest({
    clock: systemClock,
    network,
    resolveProxy: () => Promise.resolve('DIRECT'),
    authorities: () => Promise.resolve(undefined),
    registry: (id) => (id === registry.id ? registry : undefined),
    sessions: { state: () => ({ kind: 'signed-out' }), redirectUri: () => undefined },
    reachability: () => undefined,
    discover: (client, signal) => discover({ network, clock: systemClock }, client, { signal, tries: 1 }),
    askAuthorization: (found, client, redirectUri, signal) =>
      askAuthorization(network, found, client, redirectUri, signal),
    configuration: () => ({ registries: [registry], problems: [] }) as unknown as Effective,
    policies: () => Promise.resolve([{ location: '/etc/gatepass/policy.yaml', kind: 'absent' }]),
    profileFolder: process.cwd(),
    keychain: {
      read: () => Promise.resolve(success(undefined)),
      write: () => Promise.resolve(success(undefined)),
      remove: () => Promise.resolve(success(true)),
    },
    gateway: () => ({ kind: 'off' }),
    changed: (run) => runs.push(run),
    ...more,
  });
}

async function runOf(test: SelfTest, target: CheckTarget): Promise<SelfTestRun> {
  expect(test.start(target)).toEqual({ ok: true, value: undefined });
  await vi.waitFor(() => {
    expect(test.run?.state).not.toBe('running');
  }, 20_000);
  if (test.run === undefined) throw new Error('no run');
  return test.run;
}
const ofRegistry: CheckTarget = { kind: 'registry', registryId: 'acme' };
const verdictOf = (run: SelfTestRun, name: CheckName) => {
  const check = run.checks.find((each) => each.name === name);
  return check?.state === 'done' ? [check.outcome.verdict, check.outcome.problem?.code] : [check?.state];
};

test('a good registry passes everything, nobody is signed in, and no token is asked for', async () => {
  const run = await runOf(selfTest(), ofRegistry);
  const verdicts = run.checks.map(({ name }) => `${name} ${verdictOf(run, name)[0] ?? ''}`);
  expect(verdicts).toEqual([
    'configuration pass',
    'session pass',
    'proxy pass',
    'registry-dns pass',
    'registry-tls not-needed',
    'registry-answer pass',
    'provider-dns pass',
    'provider-tls not-needed',
    'discovery pass',
    'issuer pass',
    'pkce pass',
    'clock pass',
    'redirect-address pass',
    'redirect-accepted pass',
    'callback-port pass',
    'loopback pass',
  ]);
  expect(provider.issued).toEqual([]);
  expect(runs[0]).toMatchObject({ state: 'running' });
  expect(runs.at(-1)).toBe(run);
});

test('a redirect address that is not registered is named without a sign-in', async () => {
  const { auth } = registry;
  if (auth.type !== 'oauth') throw new Error('no OAuth');
  const oauth = { ...auth.oauth, callbackPath: '/not-registered' };
  registry = { ...registry, auth: { ...auth, oauth } };
  const run = await runOf(selfTest(), ofRegistry);
  expect(verdictOf(run, 'redirect-accepted')).toEqual(['fail', 'CHECK_REDIRECT_REFUSED']);
});

test('a provider that is gone fails once; what depends on it is left out, what does not goes on', async () => {
  await provider.close();
  const run = await runOf(selfTest(), ofRegistry);
  expect(verdictOf(run, 'discovery')).toEqual(['fail', 'NET_REFUSED']);
  for (const name of ['issuer', 'pkce', 'clock', 'redirect-accepted'] as const)
    expect(verdictOf(run, name)).toEqual(['left-out', undefined]);
  expect(verdictOf(run, 'callback-port')).toEqual(['pass', undefined]);
  provider = await startIdentityProvider({ name: 'Acme' });
});

test('a registry without a sign-in has no checks of one', async () => {
  registry = aRegistry(server.url);
  const run = await runOf(selfTest(), ofRegistry);
  expect(run.checks.map(({ name }) => name)).not.toContain('discovery');
});

test('the computer is checked beside any registry', async () => {
  const run = await runOf(selfTest(), { kind: 'computer' });
  expect(verdictOf(run, 'keychain')).toEqual(['fail', 'STORE_UNAVAILABLE']);
  expect(verdictOf(run, 'policies')).toEqual(['pass', undefined]);
});

test('a run can be stopped, keeps what it found, and another one can begin', async () => {
  const test = selfTest({ discover: () => new Promise(() => undefined) });
  test.start(ofRegistry);
  await vi.waitFor(() => {
    expect(test.run?.checks.find(({ name }) => name === 'discovery')?.state).toBe('running');
  });
  test.cancel();
  await vi.waitFor(() => {
    expect(test.run?.state).toBe('cancelled');
  });
  expect(test.run && verdictOf(test.run, 'registry-answer')).toEqual(['pass', undefined]);
  expect((await runOf(test, { kind: 'computer' })).state).toBe('done');
});

test('a registry that is gone cannot be checked', () => {
  expect(selfTest().start({ kind: 'registry', registryId: 'gone' })).toMatchObject({
    failure: { code: 'OP_STALE' },
  });
});
