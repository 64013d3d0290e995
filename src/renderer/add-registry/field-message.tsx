import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../../contract/registry-form';
import { CodeLink } from '../guide/help-link';
import { problemText, reasonText } from '../i18n/problem-text';
import { ProblemNotice } from '../ui/problem-notice';

/** What is wrong with a field; what main proposes instead is one press away. */
export function FieldMessage({
  problem: { problem, suggestion },
  onUse,
}: {
  readonly problem: FieldProblem;
  readonly onUse: (value: string) => void;
}) {
  const { t } = useTranslation();
  const proposal = suggestion !== undefined && (
    <button
      type="button"
      className="button button-small suggestion"
      onClick={() => {
        onUse(suggestion);
      }}
    >
      {t('form.useSuggestion')} <span className="exact">{suggestion}</span>
    </button>
  );
  if (!problem.code.startsWith('CFG_'))
    return (
      <>
        {suggestion !== undefined && <p className="did-you-mean">{t('form.didYouMean')}</p>}
        {proposal}
        <ProblemNotice problem={problem} />
      </>
    );
  return (
    <>
      <p className="field-error" role="alert">
        <TriangleAlert className="icon" aria-hidden />
        <span>
          <MistypedText problem={problem} /> <CodeLink code={problem.code} />
        </span>
      </p>
      {proposal}
    </>
  );
}

/** The catalogue's next step for a wrong value is to correct the file; here the field is in sight. */
function MistypedText({ problem }: Pick<FieldProblem, 'problem'>) {
  const { t } = useTranslation();
  if (problem.code === 'CFG_INVALID')
    return problem.params.reason === 'missing'
      ? t('form.missing')
      : t('form.unusable', { reason: reasonText(t, problem.params) });
  const { sentence, next } = problemText(t, problem);
  return problem.code === 'CFG_URL_INVALID' ? sentence : `${sentence} ${next}`;
}
