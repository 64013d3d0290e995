import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Result, success } from '../../base/failure';
import { Secret } from '../../base/secret';
import type { Keychain } from '../keychain';

/** A keychain that several test processes share: one file per entry. It protects nothing. */
export class FolderKeychain implements Keychain {
  readonly #folder: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
  }

  read(account: string): Promise<Result<Secret | undefined>> {
    try {
      return Promise.resolve(success(new Secret(readFileSync(this.#path(account), 'utf8'))));
    } catch {
      return Promise.resolve(success(undefined));
    }
  }

  write(account: string, secret: Secret): Promise<Result<void>> {
    writeFileSync(this.#path(account), secret.reveal());
    return Promise.resolve(success(undefined));
  }

  remove(account: string): Promise<Result<boolean>> {
    rmSync(this.#path(account), { force: true });
    return Promise.resolve(success(true));
  }

  onLateAnswer(): void {
    // Answers are never late.
  }

  close(): void {
    // Nothing is held.
  }

  #path(account: string): string {
    return join(this.#folder, encodeURIComponent(account));
  }
}
