import { Clock, Info, TriangleAlert } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codes } from '../../contract/codes';
import type { Problem, RegistryView } from '../../contract/view-model';
import { HelpLink } from '../guide/help-link';
import { problemText } from '../i18n/problem-text';
import { DetailsButton } from './details-button';

interface Props {
  readonly problem: Problem;
  /** The registry the problem belongs to, for the names in its sentence. */
  readonly registry?: RegistryView;
  /** Further buttons that help with just this problem. */
  readonly children?: ReactNode;
}

/** A problem as a person needs it: what happened, the one thing to do, and the technical truth one press away. */
export function ProblemNotice({ problem, registry, children }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const { sentence, next } = problemText(t, problem, registry);
  const move = codes[problem.code];
  const Icon = move === 'info' ? Info : move === 'sign-in' ? Clock : TriangleAlert;
  return (
    <div className="notice" data-move={move} role="alert">
      <Icon className="icon" aria-hidden />
      <div className="notice-body">
        <p className="notice-text">
          <span className="notice-sentence">{sentence}</span> <span>{next}</span>
        </p>
        <div className="notice-foot">
          {children}
          <DetailsButton isOpen={open} onOpen={setOpen} panelId={detailsId} />
        </div>
        <div id={detailsId} className="notice-details" hidden={!open}>
          <p>{t(`error.${problem.code}.help`)}</p>
          {problem.providerText !== undefined && (
            <p>
              {t('problem.providerSays')} <q className="provider-text">{problem.providerText}</q>
            </p>
          )}
          <HelpLink code={problem.code} />
          <small className="code">{problem.code}</small>
        </div>
      </div>
    </div>
  );
}
