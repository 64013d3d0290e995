import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { createVault } from './create-vault';
import { recordNameOf } from './session-key';
import { type DiskOperation, type FaultyDisk, faultyDisk, isWrite } from './testing/faulty-disk';
import { codeOf, tokenIn, valueOf } from './testing/results';
import { engineering, finance, testProfile, type TestProfile } from './testing/test-vault';

const token = (text: string) => new Secret(`refresh-token-${text}`);

async function signedIn() {
  const profile = testProfile();
  const disk = faultyDisk();
  const vault = await profile.open({ disk });
  valueOf(await vault.store(engineering, { account: 'ada' }, token('1')));
  return { profile, disk, vault };
}

/** What a start of the app finds if the process is killed now. */
async function afterCrash(profile: Awaited<ReturnType<typeof signedIn>>['profile']) {
  const vault = await profile.open();
  return { record: vault.find(engineering), token: tokenIn(await vault.open(engineering)) };
}

const recordFile = `${recordNameOf(engineering)}.session`;

/** A disk that is full, broken, read-only or denied. */
const faults: [string, string, (operation: DiskOperation) => boolean][] = [
  ['ENOSPC', 'STORE_FULL', ({ kind }) => kind === 'write'],
  ['ENOSPC', 'STORE_FULL', ({ kind }) => kind === 'create'],
  ['EDQUOT', 'STORE_FULL', ({ kind }) => kind === 'sync'],
  ['EIO', 'STORE_WRITE_FAILED', ({ kind }) => kind === 'sync'],
  ['EIO', 'STORE_WRITE_FAILED', ({ kind }) => kind === 'syncFolder'],
  ['EROFS', 'STORE_WRITE_FAILED', isWrite],
  ['EACCES', 'STORE_WRITE_FAILED', isWrite],
];

test.each(faults)(
  '%s at the intent (%s): nothing may be sent, and it works again once the disk does',
  async (error, code, fails) => {
    const { profile, disk, vault } = await signedIn();
    disk.fault = (operation) => (fails(operation) ? error : undefined);
    expect(codeOf(await vault.beginRefresh(engineering))).toBe(code);
    expect(tokenIn(await vault.open(engineering))).toBe('refresh-token-1');
    disk.fault = () => undefined;
    expect((await afterCrash(profile)).token).toBe('refresh-token-1');
    const ticket = valueOf(await vault.beginRefresh(engineering));
    expect(ticket.attempt).toBe(1);
    expect(ticket.refreshToken.reveal()).toBe('refresh-token-1');
  },
);

test.each(faults)(
  '%s at the commit (%s): the new token is kept in memory, written later, and the old one is never handed out again',
  async (error, code, fails) => {
    const { profile, disk, vault } = await signedIn();
    const ticket = valueOf(await vault.beginRefresh(engineering));
    disk.fault = (operation) => (fails(operation) ? error : undefined);
    expect(codeOf(await ticket.commit(token('2')))).toBe(code);
    expect(vault.whyNotRemembered(engineering)?.code).toBe(code);
    expect(tokenIn(await vault.open(engineering))).toBe('refresh-token-2');
    // Still broken: the next refresh may not be sent either, and the token stays the new one.
    expect(codeOf(await vault.beginRefresh(engineering))).toBe(code);
    await profile.clock.advance(5_000);
    expect(tokenIn(await vault.open(engineering))).toBe('refresh-token-2');
    // The try that is under way has failed as well, and the next one is waited for.
    await expect.poll(() => profile.clock.timerCount()).toBe(1);
    disk.fault = () => undefined;
    await profile.clock.advance(30_000);
    await expect.poll(() => vault.whyNotRemembered(engineering)).toBeUndefined();
    const found = await afterCrash(profile);
    expect(found.token).toBe('refresh-token-2');
    expect(found.record).not.toHaveProperty('attempt');
    expect(valueOf(await vault.beginRefresh(engineering)).refreshToken.reveal()).toBe('refresh-token-2');
  },
);

test('from the call of commit on the new token is the only one, before anything is written', async () => {
  const { disk, vault } = await signedIn();
  const ticket = valueOf(await vault.beginRefresh(engineering));
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  disk.before = () => held;
  const committed = ticket.commit(token('2'));
  expect(tokenIn(await vault.open(engineering))).toBe('refresh-token-2');
  const next = vault.beginRefresh(engineering);
  release();
  valueOf(await committed);
  expect(valueOf(await next).refreshToken.reveal()).toBe('refresh-token-2');
});

