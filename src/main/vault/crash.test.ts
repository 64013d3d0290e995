import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../base/clock';
import { Secret } from '../base/secret';
import { createVault } from './create-vault';
import type { FaultPoint, WritePurpose, WriteStep } from './fault-points';
import { bundleForNode } from './testing/bundle';
import { FolderKeychain } from './testing/folder-keychain';
import { tokenIn, valueOf } from './testing/results';
import { engineering, finance } from './testing/test-vault';

function newProfile() {
  const root = mkdtempSync(join(tmpdir(), 'gatepass-crash-'));
  const [folder, keychainFolder] = [join(root, 'vault'), join(root, 'keychain')];
  const open = async () => {
    const vault = createVault({ folder, keychain: new FolderKeychain(keychainFolder), clock: systemClock });
    await vault.list();
    return vault;
  };
  return { folder, keychainFolder, open };
}
type Profile = ReturnType<typeof newProfile>;

async function victim(profile: Profile, ...faultPoint: FaultPoint[]) {
  const script = await bundleForNode(join(import.meta.dirname, 'testing/crash-victim.ts'));
  const args = [script, profile.folder, profile.keychainFolder, ...faultPoint];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const closed = once(child, 'close');
  return { child, said, closed };
}

const lastOf = (said: string, word: string) =>
  Number([...said.matchAll(new RegExp(`^${word} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? Number.NaN);

test('killed 60 times at random moments of endless rotation, the vault always holds the last token or the next', async () => {
  const profile = newProfile();
  const before = await profile.open();
  valueOf(await before.store(engineering, {}, new Secret('token-1')));
  valueOf(await before.store(finance, {}, new Secret('untouched')));
  let [rotations, openIntents] = [0, 0];
  let held = 1;
  for (let kill = 0; kill < 60; kill += 1) {
    const { child, said, closed } = await victim(profile);
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, randomInt(0, 25)));
    child.kill('SIGKILL');
    await closed;
    const text = said.join('');
    const committed = lastOf(text, 'committed') || held;
    const sent = lastOf(text, 'sent');
    const vault = await profile.open();
    const now = Number(tokenIn(await vault.open(engineering)).split('-')[1]);
    expect([committed, committed + 1], `kill ${kill}: ${text.slice(-60)}`).toContain(now);
    // What was sent and not seen to be replaced is known to have been sent.
    const attempt = vault.find(engineering)?.attempt;
    if (sent === now) expect(attempt, `kill ${kill}: ${text.slice(-60)}`).toBeGreaterThan(0);
    expect(tokenIn(await vault.open(finance))).toBe('untouched');
    expect(readdirSync(join(profile.folder, 'sessions'))).toHaveLength(2);
    expect(valueOf(await vault.listSetAside())).toEqual([]);
    rotations += now - held;
    held = now;
    if (attempt === undefined) continue;
    // What was begun is brought to an end, as the next start of the app does.
    openIntents += 1;
    valueOf(await valueOf(await vault.beginRefresh(engineering)).commit(new Secret(`token-${now + 1}`)));
    held = now + 1;
  }
  // The kills hit: many rotations happened, and some were cut in the middle.
  expect(rotations).toBeGreaterThan(60);
  expect(openIntents).toBeGreaterThan(0);
}, 180_000);

const steps: WriteStep[] = [
  'before-write',
  'temp-created',
  'temp-written',
  'before-rename',
  'renamed',
  'durable',
];

/** What a start finds after a kill before, and after, the rename of each write: token and open attempt, or how it ended. */
const outcomes: [WritePurpose, string, string][] = [
  ['store', 'nothing', 'token-1'],
  ['intent', 'token-1', 'token-1, attempt 1'],
  ['withdraw', 'token-1, attempt 1', 'token-1'],
  ['commit', 'token-1, attempt 1', 'token-2'],
  ['end', 'token-2, attempt 1', 'SESSION_ENDED'],
];

describe.each(outcomes)('killed during the write of %s', (purpose, before, after) => {
  test.each(steps)('at %s', async (step) => {
    const profile = newProfile();
    const { closed } = await victim(profile, `${purpose}-${step}`);
    expect((await closed) as unknown[]).toEqual([null, 'SIGKILL']);
    const vault = await profile.open();
    expect(await describeSession(vault)).toBe(step === 'renamed' || step === 'durable' ? after : before);
    expect(readdirSync(join(profile.folder, 'sessions')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    // Whatever was found, the vault goes on working from it.
    valueOf(await vault.store(finance, {}, new Secret('f')));
    expect(tokenIn(await (await profile.open()).open(finance))).toBe('f');
  });
});

async function describeSession(vault: Awaited<ReturnType<Profile['open']>>): Promise<string> {
  const record = vault.find(engineering);
  if (record === undefined) return 'nothing';
  if (record.ended !== undefined) return record.ended.code;
  const token = tokenIn(await vault.open(engineering));
  return record.attempt === undefined ? token : `${token}, attempt ${record.attempt}`;
}
