import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { Secret } from '../base/secret';
import { createVault } from './create-vault';
import type { RefreshTicket } from './refresh-ticket';
import { recordNameOf } from './session-key';
import { cutModes, PowerCutDisk } from './testing/power-cut-disk';
import { MemoryKeychain } from './testing/memory-keychain';
import { valueOf } from './testing/results';
import { engineering, finance } from './testing/test-vault';
import type { Vault } from './vault';

const profileFolder = '/profile';
const folder = `${profileFolder}/vault`;
const clock = manualClock();
const recordPath = (key: typeof engineering) => `${folder}/sessions/${recordNameOf(key)}.session`;

function openOn(disk: PowerCutDisk, keychain: MemoryKeychain): Vault {
  return createVault({ folder, disk, keychain, clock, platform: 'linux' });
}

/** Everything that must survive, as one line: both sessions, what was set aside, the sealed text, the keychain's entries. */
async function observed(disk: PowerCutDisk, entries: ReadonlyMap<string, string>): Promise<string> {
  const keychain = new MemoryKeychain();
  for (const [account, secret] of entries) keychain.entries.set(account, secret);
  const vault = openOn(disk, keychain);
  await vault.list();
  const sessions: string[] = [];
  for (const key of [engineering, finance]) {
    const before = vault.find(key);
    const token = before && (await vault.open(key));
    const record = vault.find(key);
    const held = token?.ok === true ? token.value.reveal() : (record?.ended?.code ?? 'nothing');
    sessions.push(`${held}${before?.attempt === undefined ? '' : ' attempted'}`);
  }
  const aside = valueOf(await vault.listSetAside()).length;
  const text = (await vault.sealedFile('note.sealed').read())?.text ?? 'no text';
  const keyFile = await disk.read(`${folder}/data-key.json`).catch(() => Buffer.from(''));
  const orphans = [...entries.keys()].filter(
    (account) => !keyFile.includes(account.replace('data-key:', '')),
  );
  return [...sessions, `${aside} aside`, text, `${orphans.length} orphans`].join(', ');
}

interface Step {
  readonly name: string;
  readonly run: (vault: Vault, disk: PowerCutDisk) => Promise<unknown>;
  /** What is true once it has succeeded, whatever comes after. */
  readonly then: string;
  /** What a power cut in between may leave, besides what was true before. */
  readonly meanwhile?: readonly string[];
}

