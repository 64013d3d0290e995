import type { Failure } from '../base/failure';

/** Where the data key is kept. `memory` means that nothing of this run will be remembered, for the reason given. */
export type KeySource =
  | { readonly kind: 'keychain' }
  | { readonly kind: 'safe-storage' }
  | { readonly kind: 'memory'; readonly reason: Failure };

/**
 * The key source is another than the profile's file says, or than it was a moment ago; or it lost the key, and a new one
 * was made for a person who signed in (`isKeyReplaced`): sessions of before then need a new sign-in.
 */
export interface KeySourceChange {
  readonly isKeyReplaced: boolean;
  readonly before: KeySource['kind'];
  readonly now: KeySource;
}
