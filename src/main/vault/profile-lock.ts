import { readFile, readlink, rmdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { z } from 'zod';
import { failed, type Result, success } from '../base/failure';
import { errnoOf, writeFailure } from './store-failure';

/** The right to be the one process that uses a profile. */
export interface ProfileLock {
  readonly release: () => Promise<void>;
  /** Resolves if the lock is lost, e.g. after a sleep in which another process took it for dead: stop refreshing then. */
  readonly lost: Promise<void>;
}

/** A holder shows life this often; one that has not for `stale` is taken for dead. Milliseconds. */
const stale = 10_000;
const update = 2_000;

/** Held only while somebody takes the lock, so that two who find a dead holder do not both take its place. */
const gate = {
  stale: 2_000,
  realpath: false,
  retries: { retries: 30, factor: 1, minTimeout: 100, maxTimeout: 100 },
  onCompromised: () => undefined,
};

/**
 * Takes the lock of a profile folder, which must exist. STORE_CONTENDED: another process has it. A holder that was
 * killed is recognised by its process number and replaced at once; one that cannot be told (another machine on a network
 * home, another container) after ten seconds without a sign of life.
 */
export async function openProfileLock(folder: string): Promise<Result<ProfileLock>> {
  const lockFolder = join(folder, 'profile.lock');
  const ownerFile = join(folder, 'profile.owner');
  let closeGate: (() => Promise<void>) | undefined;
  try {
    closeGate = await lock(join(folder, 'gate'), gate);
    if (await isOwnerDead(ownerFile)) await rmdir(lockFolder).catch(ignore);
    let lose: () => void = ignore;
    const lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    const onCompromised = () => {
      lose();
    };
    const release = await lock(join(folder, 'profile'), { stale, update, realpath: false, onCompromised });
    // Without this line the next one would read a dead owner's and take the lock away from this live process.
    await writeFile(ownerFile, JSON.stringify(await thisProcess()), { mode: 0o600 }).catch(
      async (error: unknown) => {
        await release().catch(ignore);
        throw error;
      },
    );
    // A lock that was lost has nothing to release any more.
    return success({ lost, release: () => release().catch(ignore) });
  } catch (error) {
    if (errnoOf(error) === 'ELOCKED') return failed('STORE_CONTENDED');
    return { ok: false, failure: writeFailure(error) };
  } finally {
    await closeGate?.().catch(ignore);
  }
}

const ignore = () => undefined;

const ownerShape = z.object({ pid: z.number().int().positive(), machine: z.string(), pidSpace: z.string() });
type Owner = z.infer<typeof ownerShape>;

/** Process numbers mean something only on the same machine and, on Linux, in the same namespace of them. */
async function thisProcess(): Promise<Owner> {
  const pidSpace = await readlink('/proc/self/ns/pid').catch(() => '');
  return { pid: process.pid, machine: hostname(), pidSpace };
}

async function isOwnerDead(ownerFile: string): Promise<boolean> {
  const owner = await readOwner(ownerFile);
  const here = await thisProcess();
  if (owner === undefined || owner.machine !== here.machine || owner.pidSpace !== here.pidSpace) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return errnoOf(error) === 'ESRCH';
  }
}

async function readOwner(ownerFile: string): Promise<Owner | undefined> {
  try {
    return ownerShape.parse(JSON.parse(await readFile(ownerFile, 'utf8')));
  } catch {
    return undefined;
  }
}
