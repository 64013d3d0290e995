import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'jose';
import type { StoredRecords } from './records';

/** What outlives a restart of the provider. */
export interface ProviderState {
  readonly signingKey: JWK;
  readonly cookieKey: string;
  readonly records: StoredRecords;
}

export async function freshState(algorithm: 'RS256' | 'ES256'): Promise<ProviderState> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const signingKey = { ...(await exportJWK(privateKey)), alg: algorithm, use: 'sig' };
  return { signingKey, cookieKey: randomBytes(32).toString('base64url'), records: {} };
}

export async function readState(file: string): Promise<ProviderState | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ProviderState;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes the state soon after it changed, and never half: a reader finds the old file or the new one. */
export class StateWriter {
  readonly #file: string;
  readonly #state: () => ProviderState;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string, state: () => ProviderState) {
    this.#file = file;
    this.#state = state;
  }

  readonly changed = (): void => {
    this.#timer ??= setTimeout(() => void this.flush(), 50).unref();
  };

  /** Resolves once everything that changed before the call is in the file. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.draft`;
    await writeFile(draft, JSON.stringify(this.#state()), { mode: 0o600 });
    await rename(draft, this.#file);
  }
}
