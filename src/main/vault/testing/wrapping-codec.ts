import type { SafeStorageCodec } from '../safe-storage';

/** A safeStorage whose keychain can be another one, or locked. */
export function wrappingCodec(kind: string, secret = 1): SafeStorageCodec & { locked: boolean } {
  return {
    locked: false,
    kind: () => kind,
    async encrypt(text) {
      await Promise.resolve();
      if (this.locked) throw new Error('locked');
      return Buffer.from(text, 'utf8').map((byte) => byte ^ secret) as Buffer;
    },
    async decrypt(sealed) {
      await Promise.resolve();
      if (this.locked) throw new Error('locked');
      const text = Buffer.from(sealed.map((byte) => byte ^ secret)).toString('utf8');
      if (!/^[\w-]+$/.test(text)) throw new Error('not mine');
      return text;
    },
  };
}
