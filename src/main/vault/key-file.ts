import { join } from 'node:path';
import { z } from 'zod';
import { type Result, success } from '../base/failure';
import { type Disk, makeDurableFolder } from './disk';
import type { DurableWriter } from './durable-write';
import type { SetAside } from './set-aside';
import { errnoOf, writeFailure } from './store-failure';

/** Which key source a profile uses, in clear; it holds no key that is not wrapped. */
export type KeyRecord =
  /** Without `keyId` the key is being made: nothing is sealed with it yet. */
  | { readonly source: 'keychain'; readonly profileId: string; readonly keyId?: string }
  | {
      readonly source: 'safe-storage';
      readonly backend: string;
      readonly wrapped: string;
      readonly keyId: string;
    }
  | { readonly source: 'memory' };

/** A key record that says what existing records are sealed with. */
export type SealingKey = Exclude<KeyRecord, { source: 'memory' }> & { readonly keyId: string };

export function sealingKeyOf(recorded: KeyRecord | 'absent' | 'damaged'): SealingKey | undefined {
  if (recorded === 'absent' || recorded === 'damaged' || recorded.source === 'memory') return undefined;
  return recorded.keyId === undefined ? undefined : { ...recorded, keyId: recorded.keyId };
}

const version = z.literal(1);
const shape = z.discriminatedUnion('source', [
  z.object({
    version,
    source: z.literal('keychain'),
    profileId: z.uuid(),
    keyId: z.string().exactOptional(),
  }),
  z.object({
    version,
    source: z.literal('safe-storage'),
    backend: z.string(),
    wrapped: z.base64(),
    keyId: z.string(),
  }),
  z.object({ version, source: z.literal('memory') }),
]);

export const keyFileName = 'data-key.json';

/** The small clear file that says where the data key is. */
export class KeyFile {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #writer: DurableWriter;
  readonly #setAside: SetAside;

  constructor(folder: string, disk: Disk, writer: DurableWriter, setAside: SetAside) {
    this.#folder = folder;
    this.#disk = disk;
    this.#writer = writer;
    this.#setAside = setAside;
  }

  /** A failure is a disk that cannot be read now: the file may be whole. */
  async read(): Promise<Result<KeyRecord | 'absent' | 'damaged'>> {
    try {
      const text = (await this.#disk.read(join(this.#folder, keyFileName))).toString('utf8');
      const parsed = shape.safeParse(JSON.parse(text));
      return success(parsed.success ? parsed.data : 'damaged');
    } catch (error) {
      if (error instanceof SyntaxError) return success('damaged');
      return errnoOf(error) === 'ENOENT' ? success('absent') : { ok: false, failure: writeFailure(error) };
    }
  }

  async write(record: KeyRecord): Promise<Result<void>> {
    const bytes = Buffer.from(`${JSON.stringify({ version: 1, ...record })}\n`);
    await makeDurableFolder(this.#disk, this.#folder).catch(() => undefined);
    return this.#writer.replace(this.#folder, keyFileName, bytes);
  }

  /** Moves the file out of the way, before a new key takes the place of one that is gone. Keeps it for support. */
  async retire(): Promise<Result<void>> {
    const moved = await this.#setAside.take(this.#folder, keyFileName);
    return moved.ok ? success(undefined) : moved;
  }
}
