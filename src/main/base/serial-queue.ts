/** Runs tasks of one name strictly one after another, those of different names side by side. */
export class SerialQueue {
  readonly #tails = new Map<string, Promise<unknown>>();

  run<T>(name: string, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(name) ?? Promise.resolve();
    const result = before.then(task, task);
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    this.#tails.set(name, tail);
    void tail.then(() => {
      if (this.#tails.get(name) === tail) this.#tails.delete(name);
    });
    return result;
  }

  /** Resolves when everything that was asked for until now is done. */
  async idle(): Promise<void> {
    await Promise.all(this.#tails.values());
  }
}
