import { inspect } from 'node:util';

const redacted = '[redacted]';

/**
 * A token, code, verifier or key. Every way of turning it into text gives `[redacted]`, so that it cannot reach a log,
 * an error, JSON or a template by accident; only {@link reveal} returns the value, and that word is easy to review.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it only where it is sent to its owner or sealed. */
  reveal(): string {
    return this.#value;
  }

  /** Whether both are the same value; not for what a stranger sent, since its time depends on the value. */
  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [Symbol.toPrimitive](): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
