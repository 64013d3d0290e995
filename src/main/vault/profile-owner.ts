import { randomUUID } from 'node:crypto';
import { watch } from 'node:fs';
import { readFile, readlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { errnoOf } from './store-failure';

/** Process numbers mean something only on the same machine and, on Linux, in the same namespace of them. */
const ownerShape = z.object({
  pid: z.number().int().positive(),
  machine: z.string(),
  pidSpace: z.string(),
  /** Tells apart those who held it one after another, also within one process. */
  id: z.uuid(),
});
type Owner = z.infer<typeof ownerShape>;

/** The file beside a profile's lock that names who holds it. */
export class ProfileOwner {
  readonly #file: string;
  readonly #id = randomUUID();

  constructor(file: string) {
    this.#file = file;
  }

  /** Names this process; to be called by whoever has just taken the lock. */
  async claim(): Promise<void> {
    await writeFile(this.#file, JSON.stringify(await this.#self()), { mode: 0o600 });
  }

  /** Whether the last to claim it was this one. Rejects if the disk cannot say. */
  async isSelf(): Promise<boolean> {
    return (await this.#read())?.id === this.#id;
  }

  /** Calls back when it may name another, where the system tells of it; does not keep the process alive. */
  watch(changed: () => void): () => void {
    try {
      const watcher = watch(this.#file, { persistent: false }, changed);
      watcher.on('error', () => {
        watcher.close();
      });
      return () => {
        watcher.close();
      };
    } catch {
      // No watches left, or it is gone: whoever writes asks the disk anyway.
      return () => undefined;
    }
  }

  /** Whether the process it names ran here and has ended; false where that cannot be told. */
  async isDead(): Promise<boolean> {
    const [owner, here] = [await this.#read().catch(() => undefined), await this.#self()];
    if (owner === undefined || owner.machine !== here.machine || owner.pidSpace !== here.pidSpace)
      return false;
    try {
      process.kill(owner.pid, 0);
      return false;
    } catch (error) {
      return errnoOf(error) === 'ESRCH';
    }
  }

  async #self(): Promise<Owner> {
    const pidSpace = await readlink('/proc/self/ns/pid').catch(() => '');
    return { pid: process.pid, machine: hostname(), pidSpace, id: this.#id };
  }

  /** Undefined where nobody is named. */
  async #read(): Promise<Owner | undefined> {
    try {
      return ownerShape.safeParse(JSON.parse(await readFile(this.#file, 'utf8'))).data;
    } catch (error) {
      if (error instanceof SyntaxError || errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }
}
