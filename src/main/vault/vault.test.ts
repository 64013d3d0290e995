import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { recordNameOf } from './session-key';
import { slotOf } from '../base/slot';
import { endNow } from './testing/end-now';
import { codeOf, tokenIn, valueOf } from './testing/results';
import { engineering, finance, testProfile } from './testing/test-vault';

const token = (text: string) => new Secret(`refresh-token-${text}`);
const fields = { account: 'ada@corp.example', subject: 'ada', grantedScope: 'openid' };

test('a session is found and opened again after a restart', async () => {
  const profile = testProfile();
  const first = await profile.open();
  const stored = valueOf(await first.store(engineering, fields, token('1')));
  expect(stored).toEqual({
    version: 1,
    slot: slotOf(engineering.registry, engineering.issuer),
    ...engineering,
    ...fields,
    signedInAt: profile.clock.now(),
    refreshedAt: profile.clock.now(),
  });

  const second = await profile.open();
  expect(await second.list()).toEqual([stored]);
  expect(second.find(engineering)).toEqual(stored);
  expect(second.find(finance)).toBeUndefined();
  expect(tokenIn(await second.open(engineering))).toBe('refresh-token-1');
  expect(second.whyNotRemembered(engineering)).toBeUndefined();
});

test('a key is the same whichever way its URLs are written, and another for another client', async () => {
  const vault = await testProfile().open();
  await vault.store(engineering, fields, token('1'));
  expect(
    vault.find({ ...engineering, registry: 'HTTPS://Registry.corp.example/engineering/' }),
  ).toBeDefined();
  expect(vault.find({ ...engineering, clientId: 'other' })).toBeUndefined();
  expect(vault.find({ ...engineering, issuer: 'https://login.corp.example/tenant' })).toBeUndefined();
});

test('listing sessions never asks the keychain', async () => {
  const profile = testProfile();
  await (await profile.open()).store(engineering, fields, token('1'));
  profile.keychain.calls.length = 0;
  const vault = await profile.open();
  expect(await vault.list()).toHaveLength(1);
  expect(profile.keychain.calls).toEqual([]);
  expect(vault.keySource()).toBe('pending');
});

test('a rotation replaces the token, and the new one is there after a restart', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, fields, token('1'));
  const ticket = valueOf(await vault.beginRefresh(engineering));
  expect(ticket.refreshToken.reveal()).toBe('refresh-token-1');
  expect(ticket.attempt).toBe(1);
  expect(ticket.record.subject).toBe('ada');
  await profile.clock.advance(1_000);
  valueOf(await ticket.commit(token('2'), { lastUsedAt: 5 }));
  const restarted = await profile.open();
  expect(restarted.find(engineering)).toMatchObject({ lastUsedAt: 5, refreshedAt: profile.clock.now() });
  expect(restarted.find(engineering)).not.toHaveProperty('attempt');
  expect(tokenIn(await restarted.open(engineering))).toBe('refresh-token-2');
});

test('fields can be added to a committed rotation without losing its token', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, fields, token('1'));
  const ticket = valueOf(await vault.beginRefresh(engineering));
  valueOf(await ticket.commit(token('2')));
  valueOf(await ticket.commit(undefined, { grantedScope: 'openid email' }));
  expect(await ticket.withdraw()).toEqual({ ok: true, value: undefined });
  const restarted = await profile.open();
  expect(restarted.find(engineering)).toMatchObject({ ...fields, grantedScope: 'openid email' });
  expect(tokenIn(await restarted.open(engineering))).toBe('refresh-token-2');
});

test('an intent that was never closed is seen after a restart and counted on', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, fields, token('1'));
  await vault.beginRefresh(engineering);
  const restarted = await profile.open();
  expect(restarted.find(engineering)?.attempt).toBe(1);
  expect(valueOf(await restarted.beginRefresh(engineering)).attempt).toBe(2);
});

test('a withdrawn attempt does not count, and leaves an earlier open one open', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, fields, token('1'));
  await valueOf(await vault.beginRefresh(engineering)).withdraw();
  expect((await profile.open()).find(engineering)).not.toHaveProperty('attempt');
  await vault.beginRefresh(engineering);
  await valueOf(await vault.beginRefresh(engineering)).withdraw();
  expect((await profile.open()).find(engineering)?.attempt).toBe(1);
});

test('an ended session keeps its header with the reason, and no token', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, fields, token('1'));
  await vault.beginRefresh(engineering);
  valueOf(await endNow(vault, engineering, 'SESSION_ENDED'));
  const restarted = await profile.open();
  const record = restarted.find(engineering);
  expect(record?.ended).toEqual({ code: 'SESSION_ENDED', at: profile.clock.now() });
  expect(record).not.toHaveProperty('attempt');
  expect(record?.account).toBe('ada@corp.example');
  expect(codeOf(await restarted.open(engineering))).toBe('SESSION_ENDED');
  expect(codeOf(await restarted.beginRefresh(engineering))).toBe('SESSION_ENDED');
  expect(valueOf(await restarted.listSetAside())).toEqual([]);
});

