import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../base/clock';
import { Secret } from '../base/secret';
import { createVault } from './create-vault';
import { OsKeychain } from './os-keychain';
import { bundleForNode } from './testing/bundle';
import { lockKeyring, signalKeyring, unlockKeyring } from './testing/keyring-service';
import { codeOf, tokenIn, valueOf } from './testing/results';
import { engineering, finance } from './testing/test-vault';

const children: ChildProcess[] = [];
const opened: OsKeychain[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const keychain of opened.splice(0)) keychain.close();
  // Every test begins with a keyring that is up and unlocked, whatever the one before did to it.
  unlockKeyring();
});

const newFolder = () => mkdtempSync(join(tmpdir(), 'gatepass-keychain-'));
const clock = systemClock;

function newKeychain(deadlineMs = 5_000): OsKeychain {
  const keychain = new OsKeychain({ clock, deadlineMs });
  opened.push(keychain);
  return keychain;
}

async function openVault(folder: string, keychain = newKeychain()) {
  const vault = createVault({ folder, keychain, clock, keyRetryAfterMs: 0 });
  await vault.list();
  return vault;
}

async function signedIn(text = 'refresh-token') {
  const folder = newFolder();
  const vault = await openVault(folder);
  valueOf(await vault.store(engineering, { account: 'ada' }, new Secret(text)));
  expect(vault.keySource()).toEqual({ kind: 'keychain' });
  return { folder, vault };
}
const accountIn = (folder: string) =>
  `data-key:${(JSON.parse(readFileSync(join(folder, 'data-key.json'), 'utf8')) as { profileId: string }).profileId}`;

test('an entry is written, read and removed', async () => {
  const keychain = newKeychain();
  const account = `test:${randomUUID()} Ä`;
  expect(valueOf(await keychain.read(account))).toBeUndefined();
  expect((await keychain.write(account, new Secret('one'))).ok).toBe(true);
  expect((await keychain.write(account, new Secret('two'))).ok).toBe(true);
  expect(valueOf(await keychain.read(account))?.reveal()).toBe('two');
  expect(valueOf(await keychain.remove(account))).toBe(true);
  expect(valueOf(await keychain.remove(account))).toBe(false);
  expect(valueOf(await keychain.read(account))).toBeUndefined();
});

test('a restart finds the same key, and two profiles never share one', async () => {
  const [a, b] = [await signedIn('a'), await signedIn('b')];
  expect(tokenIn(await (await openVault(a.folder)).open(engineering))).toBe('a');
  expect(tokenIn(await (await openVault(b.folder)).open(engineering))).toBe('b');
  expect(accountIn(a.folder)).not.toBe(accountIn(b.folder));
  const keys = await Promise.all([a, b].map(({ folder }) => newKeychain().read(accountIn(folder))));
  const [keyA, keyB] = keys.map((key) => valueOf(key)?.reveal());
  expect(keyA).toMatch(/^[\w-]{43}$/);
  expect(keyA).not.toBe(keyB);
});

test('an entry that someone else deleted is reported, and no other takes its place silently', async () => {
  const { folder } = await signedIn();
  expect(valueOf(await newKeychain().remove(accountIn(folder)))).toBe(true);
  const vault = await openVault(folder);
  expect(codeOf(await vault.beginRefresh(engineering))).toBe('STORE_UNREADABLE');
  expect(valueOf(await newKeychain().read(accountIn(folder)))).toBeUndefined();
  expect(vault.find(engineering)?.account).toBe('ada');
});

test('a locked keyring loses nothing, a sign-in waits in memory, and both work once it is unlocked', async () => {
  const { folder } = await signedIn();
  const vault = await openVault(folder);
  lockKeyring();
  expect(codeOf(await vault.beginRefresh(engineering))).toBe('STORE_LOCKED');
  expect(codeOf(await vault.store(finance, {}, new Secret('f')))).toBe('STORE_LOCKED');
  unlockKeyring();
  expect(await vault.retryKey()).toEqual({ kind: 'keychain' });
  expect(tokenIn(await vault.open(engineering))).toBe('refresh-token');
  await expect.poll(() => vault.whyNotRemembered(finance)).toBeUndefined();
  expect(tokenIn(await (await openVault(folder)).open(finance))).toBe('f');
});

