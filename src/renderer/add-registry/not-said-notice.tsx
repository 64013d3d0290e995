import { Info } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../ui/problem-notice';
import type { NotSaid } from './form-step';

/** Why everything has to be typed after all. */
export function NotSaidNotice({ notSaid: { problem } }: { readonly notSaid: NotSaid }) {
  const { t } = useTranslation();
  if (problem !== undefined) return <ProblemNotice problem={problem} />;
  return (
    <p className="consequence" role="status">
      <Info className="icon" aria-hidden />
      {t('form.notSaid')}
    </p>
  );
}
