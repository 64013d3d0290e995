import { BookOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Code } from '../../contract/codes';
import { helpSectionOf } from '../../contract/help-sections';
import { useGuide } from './use-guide';
import './help-link.css';

/** Opens the section of the support guide that a code is explained in; says which one it is. */
export function HelpLink({ code }: { readonly code: Code }) {
  const { t } = useTranslation();
  const open = useGuide();
  const section = helpSectionOf[code];
  return (
    <button
      type="button"
      className="help-link"
      aria-haspopup="dialog"
      onClick={() => {
        open(section);
      }}
    >
      <BookOpen className="icon" aria-hidden />
      <span>{t('guide.solve', { section: t(`helpSection.${section}`) })}</span>
    </button>
  );
}

/** The same where there is room for the code only. */
export function CodeLink({ code }: { readonly code: Code }) {
  const { t } = useTranslation();
  const open = useGuide();
  const section = helpSectionOf[code];
  const words = t('guide.solve', { section: t(`helpSection.${section}`) });
  return (
    <button
      type="button"
      className="help-link code"
      aria-haspopup="dialog"
      aria-label={`${code}. ${words}`}
      title={words}
      onClick={() => {
        open(section);
      }}
    >
      {code}
    </button>
  );
}