test('a first sign-in over a locked keyring stays in memory and makes no key elsewhere', async () => {
  lockKeyring();
  const vault = await openVault(newFolder());
  expect(codeOf(await vault.store(engineering, {}, new Secret('1')))).toBe('STORE_LOCKED');
  expect(vault.keySource()).toMatchObject({ kind: 'memory' });
});

test('a daemon that dies is noticed within the deadline, and one that comes back is used by the same process', async () => {
  const { folder } = await signedIn();
  const keychain = newKeychain();
  const vault = await openVault(folder, keychain);
  valueOf(await keychain.read('connects before the daemon dies'));
  signalKeyring('SIGKILL');
  const startedAt = performance.now();
  // The bus starts another one, which is locked.
  expect(codeOf(await vault.beginRefresh(engineering))).toMatch(/^STORE_(LOCKED|UNAVAILABLE)$/);
  expect(performance.now() - startedAt).toBeLessThan(6_000);
  unlockKeyring();
  await vault.retryKey();
  expect(tokenIn(await vault.open(engineering))).toBe('refresh-token');
});

test('a daemon that hangs blocks neither the caller beyond the deadline nor the main thread at all', async () => {
  const { folder } = await signedIn();
  const vault = await openVault(folder, newKeychain(1_000));
  signalKeyring('SIGSTOP');
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const startedAt = performance.now();
  expect(codeOf(await vault.beginRefresh(engineering))).toBe('STORE_LOCKED');
  const took = performance.now() - startedAt;
  delay.disable();
  signalKeyring('SIGCONT');
  expect(took).toBeGreaterThan(900);
  expect(took).toBeLessThan(2_500);
  expect(delay.max / 1e6).toBeLessThan(500);
  await expect.poll(() => vault.retryKey(), { timeout: 30_000 }).toEqual({ kind: 'keychain' });
  expect(tokenIn(await vault.open(engineering))).toBe('refresh-token');
}, 60_000);

test('a daemon that hangs counts as locked, also when the binding gives up before the deadline', async () => {
  const { folder } = await signedIn();
  const vault = await openVault(folder, newKeychain(20_000));
  signalKeyring('SIGSTOP');
  const code = codeOf(await vault.beginRefresh(engineering));
  const first = codeOf(
    await (await openVault(newFolder(), newKeychain(20_000))).store(finance, {}, new Secret('f')),
  );
  signalKeyring('SIGCONT');
  // "No keychain" would be wrong, and for a first sign-in would choose another place for the key.
  expect([code, first]).toEqual(['STORE_LOCKED', 'STORE_LOCKED']);
}, 60_000);

/** A process of its own with another session bus; a line asks it to sign in, and it answers with its key source. */
async function userWithBus(address: string) {
  const script = await bundleForNode(join(import.meta.dirname, 'testing/keychain-user.ts'));
  const env = {
    ...process.env,
    DBUS_SESSION_BUS_ADDRESS: address,
    NODE_PATH: join(import.meta.dirname, '../../../node_modules'),
  };
  const child = spawn(process.execPath, [script, newFolder()], { stdio: ['pipe', 'pipe', 'inherit'], env });
  children.push(child);
  const lines = createInterface(child.stdout);
  const signIn = async (): Promise<unknown> => {
    child.stdin.write('\n');
    const [line] = (await once(lines, 'line')) as [string];
    return JSON.parse(line);
  };
  return { child, signIn };
}

const inMemory = { kind: 'memory', reason: { code: 'STORE_UNAVAILABLE', params: {} } };

test('without a session bus the key is in memory, never in another keyring of the system', async () => {
  const { signIn } = await userWithBus('unix:path=/nonexistent/bus');
  expect(await signIn()).toEqual(inMemory);
});

test('a session bus that dies does not take the process with it', async () => {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(bus);
  const [address] = (await once(createInterface(bus.stdout), 'line')) as [string];
  const { child, signIn } = await userWithBus(address);
  await signIn();
  bus.kill('SIGKILL');
  await once(bus, 'exit');
  expect(await signIn()).toMatchObject({ kind: 'memory' });
  expect(await signIn()).toMatchObject({ kind: 'memory' });
  expect(child.exitCode).toBeNull();
});
