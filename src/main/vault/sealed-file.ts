import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../base/clock';
import { type Result, success } from '../base/failure';
import { Secret } from '../base/secret';
import type { DataKeyKeeper } from './data-key-keeper';
import { type Disk, makeDurableFolder } from './disk';
import type { DurableWriter } from './durable-write';
import { SerialQueue } from '../base/serial-queue';
import { errnoOf, writeFailure } from './store-failure';

export interface SealedFileDependencies {
  readonly folder: string;
  readonly disk: Disk;
  readonly writer: DurableWriter;
  readonly keys: Pick<DataKeyKeeper, 'key'>;
  readonly clock: Pick<Clock, 'now'>;
}

const headerShape = z.object({
  version: z.literal(1),
  writtenAt: z.number(),
  /** SHA-256 of the text, so that a text that is kept already needs no key. */
  digest: z.string(),
  key: z.string(),
});
type Header = z.output<typeof headerShape>;

/**
 * One text under the data key, for what is no session but must not be changed by others: a clear header in JSON, which
 * is the associated data together with the file's name, and the sealed text below it.
 */
export class SealedFile {
  readonly #deps: SealedFileDependencies;
  readonly #name: string;
  readonly #queue = new SerialQueue();

  /** @param name of the file, which is what it cannot be exchanged with */
  constructor(name: string, deps: SealedFileDependencies) {
    this.#name = name;
    this.#deps = deps;
  }

  /** Undefined where there is none, where it was damaged, or where the key cannot be had. */
  read(): Promise<{ readonly text: string; readonly writtenAt: number } | undefined> {
    return this.#inTurn(async () => {
      const file = await this.#file();
      const key = file && (await this.#deps.keys.key('use'));
      if (file === undefined || key?.ok !== true) return undefined;
      const text = key.value.unseal(file.sealed, this.#associated(file.headerLine));
      if (text !== undefined) return { text: text.reveal(), writtenAt: file.header.writtenAt };
      // Its digest would keep the same text from being sealed again, under the key that there is now.
      await this.#remove();
      return undefined;
    });
  }

  /** Does nothing, and needs no key, where just this text is kept already. */
  write(text: string): Promise<Result<void>> {
    return this.#inTurn(async () => {
      const { keys, clock, disk, writer, folder } = this.#deps;
      const digest = createHash('sha256').update(text).digest('hex');
      if ((await this.#file())?.header.digest === digest) return success(undefined);
      const key = await keys.key('use');
      if (!key.ok) return key;
      const header: Header = { version: 1, writtenAt: clock.now(), digest, key: key.value.id };
      const headerLine = JSON.stringify(header);
      const sealed = key.value.seal(new Secret(text), this.#associated(headerLine)).toString('base64');
      try {
        await makeDurableFolder(disk, folder);
      } catch (error) {
        return { ok: false, failure: writeFailure(error) };
      }
      return writer.replace(folder, this.#name, Buffer.from(`${headerLine}\n${sealed}\n`));
    });
  }

  remove(): Promise<Result<void>> {
    return this.#inTurn(() => this.#remove());
  }

  async #remove(): Promise<Result<void>> {
    const { disk, folder } = this.#deps;
    try {
      await disk.remove(join(folder, this.#name));
      await disk.syncFolder(folder);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') return { ok: false, failure: writeFailure(error) };
    }
    return success(undefined);
  }

  async #file(): Promise<{ header: Header; headerLine: string; sealed: Buffer } | undefined> {
    const { disk, folder } = this.#deps;
    try {
      const [headerLine = '', sealed = ''] = (await disk.read(join(folder, this.#name)))
        .toString('utf8')
        .split('\n');
      const header = headerShape.parse(JSON.parse(headerLine));
      return { header, headerLine, sealed: Buffer.from(sealed, 'base64') };
    } catch {
      return undefined;
    }
  }

  #associated(headerLine: string): string {
    return `${this.#name}\n${headerLine}`;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    return this.#queue.run(this.#name, task);
  }
}
