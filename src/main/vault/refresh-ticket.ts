import type { Code } from '../../contract/codes';
import type { Result } from '../base/failure';
import type { Secret } from '../base/secret';
import type { SessionFields, SessionRecord } from './session-record';

export interface EndOptions {
  /** Keeps the sealed record, for a refusal that gave no reason. */
  readonly setTokenAside: boolean;
}

/**
 * The right to send a refresh token once. Its intent is durable before the ticket exists; it stays open, as an
 * interrupted rotation, until it is committed or withdrawn.
 */
export interface RefreshTicket {
  readonly refreshToken: Secret;
  /** How often this token has been sent with this time included; above 1 an earlier outcome is unknown. */
  readonly attempt: number;
  /** Whose session it is, as last committed. */
  readonly record: SessionRecord;
  /**
   * Closes the intent. With a new token: from this call on only that one is ever handed out, even if the disk fails,
   * and writing it is retried. Without: the provider did not rotate. May be called again, to add fields.
   * @returns OP_STALE if the session was signed out, ended or replaced meanwhile: what came is forgotten
   */
  commit(newToken?: Secret, fields?: SessionFields): Promise<Result<void>>;
  /** Nothing left this machine, or the provider answered and left the token as it was: this attempt does not count. */
  withdraw(): Promise<Result<void>>;
  /** The provider answered, in a way that does not say what became of the token: the intent stays open. */
  leaveAnswered(): Promise<Result<void>>;
  /**
   * Ends the session, because the provider or we ended it: its token goes, its header stays with the reason.
   * @returns OP_STALE if another sign-in has taken its place meanwhile, which this must not end
   */
  end(code: Code, options?: EndOptions): Promise<Result<void>>;
}
