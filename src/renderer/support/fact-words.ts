import type { TFunction } from 'i18next';
import type { TokenFact } from '../../contract/support-view';

/** Whether a token is there, how long it is as a class, and where it is kept. */
export function tokenText(t: TFunction, token: TokenFact): string {
  if (token.kind === 'absent') return t('support.tokenAbsent');
  const { length } = token;
  return token.kept === 'sealed'
    ? t('support.tokenSealed', { length })
    : t('support.tokenInMemory', { length });
}
