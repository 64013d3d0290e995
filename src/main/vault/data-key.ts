import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { Secret } from '../base/secret';

const keyLength = 32;
const ivLength = 12;
const tagLength = 16;

/** How many bytes a secret has that was sealed into these. */
export const sealedTokenBytes = (sealed: Buffer): number => Math.max(0, sealed.length - ivLength - tagLength);

/** The one key of a profile: 32 random bytes that seal every record with AES-256-GCM (NIST SP 800-38D). */
export class DataKey {
  /** Tells keys apart without revealing them; written in clear beside what the key sealed. */
  readonly id: string;
  readonly #key: KeyObject;

  constructor(bytes: Buffer) {
    this.#key = createSecretKey(bytes);
    this.id = createHmac('sha256', this.#key).update('gatepass data key id').digest('hex').slice(0, 16);
  }

  static generate(): DataKey {
    return new DataKey(randomBytes(keyLength));
  }

  /** The key in the text form of {@link toText}, or undefined where the text is none. */
  static fromText(text: Secret): DataKey | undefined {
    const bytes = Buffer.from(text.reveal(), 'base64url');
    return bytes.length === keyLength ? new DataKey(bytes) : undefined;
  }

  /** Base64url, which every keychain stores unchanged. */
  toText(): Secret {
    return new Secret(this.#key.export().toString('base64url'));
  }

  /** @param associated clear text that the sealed one must not be separated from */
  seal(secret: Secret, associated: string): Buffer {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv, { authTagLength: tagLength });
    cipher.setAAD(Buffer.from(associated));
    return Buffer.concat([iv, cipher.update(secret.reveal(), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  }

  /** Undefined if the key, the sealed bytes or the associated text differ from those of {@link seal}. */
  unseal(sealed: Buffer, associated: string): Secret | undefined {
    if (sealed.length < ivLength + tagLength) return undefined;
    const iv = sealed.subarray(0, ivLength);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, iv, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(associated));
    decipher.setAuthTag(sealed.subarray(-tagLength));
    const body = sealed.subarray(ivLength, -tagLength);
    try {
      return new Secret(Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8'));
    } catch {
      return undefined;
    }
  }
}
