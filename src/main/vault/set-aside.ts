import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../base/clock';
import { failed, type Result, success } from '../base/failure';
import { type Disk, makeDurableFolder } from './disk';
import { errnoOf, writeFailure } from './store-failure';

/** A file that could not be used and was not deleted. */
export interface SetAsideFile {
  /** Its name in the folder of such files. */
  readonly id: string;
  /** The name it had. */
  readonly name: string;
  /** When it was set aside, milliseconds since the epoch. */
  readonly at: number;
}

/** Where files go that cannot be read: never deleted by the app itself, out of the way, listed for support. */
export class SetAside {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(folder: string, disk: Disk, clock: Pick<Clock, 'now'>) {
    this.#folder = folder;
    this.#disk = disk;
    this.#clock = clock;
  }

  /** Moves a file here; success also if there is none. */
  async take(folder: string, name: string): Promise<Result<void>> {
    // Random, so that nothing set aside ever replaces what was set aside before.
    const id = `${name}.${this.#clock.now()}-${randomBytes(4).toString('hex')}`;
    try {
      await makeDurableFolder(this.#disk, this.#folder);
      await this.#disk.rename(join(folder, name), join(this.#folder, id)).catch((error: unknown) => {
        if (errnoOf(error) !== 'ENOENT') throw error;
      });
      // Also where it was moved before and this failed: only then may another file take its old name.
      // The folder it left needs none: a file that is there again after a power cut is set aside again.
      await this.#disk.syncFolder(this.#folder);
      return success(undefined);
    } catch (error) {
      return { ok: false, failure: writeFailure(error) };
    }
  }

  /** A failure where the folder is there and cannot be listed: it may be full of files. */
  async list(): Promise<Result<SetAsideFile[]>> {
    try {
      return success((await this.#disk.list(this.#folder)).flatMap(fileOf));
    } catch (error) {
      return errnoOf(error) === 'ENOENT' ? success([]) : failed('STORE_READ_FAILED');
    }
  }

  async read(id: string): Promise<Buffer | undefined> {
    return this.#disk.read(join(this.#folder, id)).catch(() => undefined);
  }

  /** Deletes those that `isMeant` names, for good. */
  async delete(isMeant: (file: SetAsideFile) => boolean): Promise<Result<void>> {
    const listed = await this.list();
    if (!listed.ok) return listed;
    try {
      const meant = listed.value.filter(isMeant);
      for (const { id } of meant) await this.#disk.remove(join(this.#folder, id));
      if (meant.length > 0) await this.#disk.syncFolder(this.#folder);
      return success(undefined);
    } catch (error) {
      return { ok: false, failure: writeFailure(error) };
    }
  }
}

function fileOf(id: string): SetAsideFile[] {
  const [, name, at] = /^(.+)\.(\d+)-[0-9a-f]+$/.exec(id) ?? [];
  return name === undefined ? [] : [{ id, name, at: Number(at) }];
}
