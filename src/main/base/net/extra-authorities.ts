import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { failed, type Failure, type Result, success } from '../failure';

/** More than any bundle of certificates has; the largest public one is a quarter of it. */
const largestFile = 1024 * 1024;

const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

interface Reading {
  readonly seen: string;
  readonly pem: Promise<readonly string[]>;
}

/**
 * The certificate authorities of a file that an administrator named. The file is looked at again for every request, so
 * that an exchanged one counts from the next connection on. A file that cannot be used adds nothing: then only the usual
 * authorities are trusted, and why is told.
 */
export class ExtraAuthorities {
  readonly #tell: (failure: Failure | undefined) => void;
  #path: string | undefined;
  #reading: Reading | undefined;

  /** @param tell what is wrong with the file, or that nothing is; after each reading of it */
  constructor(tell: (failure: Failure | undefined) => void) {
    this.#tell = tell;
  }

  /** @param path absolute; undefined: none */
  follow(path: string | undefined): void {
    if (path === this.#path) return;
    this.#path = path;
    this.#reading = undefined;
    if (path === undefined) this.#tell(undefined);
    else void this.current();
  }

  /** PEM, one certificate each. Never rejects. */
  async current(): Promise<readonly string[]> {
    const path = this.#path;
    if (path === undefined) return [];
    const seen = await fingerprint(path);
    if (path !== this.#path) return this.current();
    if (this.#reading?.seen !== seen) this.#reading = { seen, pem: this.#read(path) };
    return this.#reading.pem;
  }

  async #read(path: string): Promise<readonly string[]> {
    const read = await certificatesIn(path);
    if (path === this.#path) this.#tell(read.ok ? undefined : read.failure);
    return read.ok ? read.value : [];
  }
}

async function fingerprint(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path);
    return [ino, size, mtimeMs].join(' ');
  } catch (error) {
    return codeOf(error);
  }
}

async function certificatesIn(path: string): Promise<Result<readonly string[]>> {
  try {
    const status = await stat(path);
    // Reading a pipe would wait for somebody who writes to it.
    if (!status.isFile()) return unusable('not-a-file');
    if (status.size > largestFile) return unusable('certificates');
    const found = (await readFile(path, 'latin1')).match(certificate) ?? [];
    for (const pem of found) new X509Certificate(pem);
    return found.length === 0 ? unusable('certificates') : success(found);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return unusable('missing');
    return unusable(code === 'EACCES' || code === 'EPERM' ? 'access' : 'certificates');
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

const unusable = (reason: string) => failed('CFG_CA_FILE_UNUSABLE', { reason });
