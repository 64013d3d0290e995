/** A set of callbacks, called in the order they were added. */
export class Listeners<Arguments extends readonly unknown[]> {
  readonly #listeners = new Set<(...args: Arguments) => void>();

  /** Returns the function that takes the listener away again. */
  add(listener: (...args: Arguments) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(...args: Arguments): void {
    for (const listener of [...this.#listeners]) listener(...args);
  }
}
