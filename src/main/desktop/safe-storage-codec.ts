import { safeStorage } from 'electron';
import type { SafeStorageCodec } from '../vault';

/** Electron's `safeStorage` for the vault, which decides whether what backs it is a keychain. */
export const safeStorageCodec: SafeStorageCodec = {
  kind: () => (process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform),
  encrypt: (text) => safeStorage.encryptStringAsync(text),
  async decrypt(sealed) {
    const { result } = await safeStorage.decryptStringAsync(sealed);
    return result;
  },
};
