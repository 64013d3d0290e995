import fs from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { type Failure, failure, type Result, success } from '../base/failure';
import { ProfileOwner } from './profile-owner';
import { errnoOf, writeFailure } from './store-failure';

/** A holder shows life every `update`; one that has not for `stale` is taken for dead. Milliseconds. */
export interface LifeSigns {
  readonly stale: number;
  readonly update: number;
}

/**
 * Seldom: each sign wakes the computer up. What must be known at once needs none of them: a dead holder of this computer is
 * known by its number, and a loss by the owner's file.
 */
const usualLifeSigns: LifeSigns = { stale: 45_000, update: 15_000 };

/** Held only while somebody takes the lock, so that two who find a dead holder do not both take its place. */
const gate = {
  stale: 2_000,
  realpath: false,
  retries: { retries: 30, factor: 1, minTimeout: 100, maxTimeout: 100 },
  onCompromised: () => undefined,
};

/**
 * The library would delete the lock when the process ends, even one that another process has taken over by then. A dead
 * holder is recognised by its number anyway.
 */
const keepAtExit = { ...fs, rmdirSync: () => undefined };

/** The right to be the one process that uses a profile folder, which must exist. */
export class ProfileLock {
  /** Resolves once it was taken or refused. */
  readonly known: Promise<void>;
  /** Resolves if another process has taken the profile, e.g. in a sleep in which this one seemed dead: stop everything. */
  readonly lost: Promise<void>;
  readonly #folder: string;
  readonly #owner: ProfileOwner;
  readonly #lifeSigns: LifeSigns;
  #stopWatching: () => void = ignore;
  #isLockingAgain = false;
  #state: 'free' | 'held' | 'lost' = 'free';
  #refusal: Failure | undefined;
  #lose: () => void = ignore;
  #tellKnown: () => void = ignore;
  #unlock: () => Promise<void> = () => Promise.resolve();

  constructor(folder: string, lifeSigns = usualLifeSigns) {
    this.#folder = folder;
    this.#lifeSigns = lifeSigns;
    this.#owner = new ProfileOwner(join(folder, 'profile.owner'));
    this.lost = new Promise((resolve) => {
      this.#lose = resolve;
    });
    this.known = new Promise((resolve) => {
      this.#tellKnown = resolve;
    });
  }

  /** Why this process must not use the profile, once that is known. */
  get refusal(): Failure | undefined {
    return this.#refusal;
  }

  /**
   * Takes the lock. STORE_CONTENDED: another process has it. A holder that was killed is recognised by its process number
   * and replaced at once; one that cannot be told (another machine on a network home, another container) after 45 seconds
   * without a sign of life.
   */
  async take(): Promise<Result<void>> {
    try {
      await this.#inGate(async () => {
        if (await this.#owner.isDead()) await rmdir(join(this.#folder, 'profile.lock')).catch(ignore);
        await this.#lock();
      });
      this.#state = 'held';
      this.#stopWatching = this.#owner.watch(() => {
        // Its own name is not whole yet while it is written again.
        if (!this.#isLockingAgain) void this.isHeld().catch(ignore);
      });
      return success(undefined);
    } catch (error) {
      this.#refusal = errnoOf(error) === 'ELOCKED' ? failure('STORE_CONTENDED') : writeFailure(error);
      return { ok: false, failure: this.#refusal };
    } finally {
      this.#tellKnown();
    }
  }

  /**
   * Whether no other process has taken the profile, asked of the disk: after a sleep that is known here before any timer
   * finds out. Rejects if the disk cannot say.
   */
  async isHeld(): Promise<boolean> {
    if (this.#state === 'held' && !(await this.#owner.isSelf())) {
      this.#state = 'lost';
      this.#refusal = failure('STORE_CONTENDED');
      this.#lose();
    }
    return this.#state === 'held';
  }

  /** Leaves a lock alone that has become another process's. */
  async release(): Promise<void> {
    const isHeld = await this.isHeld().catch(() => false);
    this.#state = 'free';
    this.#stopWatching();
    if (isHeld) await this.#unlock().catch(ignore);
  }

  async #inGate(work: () => Promise<void>): Promise<void> {
    const closeGate = await lock(join(this.#folder, 'gate'), gate);
    try {
      await work();
    } finally {
      await closeGate().catch(ignore);
    }
  }

  async #lock(): Promise<void> {
    const unlock = await lock(join(this.#folder, 'profile'), {
      ...this.#lifeSigns,
      realpath: false,
      fs: keepAtExit,
      onCompromised: () => void this.#lockAgain(),
    });
    try {
      // Without it the next one would read a dead owner's name and take the lock away from this live process.
      await this.#owner.claim();
    } catch (error) {
      await unlock().catch(ignore);
      throw error;
    }
    this.#unlock = unlock;
  }

  /**
   * The sign of life failed: somebody took the profile, or the disk could not be written for a while, or somebody tidied
   * the lock away. Only the first is a loss.
   */
  async #lockAgain(): Promise<void> {
    while (await this.isHeld().catch(() => this.#state === 'held')) {
      this.#isLockingAgain = true;
      const isLocked = await this.#inGate(async () => {
        if (await this.isHeld()) await this.#lock();
      }).then(() => true, ignore);
      this.#isLockingAgain = false;
      if (isLocked === true) return;
      await new Promise((resolve) => setTimeout(resolve, this.#lifeSigns.update).unref());
    }
  }
}

const ignore = () => undefined;
