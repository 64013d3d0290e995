import type { TFunction } from 'i18next';
import type { KeySourceFact, TokenFact } from '../../contract/support-view';

/** Where the key is that seals tokens; with the code of why there is none. */
export function keySourceText(t: TFunction, { kind, code }: KeySourceFact): string {
  const words = t(`support.key.${kind}`);
  return code === undefined ? words : `${words} (${code})`;
}

/** Whether a token is there, how long it is as a class, and where it is kept. */
export function tokenText(t: TFunction, token: TokenFact): string {
  if (token.kind === 'absent') return t('support.tokenAbsent');
  const { length } = token;
  return token.kept === 'sealed'
    ? t('support.tokenSealed', { length })
    : t('support.tokenInMemory', { length });
}
