import type { SessionConsequence } from '../../contract/registry-form';
import type { AuthStatus } from '../../contract/view-model';
import type { Registry } from '../config';

/** What a session is doing while its registry is edited. */
export interface SessionNow {
  readonly isHeld: boolean;
  readonly isSigningIn: boolean;
}

/** @param status the wire word of the session's state */
export const sessionNow = (kind: string | undefined, status: AuthStatus): SessionNow => ({
  isHeld: status === 'authenticated',
  isSigningIn: kind === 'signing-in',
});

/**
 * What an edit does to the sign-in. A session belongs to address, issuer and client id; with one of them another, its
 * record is not used any more, since its token must not reach whoever stands there now.
 */
export function consequencesOf(
  before: Registry,
  after: Registry,
  { isHeld, isSigningIn }: SessionNow,
): SessionConsequence[] {
  const isSameSession = sessionKey(before) === sessionKey(after);
  const isSameRequest = JSON.stringify(before.auth) === JSON.stringify(after.auth);
  const consequences: SessionConsequence[] = [];
  if (isSigningIn && !(isSameSession && isSameRequest)) consequences.push('flow-ends');
  if (isHeld && !isSameSession) consequences.push('session-left');
  if (isHeld && isSameSession && !isSameRequest) consequences.push('may-ask-again');
  return consequences;
}

/** Whether saving needs the provider asked again: nothing is as unkind as a name that cannot be changed offline. */
export function isProviderChanged(before: Registry | undefined, after: Registry): boolean {
  if (after.auth.type !== 'oauth') return false;
  if (before?.auth.type !== 'oauth') return true;
  const [was, is] = [before.auth.oauth, after.auth.oauth];
  return was.issuer !== is.issuer || was.pkce !== is.pkce;
}

function sessionKey({ url, auth }: Registry): string {
  return auth.type === 'oauth' ? JSON.stringify([url, auth.oauth.issuer, auth.oauth.clientId]) : auth.type;
}