test('what changes while a write is under way is written too', async () => {
  const { profile, disk, vault } = await signedIn();
  const ticket = valueOf(await vault.beginRefresh(engineering));
  let second: Promise<unknown> = Promise.resolve();
  disk.before = ({ kind }) => {
    if (kind !== 'sync') return;
    disk.before = () => undefined;
    second = ticket.commit(token('3'), { grantedScope: 'openid' });
  };
  valueOf(await ticket.commit(token('2')));
  expect(tokenIn(await vault.open(engineering))).toBe('refresh-token-3');
  await second;
  expect(await afterCrash(profile)).toMatchObject({
    token: 'refresh-token-3',
    record: { grantedScope: 'openid' },
  });
});

test('a commit that failed is tried once more when the app closes', async () => {
  const { profile, disk, vault } = await signedIn();
  const ticket = valueOf(await vault.beginRefresh(engineering));
  disk.fault = ({ kind }) => (kind === 'write' ? 'ENOSPC' : undefined);
  await ticket.commit(token('2'));
  disk.fault = () => undefined;
  await vault.close();
  expect((await afterCrash(profile)).token).toBe('refresh-token-2');
});

test('closing waits for a commit that is under way', async () => {
  const { profile, disk, vault } = await signedIn();
  const ticket = valueOf(await vault.beginRefresh(engineering));
  disk.before = ({ kind }) => (kind === 'sync' ? new Promise((resolve) => setImmediate(resolve)) : undefined);
  const committed = ticket.commit(token('2'));
  await vault.close();
  expect((await afterCrash(profile)).token).toBe('refresh-token-2');
  valueOf(await committed);
});

test('a sign-in on a full disk is held in memory, can be refreshed, and is written when there is room', async () => {
  const profile = testProfile();
  const disk = faultyDisk();
  const vault = await profile.open({ disk });
  valueOf(await vault.store(finance, {}, token('f')));
  disk.fault = ({ kind }) => (kind === 'write' ? 'ENOSPC' : undefined);
  expect(codeOf(await vault.store(engineering, { account: 'ada' }, token('1')))).toBe('STORE_FULL');
  expect(vault.find(engineering)?.account).toBe('ada');
  const ticket = valueOf(await vault.beginRefresh(engineering));
  expect(ticket.refreshToken.reveal()).toBe('refresh-token-1');
  expect(codeOf(await ticket.commit(token('2')))).toBe('STORE_FULL');
  disk.fault = () => undefined;
  let told = 0;
  vault.onChange(() => (told += 1));
  await profile.clock.advance(60_000);
  await expect.poll(() => vault.whyNotRemembered(engineering)).toBeUndefined();
  expect(told).toBe(1);
  expect((await afterCrash(profile)).token).toBe('refresh-token-2');
});

test('a disk that fails before there is a key makes no key, and a later sign-in does', async () => {
  const profile = testProfile();
  const disk = faultyDisk();
  const vault = await profile.open({ disk });
  disk.fault = (operation) => (isWrite(operation) ? 'EROFS' : undefined);
  expect(codeOf(await vault.store(engineering, {}, token('1')))).toBe('STORE_WRITE_FAILED');
  expect(profile.keychain.entries.size).toBe(0);
  disk.fault = () => undefined;
  valueOf(await vault.store(engineering, {}, token('2')));
  expect((await afterCrash(profile)).token).toBe('refresh-token-2');
});

test('a new sign-in on a full disk keeps the old record on disk, and the new session in memory', async () => {
  const { profile, disk, vault } = await signedIn();
  disk.fault = ({ kind }) => (kind === 'write' ? 'ENOSPC' : undefined);
  expect(codeOf(await vault.store(engineering, { account: 'bob' }, token('2')))).toBe('STORE_FULL');
  expect(vault.find(engineering)?.account).toBe('bob');
  expect(tokenIn(await vault.open(engineering))).toBe('refresh-token-2');
  expect((await afterCrash(profile)).token).toBe('refresh-token-1');
});

test('a sign-out whose deletion fails says so, is forgotten at once, and is deleted later', async () => {
  const { profile, disk, vault } = await signedIn();
  disk.fault = ({ kind }) => (kind === 'remove' ? 'EROFS' : undefined);
  expect(codeOf(await vault.remove(engineering))).toBe('STORE_WRITE_FAILED');
  expect(vault.find(engineering)).toBeUndefined();
  disk.fault = () => undefined;
  await profile.clock.advance(1_000);
  await expect.poll(() => readdirSync(join(profile.folder, 'sessions'))).toEqual([]);
});

