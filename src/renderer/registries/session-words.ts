import type { TFunction } from 'i18next';
import type { RegistryView, SessionView } from '../../contract/view-model';

/** The badge text of a session: the words of the product's contract. */
export function badgeText(t: TFunction, kind: SessionView['kind']): string {
  switch (kind) {
    case 'no-sign-in-needed':
      return t('status.noSignInNeeded');
    case 'signed-out':
      return t('status.signedOut');
    case 'signing-in':
      return t('status.signingIn');
    case 'signed-in':
      return t('status.signedIn');
    case 'expired':
      return t('status.expired');
    case 'needs-attention':
      return t('status.needsAttention');
  }
}

/** What is said aloud when a registry's session becomes this one. */
export function announcement(
  t: TFunction,
  { name, session }: Pick<RegistryView, 'name' | 'session'>,
): string {
  switch (session.kind) {
    case 'no-sign-in-needed':
      return t('announce.noSignInNeeded', { name });
    case 'signed-out':
      return t('announce.signedOut', { name });
    case 'signing-in':
      return t('announce.signingIn', { name });
    case 'signed-in':
      return session.account === undefined
        ? t('announce.signedIn', { name })
        : t('announce.signedInAs', { name, account: session.account });
    case 'expired':
      return t('announce.expired', { name });
    case 'needs-attention':
      return t('announce.needsAttention', { name });
  }
}

/** Whether two sessions would be announced differently; a step, a deadline or a note alone is not news. */
export function isNews(before: SessionView, after: SessionView): boolean {
  if (before.kind !== after.kind) return true;
  return before.kind === 'signed-in' && after.kind === 'signed-in' && before.account !== after.account;
}
