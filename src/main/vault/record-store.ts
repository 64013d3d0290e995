import { join } from 'node:path';
import { failed, type Result, success } from '../base/failure';
import { type Disk, makeDurableFolder } from './disk';
import { type DurableWriter, isTemporary } from './durable-write';
import type { FaultHook, WritePurpose } from './fault-points';
import { clearFile, parseRecordFile, type RecordFile, salvageHeader } from './record-file';
import { type SessionRecord, withoutAttempt } from './session-record';
import type { SetAside } from './set-aside';
import { errnoOf, writeFailure } from './store-failure';

const suffix = '.session';
const readsAtOnce = 32;

export interface RecordStoreDependencies {
  /** The folder of the records themselves. */
  readonly folder: string;
  readonly disk: Disk;
  readonly writer: DurableWriter;
  readonly setAside: SetAside;
  readonly now: () => number;
  readonly faultPoint?: FaultHook;
}

export interface LoadedRecords {
  /** By name. */
  readonly records: ReadonlyMap<string, SessionRecord>;
  /** Names of those that are there and cannot be read now. */
  readonly unread: ReadonlySet<string>;
}

const ignore = () => undefined;

/** The folder of sealed records: one file per session, named by the hash of what the session belongs to. */
export class RecordStore {
  readonly #deps: RecordStoreDependencies;

  constructor(deps: RecordStoreDependencies) {
    this.#deps = deps;
  }

  /**
   * Reads every header; opens no secret. Removes what a crash left half-written. A damaged record is set aside and does
   * not hinder the others; one that cannot be read at all now (a disk error) is left alone.
   * @returns a failure where the folder cannot be listed: it may be full of records
   */
  async load(): Promise<Result<LoadedRecords>> {
    const { disk, folder } = this.#deps;
    await makeDurableFolder(disk, folder).catch(() => undefined);
    const files = await this.#files();
    if (!files.ok) return files;
    await Promise.all(
      files.value.filter(isTemporary).map((file) => disk.remove(join(folder, file)).catch(() => undefined)),
    );
    const names = files.value.flatMap((file) =>
      file.endsWith(suffix) ? [file.slice(0, -suffix.length)] : [],
    );
    const records = new Map<string, SessionRecord>();
    const unread = new Set<string>();
    for (let start = 0; start < names.length; start += readsAtOnce) {
      const some = names.slice(start, start + readsAtOnce);
      const read = await Promise.all(some.map(async (name) => [name, await this.#header(name)] as const));
      for (const [name, header] of read) {
        if (!header.ok) unread.add(name);
        else if (header.value !== undefined) records.set(name, header.value);
      }
    }
    return success({ records, unread });
  }

  /** STORE_UNREADABLE for a damaged or missing file; the file is left as it is. */
  async read(name: string): Promise<Result<RecordFile>> {
    try {
      const file = parseRecordFile(await this.#deps.disk.read(this.#path(name)), name);
      if (file !== undefined) return success(file);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') return { ok: false, failure: writeFailure(error) };
    }
    return failed('STORE_UNREADABLE');
  }

  /** The file as it is, to be able to put it back; undefined where there is none. */
  async bytes(name: string): Promise<Result<Buffer | undefined>> {
    try {
      return success(await this.#deps.disk.read(this.#path(name)));
    } catch (error) {
      return errnoOf(error) === 'ENOENT' ? success(undefined) : { ok: false, failure: writeFailure(error) };
    }
  }

  /** Undoes a write that nobody wants any more. Best effort, like every undoing on a disk that fails. */
  async putBack(name: string, before: Buffer | undefined): Promise<void> {
    const { disk, folder } = this.#deps;
    if (before !== undefined) await this.write(name, before, 'store', () => true);
    else
      await disk
        .remove(this.#path(name))
        .then(() => disk.syncFolder(folder))
        .catch(ignore);
  }

  async write(
    name: string,
    bytes: Buffer,
    purpose: WritePurpose,
    isWanted: () => boolean,
  ): Promise<Result<void>> {
    const { folder, disk, writer, faultPoint } = this.#deps;
    const replace = () =>
      writer.replace(folder, `${name}${suffix}`, bytes, {
        isWanted,
        ...(faultPoint !== undefined && { at: (step) => faultPoint(`${purpose}-${step}`) }),
      });
    const written = await replace();
    if (written.ok || written.failure.code !== 'STORE_WRITE_FAILED') return written;
    // The folder was there at the start; somebody may have tidied it away since.
    const isNew = await makeDurableFolder(disk, folder).catch(() => false);
    return isNew ? replace() : written;
  }

  /** Deletes a record for good, those of its name that were set aside included. */
  async remove(name: string): Promise<Result<void>> {
    const { disk, folder, setAside } = this.#deps;
    try {
      await disk.remove(this.#path(name));
      await disk.syncFolder(folder);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') return { ok: false, failure: writeFailure(error) };
    }
    return setAside.delete((file) => file.name === `${name}${suffix}`);
  }

  /**
   * Takes an unusable record out of the way without deleting it. Where its header is still readable an ended record
   * takes its place, so that the person sees whose session it was and why it needs a new sign-in. One that cannot be
   * moved stays as it is: nothing is written over it, and the next start tries again.
   */
  async setAside(name: string): Promise<SessionRecord | undefined> {
    const { disk, folder, setAside, now } = this.#deps;
    const bytes = await disk.read(this.#path(name)).catch(() => Buffer.alloc(0));
    const moved = await setAside.take(folder, `${name}${suffix}`);
    const header = salvageHeader(bytes, name);
    if (header === undefined) return undefined;
    const ended: SessionRecord = {
      ...withoutAttempt(header),
      ended: { code: 'STORE_UNREADABLE', at: now() },
    };
    if (moved.ok) await this.write(name, clearFile(ended), 'end', () => true);
    return ended;
  }

  /** Moves a record that is whole out of the way, before an ended one takes its place. */
  keepCopy(name: string): Promise<Result<void>> {
    return this.#deps.setAside.take(this.#deps.folder, `${name}${suffix}`);
  }

  /** The session whose record this name of a set-aside file was, or undefined if it is another file. */
  static nameOf(fileName: string): string | undefined {
    return fileName.endsWith(suffix) ? fileName.slice(0, -suffix.length) : undefined;
  }

  async #files(): Promise<Result<string[]>> {
    try {
      return success(await this.#deps.disk.list(this.#deps.folder));
    } catch (error) {
      return errnoOf(error) === 'ENOENT' ? success([]) : { ok: false, failure: writeFailure(error) };
    }
  }

  /** A failure is a disk that cannot be read now. */
  async #header(name: string): Promise<Result<SessionRecord | undefined>> {
    const read = await this.read(name);
    if (read.ok) return success(read.value.record);
    return read.failure.code === 'STORE_UNREADABLE' ? success(await this.setAside(name)) : read;
  }

  #path(name: string): string {
    return join(this.#deps.folder, `${name}${suffix}`);
  }
}
