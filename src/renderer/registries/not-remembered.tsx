import { Info } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem, RegistryView } from '../../contract/view-model';
import { HelpLink } from '../guide/help-link';
import { problemText } from '../i18n/problem-text';
import { DetailsButton } from '../ui/details-button';
import { SignInAgain } from './second-actions';

/** The quiet note that a sign-in will not survive quitting, with the reason one press away. Nothing is wrong yet. */
export function NotRemembered({
  problem,
  registry,
}: {
  readonly problem: Problem;
  readonly registry: RegistryView;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const reasonId = useId();
  const { sentence, next } = problemText(t, problem, registry);
  return (
    <div className="notice" data-move="info" role="note">
      <Info className="icon" aria-hidden />
      <div className="notice-body">
        <div className="notice-foot">
          <span>{t('status.notRemembered')}</span>
          {problem.code === 'NO_REFRESH_TOKEN' && <SignInAgain registry={registry} />}
          <DetailsButton isOpen={open} onOpen={setOpen} panelId={reasonId} />
        </div>
        <div id={reasonId} className="notice-details" hidden={!open}>
          <p>
            {sentence} {next}
          </p>
          <HelpLink code={problem.code} />
          <small className="code">{problem.code}</small>
        </div>
      </div>
    </div>
  );
}
