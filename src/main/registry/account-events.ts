import type { SessionEvent } from '../sessions';

/** After these the same account is signed in as before, and may see what it saw. */
const keepsAccount: ReadonlySet<SessionEvent['type']> = new Set<SessionEvent['type']>([
  'sign-in-progressed',
  'sign-in-cancelled',
  'sign-in-failed',
  'refresh-started',
  'refresh-succeeded',
  'refresh-failed',
  'refresh-postponed',
  'usable',
]);

/** Whether another account, or none, may be signed in after this: whatever a registry told the one before is then gone. */
export const changesAccount = ({ type }: Pick<SessionEvent, 'type'>): boolean => !keepsAccount.has(type);
