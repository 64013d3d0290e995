import { Readable } from 'node:stream';
import type { Attempt } from './attempt';

/** Where the pieces of a body come from. */
interface BodySource {
  /** Somebody reads again. */
  resume(): void;
  /** Nobody wants the rest, if there is one. */
  stop(): void;
}

/** As much as one piece of a socket: what is read ahead of whoever reads, and no more. */
const readAhead = 64 * 1024;
const usualMaxBytes = 1024 * 1024;

/** A body as it arrives: never more than the cap, and its sender is held back while nobody reads. */
export class AnswerBody extends Readable {
  readonly #attempt: Attempt;
  readonly #source: BodySource;
  /** Of the decoded body: a length a server declares proves nothing. */
  #bytesLeft: number;
  #isComplete = false;

  /** @param attempt finished when nothing of the body is left to come: at its end, its failure, or when it is destroyed */
  constructor(attempt: Attempt, source: BodySource) {
    super({ highWaterMark: readAhead });
    this.#attempt = attempt;
    this.#source = source;
    this.#bytesLeft = attempt.request.maxBytes ?? usualMaxBytes;
    // A deadline may pass while nobody listens; whoever reads afterwards still learns of it.
    this.on('error', ignore);
  }

  /** @returns false when its source should wait for {@link BodySource.resume} */
  receive(piece: Buffer): boolean {
    this.#bytesLeft -= piece.byteLength;
    if (this.#bytesLeft >= 0) return this.push(piece);
    this.destroy(this.#attempt.error('too-large'));
    return false;
  }

  finish(): void {
    this.#isComplete = true;
    this.push(null);
  }

  /** See `NetworkAnswer.takeWhole`. Never more than is read ahead, and one piece of a socket. */
  takeWhole(): Buffer | undefined {
    if (!this.#isComplete || this.destroyed) return undefined;
    return (this.read() as Buffer | null) ?? undefined;
  }

  override _read(): void {
    this.#source.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // Of a body that is complete nothing is left to stop.
    if (!this.#isComplete) this.#source.stop();
    this.#attempt.finish();
    done(error);
  }
}

const ignore = (): void => undefined;