let ticket: RefreshTicket;
const begin = async (vault: Vault, key = engineering) => {
  ticket = valueOf(await vault.beginRefresh(key));
};
const steps: readonly Step[] = [
  {
    name: 'a first sign-in',
    run: (vault) => vault.store(engineering, {}, new Secret('e1')),
    then: 'e1, nothing, 0 aside, no text, 0 orphans',
  },
  {
    name: 'an intent',
    run: (vault) => begin(vault),
    then: 'e1 attempted, nothing, 0 aside, no text, 0 orphans',
  },
  {
    name: 'a commit',
    run: () => ticket.commit(new Secret('e2')),
    then: 'e2, nothing, 0 aside, no text, 0 orphans',
  },
  {
    name: 'a second intent',
    run: (vault) => begin(vault),
    then: 'e2 attempted, nothing, 0 aside, no text, 0 orphans',
  },
  { name: 'a withdrawal', run: () => ticket.withdraw(), then: 'e2, nothing, 0 aside, no text, 0 orphans' },
  {
    name: 'another sign-in',
    run: (vault) => vault.store(finance, {}, new Secret('f1')),
    then: 'e2, f1, 0 aside, no text, 0 orphans',
  },
  {
    name: 'a sealed text',
    run: (vault) => vault.sealedFile('note.sealed').write('text'),
    then: 'e2, f1, 0 aside, text, 0 orphans',
  },
  {
    name: 'its removal',
    run: (vault) => vault.sealedFile('note.sealed').remove(),
    then: 'e2, f1, 0 aside, no text, 0 orphans',
  },
  {
    name: 'a third intent',
    run: (vault) => begin(vault),
    then: 'e2 attempted, f1, 0 aside, no text, 0 orphans',
  },
  {
    name: 'a session that ends without a reason',
    run: () => ticket.end('SESSION_ENDED', { setTokenAside: true }),
    then: 'SESSION_ENDED, f1, 1 aside, no text, 0 orphans',
    meanwhile: ['nothing, f1, 1 aside, no text, 0 orphans'],
  },
  {
    name: 'a damaged record',
    run: async (vault, disk) => {
      disk.tamper(recordPath(finance), (bytes) =>
        Buffer.from(bytes.toString().replace(/.{8}"\}\n$/, 'AAAAAAA="}\n')),
      );
      await vault.open(finance);
    },
    then: 'SESSION_ENDED, STORE_UNREADABLE, 2 aside, no text, 0 orphans',
    meanwhile: ['SESSION_ENDED, nothing, 2 aside, no text, 0 orphans'],
  },
  {
    name: 'a sign-out, of what was set aside too',
    run: (vault) => vault.remove(engineering),
    then: 'nothing, STORE_UNREADABLE, 1 aside, no text, 0 orphans',
    meanwhile: ['nothing, STORE_UNREADABLE, 2 aside, no text, 0 orphans'],
  },
];

/** Its write needs no durable name, as undoing it makes the old one durable: it is played by itself. */
const cancelled: readonly Step[] = [
  ...steps.slice(0, 1),
  {
    name: 'a sign-in that is cancelled once its record has its name',
    run: (vault, disk) => vault.store(finance, {}, new Secret('f0'), () => !disk.has(recordPath(finance))),
    then: 'e1, nothing, 0 aside, no text, 0 orphans',
    meanwhile: ['e1, f0, 0 aside, no text, 0 orphans'],
  },
];

/** A profile whose folder of records somebody deleted: the key is there, and a start makes the folder anew. */
async function withoutRecords(): Promise<[PowerCutDisk, MemoryKeychain]> {
  const disk = PowerCutDisk.with(profileFolder);
  const keychain = new MemoryKeychain();
  const vault = openOn(disk, keychain);
  valueOf(await vault.store(engineering, {}, new Secret('e0')));
  return [disk.without(`${folder}/sessions`), keychain];
}

/**
 * Plays every step on a disk whose power is cut before each change it makes and after each step, in every way.
 * @returns the first promise that was broken, as a sentence, and how many syncs there were
 */
async function play(
  [disk, keychain]: readonly [PowerCutDisk, MemoryKeychain],
  ignoredSync?: number,
  played = steps,
): Promise<{ broken: string | undefined; syncs: number }> {
  if (ignoredSync !== undefined) disk.ignoredSyncs.add(ignoredSync);
  const vault = openOn(disk, keychain);
  let before = 'nothing, nothing, 0 aside, no text, 0 orphans';
  for (const step of played) {
    const cuts: { disk: PowerCutDisk; entries: ReadonlyMap<string, string>; when: string }[] = [];
    let changes = 0;
    const cutNow = (when: string) => {
      for (const mode of cutModes)
        cuts.push({ disk: disk.cut(mode), entries: new Map(keychain.entries), when: `${when} (${mode})` });
    };
    disk.onChange = () => {
      cutNow(`${step.name}, before change ${++changes}`);
    };
    await step.run(vault, disk);
    disk.onChange = () => undefined;
    const during = cuts.splice(0);
    cutNow(`after ${step.name}`);
    for (const cut of cuts) {
      const found = await observed(cut.disk, cut.entries);
      if (found !== step.then) return { broken: `${cut.when}: ${found}`, syncs: disk.syncs };
    }
    const allowed = [before, step.then, ...(step.meanwhile ?? [])];
    for (const cut of during) {
      const found = await observed(cut.disk, cut.entries);
      if (!allowed.includes(found)) return { broken: `${cut.when}: ${found}`, syncs: disk.syncs };
    }
    before = step.then;
  }
  return { broken: undefined, syncs: disk.syncs };
}

const newProfile = (): Promise<[PowerCutDisk, MemoryKeychain]> =>
  Promise.resolve([PowerCutDisk.with(profileFolder), new MemoryKeychain()]);
const profiles = { 'a new profile': newProfile, 'a profile whose records were deleted': withoutRecords };

test.each(Object.entries(profiles))(
  'in %s a power cut at any instant leaves what was promised before or what is promised after, nothing else',
  async (_name, profile) => {
    expect((await play(await profile())).broken).toBeUndefined();
  },
);

test('a sign-in that is cancelled at the last instant is undone for good', async () => {
  expect((await play(await newProfile(), undefined, cancelled)).broken).toBeUndefined();
});

/** The numbers of syncs without which no power cut breaks a promise. */
async function needlessSyncs(profile: typeof newProfile): Promise<number[]> {
  const { syncs } = await play(await profile());
  expect(syncs).toBeGreaterThan(20);
  const needless: number[] = [];
  for (let number = 0; number < syncs; number += 1)
    if ((await play(await profile(), number)).broken === undefined) needless.push(number);
  return needless;
}

test('each single sync is needed: without any one of them a power cut breaks a promise', async () => {
  expect(await needlessSyncs(withoutRecords)).toEqual([]);
  // The very first makes the name of the folder of records durable; here the key's file, which is next to it and written
  // later, would do that too.
  expect(await needlessSyncs(newProfile)).toEqual([0]);
});
