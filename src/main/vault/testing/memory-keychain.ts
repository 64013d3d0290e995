import { failed, type Failure, type Result, success } from '../../base/failure';
import { Secret } from '../../base/secret';
import type { Keychain } from '../keychain';

/** A keychain of a test's own: entries can be seen, taken away and made to fail. */
export class MemoryKeychain implements Keychain {
  readonly entries = new Map<string, string>();
  readonly calls: string[] = [];
  /** While set, every call fails so. */
  fails: Failure['code'] | undefined;
  #lateListeners: (() => void)[] = [];

  async read(account: string): Promise<Result<Secret | undefined>> {
    const entry = this.entries.get(account);
    return this.#answer(`read ${account}`, () => (entry === undefined ? undefined : new Secret(entry)));
  }

  async write(account: string, secret: Secret): Promise<Result<void>> {
    return this.#answer(`write ${account}`, () => void this.entries.set(account, secret.reveal()));
  }

  async remove(account: string): Promise<Result<boolean>> {
    return this.#answer(`remove ${account}`, () => this.entries.delete(account));
  }

  onLateAnswer(listener: () => void): void {
    this.#lateListeners.push(listener);
  }

  /** A person answers a prompt whose call was given up long ago. */
  answerLate(): void {
    for (const listener of this.#lateListeners) listener();
  }

  close(): void {
    this.#lateListeners = [];
  }

  async #answer<T>(call: string, act: () => T): Promise<Result<T>> {
    this.calls.push(call);
    await Promise.resolve();
    return this.fails === undefined ? success(act()) : failed(this.fails);
  }
}
