import { afterEach, beforeEach, expect, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import { startMisbehavingProvider } from '../../../e2e/servers/misbehaving-provider';
import { failed, failure } from '../base/failure';
import type { Registry } from '../config';
import { clientOf } from '../identity/testing/client';
import { IssuerChanges } from './issuer-changes';
import { type Desk, openDesk } from './testing/desk';
import { registryOf } from './testing/registry-of';

let before: IdentityProvider;
let after: IdentityProvider;
beforeEach(async () => {
  before = await startIdentityProvider({ name: 'Before' });
  after = await startIdentityProvider({ name: 'After' });
});
afterEach(async () => {
  await before.close();
  await after.close();
});

const changed = () => failure('CFG_ISSUER_CHANGED', { former: before.issuer, issuer: after.issuer });
const refused = () => ({ ok: false, failure: changed() });

/** Somebody edits the file: the registry names the other sign-in service. */
function editFile(desk: Desk, changes: Partial<Registry> = {}): void {
  const now = desk.registry('acme') ?? registryOf('acme', clientOf(before.issuer));
  const auth = { ...registryOf('acme', clientOf(after.issuer)).auth };
  desk.sessions.configure([{ ...now, auth, ...changes }], 120);
}

test('another issuer in the file is confirmed before a browser opens, and then asked about no more', async () => {
  const desk = await openDesk({ issuer: before.issuer });
  await desk.signIn('acme');
  const { sessions, opened } = desk;
  const links = opened.length;
  editFile(desk);
  expect(sessions.beforeSignIn('acme')).toEqual(changed());
  expect(sessions.signIn('acme', 'default')).toEqual(refused());
  expect(sessions.signIn('acme', 'another')).toEqual(refused());
  expect(sessions.signInToAll('acme')).toEqual(failed('OP_STALE'));
  expect(sessions.signIn('acme', 'default', { issuer: before.issuer })).toEqual(refused());
  expect(opened).toHaveLength(links);
  expect(after.requests).toEqual([]);

  expect(sessions.signIn('acme', 'default', { issuer: after.issuer })).toEqual({
    ok: true,
    value: undefined,
  });
  expect(sessions.beforeSignIn('acme')).toBeUndefined();
  await expect.poll(() => opened.length).toBe(links + 1);
  sessions.cancelSignIn('acme');
  expect(sessions.beforeSignIn('acme')).toBeUndefined();
  await desk.signIn('acme');
  expect(before.counts.token.refresh_token).toBe(0);

  const again = await desk.restart();
  editFile(again);
  expect(again.sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
  expect(again.sessions.beforeSignIn('acme')).toBeUndefined();
});

test('so is one that was written while the app did not run, and the change of a change', async () => {
  const desk = await openDesk({ issuer: before.issuer });
  await desk.signIn('acme');
  const again = await desk.restart();
  editFile(again);
  expect(again.sessions.signIn('acme', 'default')).toEqual(refused());
  const third = 'https://login.third.example';
  editFile(again, { auth: registryOf('acme', clientOf(third)).auth });
  expect(again.sessions.signIn('acme', 'default', { issuer: after.issuer })).toMatchObject({
    failure: { code: 'CFG_ISSUER_CHANGED', params: { former: before.issuer, issuer: third } },
  });
});

test('leaving it and undoing the change brings the session back, without a question', async () => {
  const desk = await openDesk({ issuer: before.issuer });
  await desk.signIn('acme');
  editFile(desk);
  desk.sessions.configure([registryOf('acme', clientOf(before.issuer))], 120);
  expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in' });
  expect(desk.sessions.beforeSignIn('acme')).toBeUndefined();
});

test('"Sign in to all" leaves out the one to confirm', async () => {
  const desk = await openDesk({ issuer: before.issuer });
  await desk.signIn('acme');
  const { sessions } = desk;
  const links = desk.opened.length;
  const client = clientOf(after.issuer);
  sessions.configure([registryOf('acme', client), registryOf('other', client)], 120);
  sessions.signInToAll('acme');
  await desk.until('other', 'signing-in');
  expect(sessions.state('acme')).toEqual({ kind: 'signed-out' });
  sessions.cancelSignIn('other');
  expect(desk.opened.length).toBeLessThanOrEqual(links + 1);
});

test('a change that a policy makes is told and needs nobody’s word', async () => {
  const desk = await openDesk({ issuer: before.issuer });
  await desk.signIn('acme');
  const told = { ...changed(), code: 'CFG_POLICY_ISSUER_CHANGED' };
  for (const source of ['policy-enforced', 'policy-default'] as const) {
    editFile(desk, { source });
    expect(desk.sessions.beforeSignIn('acme')).toEqual(told);
  }
  expect(desk.sessions.signIn('acme', 'default')).toEqual({ ok: true, value: undefined });
  expect(desk.sessions.beforeSignIn('acme')).toBeUndefined();
  desk.sessions.cancelSignIn('acme');
  expect(desk.sessions.beforeSignIn('acme')).toEqual(told);
});

test('who signed out first, or never signed in, is asked nothing', async () => {
  const desk = await openDesk({ issuer: before.issuer });
  editFile(desk);
  expect(desk.sessions.beforeSignIn('acme')).toBeUndefined();
  editFile(desk, { auth: registryOf('acme', clientOf(before.issuer)).auth });
  await desk.signIn('acme');
  editFile(desk);
  editFile(desk, { auth: registryOf('acme', clientOf(before.issuer)).auth });
  await desk.sessions.signOut('acme');
  editFile(desk);
  expect(desk.sessions.beforeSignIn('acme')).toBeUndefined();
});

test('a session without a record, because it brought no refresh token, counts as well', async () => {
  const brief = await startMisbehavingProvider({});
  brief.behaviour.tokenResponse = { refresh_token: undefined };
  const desk = await openDesk({ issuer: brief.issuer });
  await desk.signIn('acme');
  expect(await desk.vault.list()).toEqual([]);
  editFile(desk);
  expect(desk.sessions.beforeSignIn('acme')).toEqual(
    failure('CFG_ISSUER_CHANGED', { former: brief.issuer, issuer: after.issuer }),
  );
  await brief.close();
});

test('an issuer that only looks like the old one is shown in punycode; a slash more is no change', () => {
  const changes = new IssuerChanges();
  const at = (issuer: string) => registryOf('acme', clientOf(issuer));
  const record = { registry: 'https://acme.example', issuer: 'https://login.acme.example/a', signedInAt: 1 };
  const askedOf = (issuer: string) => {
    changes.follow([at(issuer)], [], [record]);
    return changes.of(at(issuer));
  };
  expect(askedOf('https://login.acme.example/a/')).toBeUndefined();
  const lookalike = 'https://login.\u0430cme.example/a';
  const shown = 'https://login.xn--cme-5cd.example/a';
  expect(askedOf(lookalike)?.params).toEqual({ former: record.issuer, issuer: shown });
  changes.confirm(at(lookalike), shown);
  expect(changes.of(at(lookalike))).toBeUndefined();
});

test('the latest of several records tells where the person was', () => {
  const changes = new IssuerChanges();
  const registry = registryOf('acme', clientOf('https://d.example'));
  const elsewhere = { ...registryOf('two', clientOf('https://c.example')), url: registry.url };
  const record = (issuer: string, signedInAt: number) => ({ registry: registry.url, issuer, signedInAt });
  const records = [
    record('https://b.example', 2),
    record('https://a.example', 1),
    record('https://c.example', 3),
  ];
  changes.follow([registry, elsewhere], [], records);
  expect(changes.of(registry)?.params['former']).toBe('https://b.example');
});
