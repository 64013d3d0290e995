/** Electron's `safeStorage`, as the desktop hands it over. */
export interface SafeStorageCodec {
  /**
   * What backs it: on Linux Electron's `getSelectedStorageBackend()`, elsewhere any name.
   */
  kind(): string;
  /** Rejects where encryption is not available. */
  encrypt(text: string): Promise<Buffer>;
  /** Rejects if the text was sealed by another key. */
  decrypt(sealed: Buffer): Promise<string>;
}

/** Whether a keychain really stands behind it: Linux's `basic_text` is a password in the source code. */
export function isReallyBacked(codec: SafeStorageCodec, platform: NodeJS.Platform): boolean {
  const kind = codec.kind();
  if (platform === 'linux') return kind === 'gnome_libsecret' || /^kwallet[56]?$/.test(kind);
  return kind !== 'unavailable' && kind !== 'unknown' && kind !== 'basic_text';
}
