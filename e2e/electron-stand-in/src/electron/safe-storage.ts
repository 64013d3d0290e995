import crypto from 'node:crypto';
import { EventEmitter } from 'node:events';
import { hostState } from '../host/state';
import { strict } from '../host/strict';

/**
 * The key is published here, so it protects nothing: a keychain is pretended only to the contract suite, which
 * asks for it by STAND_IN_KEYCHAIN=published. Everyone else is told that encryption is unavailable.
 */
const PUBLISHED_KEY = crypto.pbkdf2Sync('this key is public', 'electron stand-in', 1, 32, 'sha256');
const PREFIX = Buffer.from('v11');
const NONCE = 12;
const TAG = 16;

const isReady = (): boolean => hostState.browser !== undefined;
const isPublished = (): boolean => process.env['STAND_IN_KEYCHAIN'] === 'published';

const isAvailable = (): boolean => isReady() && isPublished();

function seal(text: string): Buffer {
  const nonce = crypto.randomBytes(NONCE);
  const cipher = crypto.createCipheriv('aes-256-gcm', PUBLISHED_KEY, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([PREFIX, nonce, cipher.getAuthTag(), sealed]);
}

function open(sealed: Buffer, method: string): string {
  if (!sealed.subarray(0, PREFIX.length).equals(PREFIX)) {
    throw new Error(
      `Error while decrypting the ciphertext provided to safeStorage.${method}. Ciphertext does not appear to be encrypted.`,
    );
  }
  const nonce = sealed.subarray(PREFIX.length, PREFIX.length + NONCE);
  const body = sealed.subarray(PREFIX.length + NONCE);
  const decipher = crypto.createDecipheriv('aes-256-gcm', PUBLISHED_KEY, nonce);
  decipher.setAuthTag(body.subarray(0, TAG));
  try {
    return Buffer.concat([decipher.update(body.subarray(TAG)), decipher.final()]).toString('utf8');
  } catch {
    throw new Error(`Error while decrypting the ciphertext provided to safeStorage.${method}.`);
  }
}

class SafeStorageStandIn extends EventEmitter implements Electron.SafeStorage {
  isEncryptionAvailable(): boolean {
    return isAvailable();
  }

  isAsyncEncryptionAvailable(): Promise<boolean> {
    return Promise.resolve(isAvailable());
  }

  getSelectedStorageBackend(): ReturnType<Electron.SafeStorage['getSelectedStorageBackend']> {
    if (!isReady()) return 'unknown';
    return isPublished() ? 'gnome_libsecret' : 'basic_text';
  }

  setUsePlainTextEncryption(): void {
    throw new Error('[electron stand-in] safeStorage.setUsePlainTextEncryption is not implemented');
  }

  encryptString(text: string): Buffer {
    this.requireAvailable('encrypting the text', 'encryptString', 'Encryption');
    return seal(text);
  }

  decryptString(encrypted: Buffer): string {
    this.requireAvailable('decrypting the ciphertext', 'decryptString', 'Decryption');
    if (!Buffer.isBuffer(encrypted))
      throw new Error('Expected the first argument of decryptString() to be a buffer');
    return encrypted.length === 0 ? '' : open(encrypted, 'decryptString');
  }

  async encryptStringAsync(text: string): Promise<Buffer> {
    await Promise.resolve();
    this.requireAvailable('encrypting the text', 'encryptStringAsync', 'Encryption');
    return seal(text);
  }

  async decryptStringAsync(encrypted: Buffer): Promise<Electron.DecryptStringAsyncReturnValue> {
    await Promise.resolve();
    this.requireAvailable('decrypting the ciphertext', 'decryptStringAsync', 'Decryption');
    return { result: open(encrypted, 'decryptStringAsync'), shouldReEncrypt: false };
  }

  private requireAvailable(doing: string, method: string, noun: string): void {
    if (!isReady()) throw new Error('safeStorage cannot be used before app is ready');
    if (isAvailable()) return;
    throw new Error(`Error while ${doing} provided to safeStorage.${method}. ${noun} is not available.`);
  }
}

export const safeStorage = strict<Electron.SafeStorage>(new SafeStorageStandIn(), 'safeStorage');
