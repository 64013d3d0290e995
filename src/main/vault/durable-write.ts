import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../base/clock';
import { failed, type Result, success } from '../base/failure';
import type { Disk } from './disk';
import type { WriteStep } from './fault-points';
import { errnoOf, writeFailure } from './store-failure';

const temporarySuffix = '.tmp';
const renameRetryMs = 2_000;
const renamePauseMs = 50;

export interface DurableWriteOptions {
  /** Asked last thing before the file takes its name; if it says no, nothing is left behind and OP_STALE comes back. */
  readonly isWanted?: () => boolean;
  readonly at?: (step: WriteStep) => void | Promise<void>;
}

/** Replaces files so that a crash at any instant leaves the whole old one or the whole new one. */
export class DurableWriter {
  readonly #disk: Disk;
  readonly #clock: Clock;

  constructor(disk: Disk, clock: Clock) {
    this.#disk = disk;
    this.#clock = clock;
  }

  /**
   * Temporary file → fsync → rename → fsync of the folder. Success means it survives a power cut. After a failure the
   * old file is there, or (if only the last step failed) the new one, not yet durable.
   */
  async replace(
    folder: string,
    name: string,
    bytes: Buffer,
    options: DurableWriteOptions = {},
  ): Promise<Result<void>> {
    const { isWanted = () => true, at = () => undefined } = options;
    const temporary = join(folder, `${name}.${randomBytes(8).toString('hex')}${temporarySuffix}`);
    try {
      await at('before-write');
      await this.#writeTemporary(temporary, bytes, at);
      await at('before-rename');
      if (!(await this.#rename(temporary, join(folder, name), isWanted))) {
        await this.#discard(temporary);
        return failed('OP_STALE');
      }
      await at('renamed');
      await this.#disk.syncFolder(folder);
      await at('durable');
      return success(undefined);
    } catch (error) {
      await this.#discard(temporary);
      return { ok: false, failure: writeFailure(error) };
    }
  }

  async #writeTemporary(
    path: string,
    bytes: Buffer,
    at: NonNullable<DurableWriteOptions['at']>,
  ): Promise<void> {
    const file = await this.#disk.create(path);
    try {
      await at('temp-created');
      await file.write(bytes);
      await at('temp-written');
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Virus scanners and indexers on Windows hold files open for moments; a rename then says EPERM or EBUSY. */
  async #rename(from: string, to: string, isWanted: () => boolean): Promise<boolean> {
    const until = this.#clock.monotonic() + renameRetryMs;
    for (;;) {
      if (!isWanted()) return false;
      try {
        await this.#disk.rename(from, to);
        return true;
      } catch (error) {
        const mayPass = ['EPERM', 'EBUSY'].includes(errnoOf(error));
        if (!mayPass || this.#clock.monotonic() >= until) throw error;
      }
      await new Promise<void>((resolve) => this.#clock.after(renamePauseMs, resolve));
    }
  }

  /** Best effort: what stays is removed at the next start. */
  async #discard(temporary: string): Promise<void> {
    await this.#disk.remove(temporary).catch(() => undefined);
  }
}

/** Whether a file is one that {@link DurableWriter} left behind in a crash. */
export function isTemporary(name: string): boolean {
  return name.endsWith(temporarySuffix);
}
