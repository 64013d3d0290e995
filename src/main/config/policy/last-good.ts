/** Text at rest that only this app on this account can have written, as the vault's sealed files are. Never rejects. */
export interface SealedText {
  /** Undefined where there is none, or it cannot be opened. `writtenAt`: milliseconds since the epoch. */
  read(): Promise<{ readonly text: string; readonly writtenAt: number } | undefined>;
  /** Best effort: without a keychain nothing is kept. Does nothing where just this text is kept already. */
  write(text: string): Promise<unknown>;
  remove(): Promise<unknown>;
}

/** A policy that could be read. */
export interface GoodPolicy {
  readonly content: Buffer;
  /** When it was read, milliseconds since the epoch. */
  readonly readAt: number;
}

const isGood = (policy: GoodPolicy | 'none' | undefined): policy is GoodPolicy => typeof policy === 'object';

/**
 * The last policy that could be read, kept while the app runs and beyond. Sealed, since whoever could rewrite it would
 * only have to wait until a policy breaks to loosen its locks. Deleting it loosens nothing: an unknown policy blocks.
 */
export class LastGood {
  readonly #kept: SealedText;
  /** `undefined`: not looked for yet. */
  #policy: GoodPolicy | 'none' | undefined;

  constructor(kept: SealedText) {
    this.#kept = kept;
  }

  async get(): Promise<GoodPolicy | undefined> {
    this.#policy ??= await this.#read();
    return isGood(this.#policy) ? this.#policy : undefined;
  }

  /** Known at once; what reaches the disk may have to wait for a keychain. */
  set(policy: GoodPolicy): void {
    const isSame = isGood(this.#policy) && this.#policy.content.equals(policy.content);
    if (isSame) return;
    this.#policy = policy;
    void this.#kept.write(policy.content.toString('base64'));
  }

  forget(): void {
    this.#policy = 'none';
    void this.#kept.remove();
  }

  async #read(): Promise<GoodPolicy | 'none'> {
    const kept = await this.#kept.read();
    if (kept === undefined) return 'none';
    return { content: Buffer.from(kept.text, 'base64'), readAt: kept.writtenAt };
  }
}
