import { useTranslation } from 'react-i18next';
import type { KeySourceFact } from '../../contract/support-view';
import { CodeLink } from '../guide/help-link';

/** Where the key is that seals tokens; with the code of why there is none. */
export function KeySource({ source: { kind, code } }: { readonly source: KeySourceFact }) {
  const { t } = useTranslation();
  const words = t(`support.key.${kind}`);
  if (code === undefined) return words;
  return (
    <>
      {words} <CodeLink code={code} />
    </>
  );
}
