import { join } from 'node:path';
import { z } from 'zod';
import type { Result } from '../base/failure';
import type { Disk } from './disk';
import type { DurableWriter } from './durable-write';

const shape = z.object({
  version: z.literal(1),
  since: z.record(z.string().regex(/^[0-9a-f]{64}$/), z.number().int().nonnegative()),
});
const fileName = 'vanished.json';

/**
 * Since when no registry matches a record, by record name. A file of its own: noting it in the record would need the
 * key, and a configuration may vanish while the keychain is locked.
 */
export class VanishedFile {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #writer: DurableWriter;

  constructor(folder: string, disk: Disk, writer: DurableWriter) {
    this.#folder = folder;
    this.#disk = disk;
    this.#writer = writer;
  }

  /** A file that is missing or damaged means that nothing has vanished yet: records live longer then, never shorter. */
  async read(): Promise<Map<string, number>> {
    try {
      const text = (await this.#disk.read(join(this.#folder, fileName))).toString('utf8');
      return new Map(Object.entries(shape.parse(JSON.parse(text)).since));
    } catch {
      return new Map();
    }
  }

  write(since: ReadonlyMap<string, number>): Promise<Result<void>> {
    const text = JSON.stringify({ version: 1, since: Object.fromEntries(since) });
    return this.#writer.replace(this.#folder, fileName, Buffer.from(`${text}\n`));
  }
}
