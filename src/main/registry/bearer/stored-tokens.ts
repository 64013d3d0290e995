import { createHash, randomBytes } from 'node:crypto';
import type { Failure, Result } from '../../base/failure';
import type { Secret } from '../../base/secret';
import { SerialQueue } from '../../base/serial-queue';
import type { Registry } from '../../config';
import { tokenIn } from './token-text';

/** A text that is sealed on disk, or not written at all; see the vault's `SealedFile`. */
interface SealedText {
  read(): Promise<{ readonly text: string } | undefined>;
  write(text: string): Promise<Result<void>>;
  remove(): Promise<Result<void>>;
}

export interface StoredToken {
  readonly token: Secret;
  /** Why it will not outlive the app: this computer cannot seal it. */
  readonly notRemembered?: Failure;
}

/** Whose token it is: the registry, and the name that its configuration has for it. */
type Owner = Pick<Registry, 'id' | 'url' | 'auth'>;

/**
 * Tokens that a person gave to the app: in memory, and sealed in the vault or not on disk at all. Each belongs to a name
 * and an address together, so that no edit of the configuration sends one to another registry than it was given for.
 */
export class StoredTokens {
  readonly #sealed: (name: string) => SealedText;
  readonly #inMemory = new Map<string, StoredToken>();
  readonly #queue = new SerialQueue();

  constructor(sealed: (name: string) => SealedText) {
    this.#sealed = sealed;
  }

  read(owner: Owner): Promise<StoredToken | undefined> {
    return this.#inTurn(owner, async (name, file) => {
      const known = this.#inMemory.get(name);
      if (known !== undefined) return known;
      const [, text = ''] = (await file.read())?.text.split(' ') ?? [];
      const token = tokenIn(text);
      if (token !== undefined) this.#inMemory.set(name, { token });
      return this.#inMemory.get(name);
    });
  }

  /** Keeps it in memory where it cannot be sealed; then it is said that it is not remembered. */
  write(owner: Owner, token: Secret): Promise<void> {
    return this.#inTurn(owner, async (name, file) => {
      // Its one way out: into the seal. A sealed file shows the digest of its text; salt keeps that from testing a guess.
      const written = await file.write(`${randomBytes(16).toString('hex')} ${token.reveal()}`);
      // The one before it must not come back after a restart.
      if (!written.ok) await file.remove();
      this.#inMemory.set(name, { token, ...(!written.ok && { notRemembered: written.failure }) });
    });
  }

  remove(owner: Owner): Promise<Result<void>> {
    return this.#inTurn(owner, async (name, file) => {
      const removed = await file.remove();
      if (removed.ok) this.#inMemory.delete(name);
      return removed;
    });
  }

  #inTurn<T>(owner: Owner, task: (name: string, file: SealedText) => Promise<T>): Promise<T> {
    const name = fileNameOf(owner);
    return this.#queue.run(name, () => task(name, this.#sealed(name)));
  }
}

/** Names and addresses as the name of a file, whatever is in them. */
function fileNameOf({ id, url, auth }: Owner): string {
  const name = auth.type === 'bearer' && auth.tokenRef !== undefined ? `ref ${auth.tokenRef}` : `id ${id}`;
  return `token-${createHash('sha256').update(`${name}\0${url}`).digest('hex').slice(0, 32)}.sealed`;
}
