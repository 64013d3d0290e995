import { afterEach, beforeEach, expect, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import { failed, failure } from '../base/failure';
import { clientOf } from '../identity/testing/client';
import type { Registry } from '../config';
import { HostConfirmations } from './host-confirmations';
import { openDesk } from './testing/desk';
import { registryOf } from './testing/registry-of';

const host = 'xn--cme-8cd.example';
const warning = failure('CFG_HOST_SUSPICIOUS', { host });
const other = failure('CFG_HOST_SUSPICIOUS', { host: 'xn--lgin-7cd.example' });
const refused = { ok: false, failure: warning };

let provider: IdentityProvider;
beforeEach(async () => {
  provider = await startIdentityProvider({ name: 'Acme' });
});
afterEach(() => provider.close());

/** A desk whose one registry has a host that may imitate another one. */
async function suspiciousDesk(changes: Partial<Registry> = {}) {
  const desk = await openDesk({ issuer: provider.issuer });
  const before = desk.registry('acme') ?? registryOf('acme', clientOf(provider.issuer));
  const registry = { ...before, warnings: [warning], ...changes };
  desk.sessions.configure([registry], 120);
  return { ...desk, registry };
}

test('a host that may imitate another one is confirmed before the first browser opens', async () => {
  const desk = await suspiciousDesk();
  const { sessions, opened } = desk;
  expect(sessions.signIn('acme', 'default')).toEqual(refused);
  expect(sessions.signIn('acme', 'another')).toEqual(refused);
  expect(sessions.signInToAll('acme')).toEqual(failed('OP_STALE'));
  expect(sessions.beforeSignIn('acme')).toEqual(warning);
  expect(sessions.state('acme')).toEqual({ kind: 'signed-out' });
  expect(opened).toEqual([]);

  expect(sessions.signIn('acme', 'default', { host: 'another.example' })).toEqual(refused);
  expect(sessions.signIn('acme', 'default', { host })).toEqual({ ok: true, value: undefined });
  await desk.until('acme', 'signing-in');
  sessions.cancelSignIn('acme');
  // Once is enough.
  expect(sessions.beforeSignIn('acme')).toBeUndefined();
  await desk.startSignIn('acme');
  sessions.cancelSignIn('acme');
});

test('a sign-in that is kept speaks for its hosts, also after a restart; signing out ends that', async () => {
  const desk = await suspiciousDesk();
  const { sessions, registry } = desk;
  sessions.confirmAll(registry);
  await desk.signIn('acme');
  const again = await desk.restart();
  again.sessions.configure([registry], 120);
  expect(again.sessions.signIn('acme', 'default')).toEqual({ ok: true, value: undefined });
  again.sessions.cancelSignIn('acme');
  await again.sessions.signOut('acme');
  expect(again.sessions.signIn('acme', 'default')).toEqual(refused);
});

test('every host is asked for by itself, other warnings and what a policy names are not', () => {
  const registry = registryOf('acme', clientOf('https://login.acme.example'));
  const hosts = new HostConfirmations();
  const named = { ...registry, warnings: [failure('CFG_ISSUER_ORG_SERVER'), warning, other] };
  expect(hosts.toConfirm({ ...registry, warnings: [failure('CFG_ISSUER_ORG_SERVER')] })).toBeUndefined();
  expect(hosts.toConfirm({ ...named, source: 'policy-enforced', locked: true })).toBeUndefined();
  expect(hosts.toConfirm({ ...named, source: 'policy-default' })).toBeUndefined();
  expect(hosts.toConfirm({ ...named, source: 'toolhive' })).toBe(warning);
  hosts.confirm(host);
  expect(hosts.toConfirm(named)).toBe(other);
  hosts.confirmAll(named);
  expect(hosts.toConfirm(named)).toBeUndefined();
});
