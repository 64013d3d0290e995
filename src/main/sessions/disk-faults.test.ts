import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import type { Disk } from '../vault/disk';
import type { FaultHook } from '../vault/fault-points';
import { faultyDisk, isWrite } from '../vault/testing/faulty-disk';
import { mountSmallDisk } from '../vault/testing/small-disk';
import { testProfile } from '../vault/testing/test-vault';
import { openDesk } from './testing/desk';

/** A disk that can be broken and mended; `folder` where it is a file system of its own. */
interface Breakable {
  readonly disk?: Disk;
  readonly folder?: string;
  readonly breakIt: () => void;
  readonly mendIt: () => void;
}

function injected(error: string): Breakable {
  const disk = faultyDisk();
  return {
    disk,
    breakIt: () => {
      disk.fault = (operation) => (isWrite(operation) ? error : undefined);
    },
    mendIt: () => {
      disk.fault = () => undefined;
    },
  };
}

/** A real tmpfs; where none can be mounted (not root, not Linux) the same error is injected, and the run says so. */
function real(how: 'full' | 'read-only'): Breakable {
  const small = mountSmallDisk();
  if ('impossible' in small) {
    console.info(`No real ${how} disk in this run, the error is injected instead. ${small.impossible}`);
    return injected(how === 'full' ? 'ENOSPC' : 'EROFS');
  }
  onTestFinished(small.unmount);
  return how === 'full'
    ? { folder: small.folder, breakIt: small.fill, mendIt: small.makeRoom }
    : { folder: small.folder, breakIt: small.makeReadOnly, mendIt: small.makeWritable };
}

let provider: IdentityProvider;
beforeEach(async () => {
  provider = await startIdentityProvider({ name: 'Acme', rotation: 'strict' });
});
afterEach(() => provider.close());

const force = { force: true };
const sentMost = () =>
  Math.max(
    ...provider.issued
      .filter(({ kind }) => kind === 'refresh_token')
      .map(({ value }) => provider.timesPresented(value)),
  );

/** @param atCommit called when the provider's answer is about to be written */
async function signedInOn({ disk, folder }: Breakable, atCommit: () => void = () => undefined) {
  const profile = testProfile();
  const faultPoint: FaultHook = (point) => {
    if (point === 'commit-before-write') atCommit();
  };
  const open: typeof profile.open = (overrides) =>
    profile.open({ ...overrides, faultPoint, ...(folder !== undefined && { folder }) });
  const desk = await openDesk({
    issuer: provider.issuer,
    profile: { open },
    ...(disk !== undefined && { disk }),
  });
  await desk.signIn('acme');
  desk.vault.onChange(() => {
    desk.sessions.storageChanged();
  });
  return desk;
}

describe.each<[string, string, () => Breakable]>([
  ['a full disk', 'STORE_FULL', () => real('full')],
  ['a read-only disk', 'STORE_WRITE_FAILED', () => real('read-only')],
  ['a disk with errors (EIO)', 'STORE_WRITE_FAILED', () => injected('EIO')],
  ['a denied folder (EACCES)', 'STORE_WRITE_FAILED', () => injected('EACCES')],
])('%s', (_name, code, make) => {
  test('at the intent: nothing is sent, and the session works again once the disk does', async () => {
    const breakable = make();
    const desk = await signedInOn(breakable);
    breakable.breakIt();
    expect(await desk.sessions.accessToken('acme', force)).toMatchObject({ failure: { code } });
    expect(provider.counts.token.refresh_token).toBe(0);
    expect(desk.sessions.state('acme')).toMatchObject({ kind: 'signed-in', problem: { code } });
    breakable.mendIt();
    expect((await desk.sessions.accessToken('acme', force)).ok).toBe(true);
    expect(sentMost()).toBe(1);
  });

  test('at the commit: the new token is kept in memory, which is said, and written once the disk works', async () => {
    const breakable = make();
    let atCommit = breakable.breakIt;
    const desk = await signedInOn(breakable, () => {
      atCommit();
    });
    expect((await desk.sessions.accessToken('acme', force)).ok).toBe(true);
    expect(desk.sessions.state('acme')).toMatchObject({
      kind: 'signed-in',
      held: { notRemembered: { code } },
    });
    atCommit = () => undefined;
    breakable.mendIt();
    await expect
      .poll(() => desk.sessions.state('acme'), { timeout: 20_000 })
      .not.toHaveProperty('held.notRemembered');
    const again = await desk.restart();
    expect((await again.sessions.accessToken('acme')).ok).toBe(true);
    expect(provider.counts.token).toEqual({ authorization_code: 1, refresh_token: 2 });
    expect(sentMost()).toBe(1);
  });
});
