import { useTranslation } from 'react-i18next';
import { GuideText } from '../guide/guide-text';

/** The support guide to read from the beginning; links of errors open it over the page instead. */
export function GuideTab() {
  const { t } = useTranslation();
  return (
    <section aria-label={t('guide.title')}>
      <GuideText below={1} />
    </section>
  );
}