test('signing out during a commit leaves no record, wherever the write is', async () => {
  for (const at of ['create', 'write', 'sync', 'rename', 'syncFolder'] as const) {
    const { profile, disk, vault } = await signedIn();
    const ticket = valueOf(await vault.beginRefresh(engineering));
    let removed: Promise<unknown> = Promise.resolve();
    disk.before = ({ kind }) => {
      if (kind !== at) return;
      disk.before = () => undefined;
      removed = vault.remove(engineering);
    };
    const committed = await ticket.commit(token('2'));
    if (at !== 'syncFolder' && at !== 'rename') expect(codeOf(committed)).toBe('OP_STALE');
    await removed;
    expect(readdirSync(join(profile.folder, 'sessions')), at).toEqual([]);
    expect(vault.find(engineering)).toBeUndefined();
  }
});

// The app's clock stands still here: what waited for it, or for the keychain, would never come.
test('signing out takes under 100 ms, also while a keychain hangs', async () => {
  const { profile } = await signedIn();
  const vault = await profile.open({
    keychain: Object.assign(profile.keychain, { read: () => new Promise<never>(() => undefined) }),
  });
  void vault.beginRefresh(engineering);
  const startedAt = performance.now();
  const removed = await vault.remove(engineering);
  expect(performance.now() - startedAt).toBeLessThan(100);
  expect(removed.ok).toBe(true);
  expect(readdirSync(join(profile.folder, 'sessions'))).toEqual([]);
});

test('a deletion is durable before it is reported', async () => {
  const { disk, vault } = await signedIn();
  disk.operations.length = 0;
  await vault.remove(engineering);
  expect(disk.operations.map(({ kind }) => kind).slice(0, 3)).toEqual(['read', 'remove', 'syncFolder']);
});

/** What keeps a start from seeing the records, and its undoing. */
const unseen: [string, (profile: TestProfile, disk: FaultyDisk) => () => void][] = [
  ...['EACCES', 'EIO'].map((error): (typeof unseen)[number] => [
    error,
    (_profile, disk) => {
      disk.fault = ({ kind, name }) => (kind === 'list' && name === 'sessions' ? error : undefined);
      return () => undefined;
    },
  ]),
  [
    'a file in its place',
    ({ folder }) => {
      const sessions = join(folder, 'sessions');
      renameSync(sessions, join(folder, 'elsewhere'));
      writeFileSync(sessions, '');
      return () => {
        rmSync(sessions);
        renameSync(join(folder, 'elsewhere'), sessions);
      };
    },
  ],
];

test.each(unseen)(
  'records whose folder cannot be listed (%s) never cost the key they need',
  async (_name, hide) => {
    const { profile } = await signedIn();
    const keyFile = join(profile.folder, 'data-key.json');
    renameSync(keyFile, `${keyFile}.moved`);
    const before = new Map(profile.keychain.entries);
    const disk = faultyDisk();
    const show = hide(profile, disk);
    const vault = await profile.open({ disk });
    await expect.poll(() => vault.keySource()).toMatchObject({ reason: { code: 'STORE_WRITE_FAILED' } });
    expect(codeOf(await vault.store(finance, {}, token('2')))).toBe('STORE_WRITE_FAILED');
    expect(codeOf(await vault.sealedFile('note.sealed').write('text'))).toBe('STORE_WRITE_FAILED');
    // Held in memory meanwhile, and said so.
    expect(tokenIn(await vault.open(finance))).toBe('refresh-token-2');
    expect(vault.whyNotRemembered(finance)?.code).toBe('STORE_WRITE_FAILED');
    await vault.close();
    expect([existsSync(keyFile), profile.keychain.entries]).toEqual([false, before]);
    show();
    renameSync(`${keyFile}.moved`, keyFile);
    expect((await afterCrash(profile)).token).toBe('refresh-token-1');
  },
);

test('a record that cannot be read now counts as one that is sealed: without a key file no key is made for it unasked', async () => {
  const { profile } = await signedIn();
  rmSync(join(profile.folder, 'data-key.json'));
  const disk = faultyDisk();
  disk.fault = ({ kind, name }) => (kind === 'read' && name.endsWith('.session') ? 'EIO' : undefined);
  const before = new Map(profile.keychain.entries);
  const vault = await profile.open({ disk });
  await vault.retryKey();
  expect(vault.keySource()).toMatchObject({ reason: { code: 'STORE_UNREADABLE' } });
  expect(profile.keychain.entries).toEqual(before);
});

test('a sealed text that is written before the sessions are read does not cost their key either', async () => {
  const { profile } = await signedIn();
  rmSync(join(profile.folder, 'data-key.json'));
  const { folder, keychain, clock } = profile;
  const before = new Map(keychain.entries);
  const vault = createVault({ folder, keychain, clock, platform: 'linux' });
  await vault.retryKey();
  expect(keychain.entries).toEqual(before);
});

