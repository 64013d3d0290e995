export { createVault } from './create-vault';
export { keychainStatus } from './keychain-status';
export { OsKeychain } from './os-keychain';
export { ProfileLock } from './profile-lock';
export type { EndOptions, RefreshTicket } from './refresh-ticket';
export type { SafeStorageCodec } from './safe-storage';
export type { SessionKey } from './session-key';
export type { SessionRecord } from './session-record';
export type { Vault } from './vault';
