import { Readable } from 'node:stream';

/** Where the pieces of a body come from. */
export interface BodySource {
  /** Somebody reads again. */
  resume(): void;
  /** Nobody wants the rest, if there is one. */
  stop(): void;
}

interface Options {
  /** Most bytes of the decoded body: a length a server declares proves nothing. */
  readonly maxBytes: number;
  readonly source: BodySource;
  readonly tooLarge: () => Error;
  /** Called once, when nothing of the body is left to come: at its end, its failure, or when it is destroyed. */
  readonly ended: () => void;
}

/** As much as one piece of a socket: what is read ahead of whoever reads, and no more. */
const readAhead = 64 * 1024;

/** A body as it arrives: never more than the cap, and its sender is held back while nobody reads. */
export class AnswerBody extends Readable {
  readonly #options: Options;
  #left: number;

  constructor(options: Options) {
    super({ highWaterMark: readAhead });
    this.#options = options;
    this.#left = options.maxBytes;
    // A deadline may pass while nobody listens; whoever reads afterwards still learns of it.
    this.on('error', () => undefined);
  }

  /** @returns false when its source should wait for {@link BodySource.resume} */
  receive(piece: Buffer): boolean {
    this.#left -= piece.byteLength;
    if (this.#left >= 0) return this.push(piece);
    this.destroy(this.#options.tooLarge());
    return false;
  }

  finish(): void {
    this.push(null);
  }

  override _read(): void {
    this.#options.source.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#options.source.stop();
    this.#options.ended();
    done(error);
  }
}