test('the token of a session that ended without a reason can be set aside', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, fields, token('1'));
  valueOf(await endNow(vault, engineering, 'SESSION_ENDED', { setTokenAside: true }));
  const [kept] = valueOf(await vault.listSetAside());
  expect(kept?.record).toMatchObject(engineering);
  expect((await profile.open()).find(engineering)?.ended?.code).toBe('SESSION_ENDED');
  valueOf(await vault.deleteSetAside());
  expect(valueOf(await vault.listSetAside())).toEqual([]);
});

test('signing out deletes the record, also what was set aside of it, and gives the token back for a revocation', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, fields, token('1'));
  await endNow(vault, engineering, 'SESSION_ENDED', { setTokenAside: true });
  await vault.store(engineering, fields, token('2'));
  await vault.store(finance, fields, token('3'));
  const held = valueOf(await vault.remove(engineering));
  expect(held && tokenIn(await held)).toBe('refresh-token-2');
  expect(vault.find(engineering)).toBeUndefined();
  expect(valueOf(await vault.listSetAside())).toEqual([]);
  expect(readdirSync(join(profile.folder, 'sessions'))).toEqual([`${recordNameOf(finance)}.session`]);
  expect(codeOf(await vault.open(engineering))).toBe('OP_STALE');
});

test('signing out of a session that does not exist succeeds and gives nothing back', async () => {
  expect(await (await testProfile().open()).remove(engineering)).toEqual({ ok: true, value: undefined });
});

test('what arrives after a sign-out, a new sign-in or an end is forgotten', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, fields, token('1'));
  const beforeSignOut = valueOf(await vault.beginRefresh(engineering));
  await vault.remove(engineering);
  expect(codeOf(await beforeSignOut.commit(token('late')))).toBe('OP_STALE');
  expect(codeOf(await beforeSignOut.withdraw())).toBe('OP_STALE');
  await vault.store(engineering, fields, token('2'));
  const beforeSignIn = valueOf(await vault.beginRefresh(engineering));
  await vault.store(engineering, fields, token('3'));
  expect(codeOf(await beforeSignIn.commit(token('late')))).toBe('OP_STALE');
  const beforeEnd = valueOf(await vault.beginRefresh(engineering));
  await endNow(vault, engineering, 'IDENTITY_CHANGED');
  expect(codeOf(await beforeEnd.commit(token('late')))).toBe('OP_STALE');
  expect((await profile.open()).find(engineering)?.ended?.code).toBe('IDENTITY_CHANGED');
});

test('a sign-in that nobody wants any more stores nothing and keeps the old session', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, fields, token('1'));
  expect(codeOf(await vault.store(engineering, fields, token('2'), () => false))).toBe('OP_STALE');
  expect(tokenIn(await vault.open(engineering))).toBe('refresh-token-1');
  expect(tokenIn(await (await profile.open()).open(engineering))).toBe('refresh-token-1');
});

test('a sign-in whose sign-out comes while it is being stored stays signed out', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  const stored = vault.store(engineering, fields, token('1'));
  const removed = vault.remove(engineering);
  expect(codeOf(await stored)).toBe('OP_STALE');
  expect((await removed).ok).toBe(true);
  expect(await (await profile.open()).list()).toEqual([]);
});

test.runIf(process.platform !== 'win32')('folders and files are closed to other users', async () => {
  const profile = testProfile();
  await (await profile.open()).store(engineering, fields, token('1'));
  const modes = ['', 'sessions', `sessions/${recordNameOf(engineering)}.session`, 'data-key.json'].map(
    (path) => (statSync(join(profile.folder, path)).mode & 0o777).toString(8),
  );
  expect(modes).toEqual(['700', '700', '600', '600']);
});

test('no file ever holds a token or the data key in clear', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  await vault.store(engineering, fields, token('canary'));
  await valueOf(await vault.beginRefresh(engineering)).commit(token('canary-2'));
  await endNow(vault, engineering, 'SESSION_ENDED', { setTokenAside: true });
  const dataKey = [...profile.keychain.entries.values()][0] ?? expect.unreachable('no key');
  const files = readdirSync(profile.folder, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const content = readFileSync(join(file.parentPath, file.name), 'latin1');
    expect(content).not.toContain('canary');
    expect(content).not.toContain(Buffer.from('refresh-token-canary').toString('base64').slice(0, 20));
    expect(content).not.toContain(dataKey);
  }
});

test('a grant is held while any session of its issuer and client is, configured or not', async () => {
  const vault = await testProfile().open();
  const other = { ...finance, issuer: `${finance.issuer}/` };
  expect(vault.holdsGrant(engineering)).toBe(false);
  await vault.store(other, {}, token('f'));
  await vault.retain([]);
  expect(vault.holdsGrant(engineering)).toBe(true);
  expect(vault.holdsGrant({ ...engineering, clientId: 'other' })).toBe(false);
  valueOf(await endNow(vault, other, 'SESSION_ENDED'));
  expect(vault.holdsGrant(engineering)).toBe(false);
});
