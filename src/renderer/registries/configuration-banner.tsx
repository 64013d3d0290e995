import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppView, ConfigurationProblem } from '../../contract/view-model';
import { useCommandProblem } from '../bridge/use-bridge';
import { CodeLink } from '../guide/help-link';
import { problemText } from '../i18n/problem-text';
import { ProblemNotice } from '../ui/problem-notice';
import { OpenConfigurationButton } from './open-configuration-button';

/** Problems shown before "Show more". */
const fewProblems = 3;

/** What is wrong in the configuration, with file, line and code of each problem. Nothing when all is well. */
export function ConfigurationBanner({ app }: { readonly app: AppView }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const refused = useCommandProblem('');
  const problems = app.configurationProblems;
  if (problems.length === 0) return null;
  const shown = all ? problems : problems.slice(0, fewProblems);
  return (
    <div className="banner" role="alert">
      <TriangleAlert className="icon" aria-hidden />
      <div className="banner-body">
        <p className="banner-title">{t('app.configurationProblems', { count: problems.length })}</p>
        <ul className="banner-list">
          {shown.map((problem, index) => (
            <Entry key={index} problem={problem} />
          ))}
        </ul>
        <div className="notice-foot">
          <OpenConfigurationButton />
          {shown.length < problems.length && (
            <button
              type="button"
              className="link-button"
              onClick={() => {
                setAll(true);
              }}
            >
              {t('app.moreProblems', { count: problems.length - shown.length })}
            </button>
          )}
        </div>
        {refused !== undefined && <ProblemNotice problem={refused} />}
      </div>
    </div>
  );
}

function Entry({ problem }: { readonly problem: ConfigurationProblem }) {
  const { t } = useTranslation();
  const { sentence, next } = problemText(t, problem);
  const place = problem.line === undefined ? problem.location : `${problem.location}:${problem.line}`;
  return (
    <li>
      {sentence} {next}{' '}
      <small className="code">
        {place} · <CodeLink code={problem.code} />
      </small>
    </li>
  );
}
