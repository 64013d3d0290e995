import type { Failure, Result } from '../../base/failure';
import type { Layer } from '../layer';

/**
 * How reading a policy ended. `untrusted`: something is there that an ordinary user could have put there, so it counts as
 * absent. `unreadable`: a policy is there, and the system does not hand it out.
 */
export type PolicyReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'untrusted'; readonly failure: Failure }
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  | { readonly kind: 'read'; readonly content: Buffer };

/** Where an administrator's policy is delivered on one kind of system. */
export interface PolicySource {
  /** What a person can look up: a path, a registry key. */
  readonly location: string;
  /** What the content says: the layers of what is enforced and of what is suggested. Never rejects. */
  readonly interpret: (content: Buffer) => Promise<Result<readonly Layer[]>>;
  /** Reads everything anew, as it is delivered. Never rejects. */
  read(): Promise<PolicyReading>;
  /** Calls back whenever reading again may give something else; possibly too often. Returns the function that stops it. */
  watch(changed: () => void): () => void;
}