test('a token that could not be set aside before the app was killed is set aside by the next start that wants it', async () => {
  const { profile, disk, vault } = await signedIn();
  valueOf(await valueOf(await vault.beginRefresh(engineering)).leaveAnswered());
  const second = valueOf(await vault.beginRefresh(engineering));
  disk.fault = ({ kind, name }) => (kind === 'makeFolder' && name === 'set-aside' ? 'EROFS' : undefined);
  expect(codeOf(await second.end('SESSION_ENDED', { setTokenAside: true }))).toBe('STORE_WRITE_FAILED');
  expect(vault.whyNotRemembered(engineering)?.code).toBe('STORE_WRITE_FAILED');
  const restarted = await profile.open();
  expect(tokenIn(await restarted.open(engineering))).toBe('refresh-token-1');
  expect(codeOf(await restarted.beginRefresh(engineering))).toBe('SESSION_INTERRUPTED');
  expect(valueOf(await restarted.listSetAside())).toMatchObject([{ record: engineering }]);
});

test('a damaged record is set aside, shown as unreadable, and the others are fine', async () => {
  const { profile, vault } = await signedIn();
  await vault.store(finance, {}, token('f'));
  const path = join(profile.folder, 'sessions', recordFile);
  const damaged = readFileSync(path, 'utf8').replace(/.{8}"\}\n$/, 'AAAAAAA="}\n');
  writeFileSync(path, damaged);
  const restarted = await profile.open();
  expect(restarted.find(engineering)).not.toHaveProperty('ended');
  expect(codeOf(await restarted.open(engineering))).toBe('STORE_UNREADABLE');
  expect(restarted.find(engineering)).toMatchObject({ account: 'ada', ended: { code: 'STORE_UNREADABLE' } });
  expect(tokenIn(await restarted.open(finance))).toBe('refresh-token-f');
  const [kept] = valueOf(await restarted.listSetAside());
  expect(kept?.record).toMatchObject(engineering);
  expect(readFileSync(join(profile.folder, 'set-aside', kept?.id ?? ''), 'utf8')).toBe(damaged);
  expect((await profile.open()).find(engineering)?.ended?.code).toBe('STORE_UNREADABLE');
});

test('who asks for what was set aside before the sessions were read is told of what this start sets aside', async () => {
  const { profile } = await signedIn();
  const sessions = join(profile.folder, 'sessions');
  for (const name of readdirSync(sessions)) writeFileSync(join(sessions, name), 'no record');
  const { folder, keychain, clock } = profile;
  const vault = createVault({ folder, keychain, clock, platform: 'linux' });
  expect(valueOf(await vault.listSetAside())).toHaveLength(1);
});

test('a record cut at any byte is set aside at the start and nothing else is touched', async () => {
  const { profile, vault } = await signedIn();
  await vault.store(finance, {}, token('f'));
  const path = join(profile.folder, 'sessions', recordFile);
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length += 7) {
    writeFileSync(path, whole.subarray(0, length));
    const restarted = await profile.open();
    expect(restarted.find(engineering)?.ended?.code ?? 'gone').toMatch(/STORE_UNREADABLE|gone/);
    expect(tokenIn(await restarted.open(finance))).toBe('refresh-token-f');
  }
  expect(valueOf(await vault.listSetAside())).toHaveLength(Math.ceil(whole.length / 7));
});

test('two records that were swapped are both set aside, and open nothing', async () => {
  const { profile, vault } = await signedIn();
  await vault.store(finance, {}, token('f'));
  const [a, b] = [engineering, finance].map((key) =>
    join(profile.folder, 'sessions', `${recordNameOf(key)}.session`),
  );
  const [bytesA, bytesB] = [readFileSync(a ?? ''), readFileSync(b ?? '')];
  writeFileSync(a ?? '', bytesB);
  writeFileSync(b ?? '', bytesA);
  const restarted = await profile.open();
  expect(await restarted.list()).toEqual([]);
  expect(valueOf(await restarted.listSetAside())).toHaveLength(2);
});

test('what a crash left half-written is removed at the start, and files of others are left alone', async () => {
  const { profile } = await signedIn();
  const sessions = join(profile.folder, 'sessions');
  writeFileSync(join(sessions, `${recordFile}.0011223344556677.tmp`), 'half');
  writeFileSync(join(sessions, 'notes.txt'), 'mine');
  await profile.open();
  expect(readdirSync(sessions).sort()).toEqual([recordFile, 'notes.txt'].sort());
});

test('a record that cannot be read for now is neither shown nor touched, and comes back', async () => {
  const { profile, disk } = await signedIn();
  disk.fault = ({ kind }) => (kind === 'read' ? 'EIO' : undefined);
  expect(await (await profile.open({ disk })).list()).toEqual([]);
  expect((await afterCrash(profile)).token).toBe('refresh-token-1');
});
