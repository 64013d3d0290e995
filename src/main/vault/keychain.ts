import type { Result } from '../base/failure';
import type { Secret } from '../base/secret';

/**
 * The operating system's keychain, as far as the vault needs it. Every call ends within a deadline: STORE_LOCKED where
 * the keychain is locked, asks the person or does not answer in time, STORE_UNAVAILABLE where there is none.
 */
export interface Keychain {
  /** Undefined where no such entry is visible; a keychain that is only half up may say so too. */
  read(account: string): Promise<Result<Secret | undefined>>;
  write(account: string, secret: Secret): Promise<Result<void>>;
  /** @returns whether there was an entry */
  remove(account: string): Promise<Result<boolean>>;
  /** Calls back when a call that had run into its deadline is answered after all: trying again is then worthwhile. */
  onLateAnswer(listener: () => void): void;
  /** Lets go of the keychain; a call that hangs is left behind. */
  close(): void;
}

/** The service under which entries are kept; accounts are `data-key:<profile id>`. */
export const keychainService = 'app.gatepass.desktop';
