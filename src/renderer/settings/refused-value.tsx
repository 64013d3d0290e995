import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../contract/view-model';
import { CodeLink } from '../guide/help-link';
import { reasonText } from '../i18n/problem-text';
import { ProblemNotice } from '../ui/problem-notice';

/** Why a setting was not taken. A value that was mistyped is corrected right here, not in the file. */
export function RefusedValue({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation();
  if (problem.code !== 'CFG_INVALID') return <ProblemNotice problem={problem} />;
  return (
    <p className="field-error" role="alert">
      <TriangleAlert className="icon" aria-hidden />
      <span>
        {t('form.unusable', { reason: reasonText(t, problem.params) })} <CodeLink code={problem.code} />
      </span>
    </p>
  );
}
