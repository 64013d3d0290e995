import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../contract/view-model';
import { useBridge } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { ProblemNotice } from '../ui/problem-notice';
import './report.css';

type Names = 'masked' | 'shown';
const wentWrong: Problem = { code: 'INTERNAL_ERROR', params: {} };

/** The report: made, read as it will be saved, then saved. */
export function ReportTab() {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const announce = useAnnounce();
  const [names, setNames] = useState<Names>('masked');
  const [text, setText] = useState<string>();
  const [isMaking, setMaking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [savedAs, setSavedAs] = useState<string>();
  const hintId = useId();

  const make = async () => {
    if (isMaking) return;
    setMaking(true);
    setProblem(undefined);
    setSavedAs(undefined);
    const made = await commands.ask((client) => client.makeReport({ names }));
    setMaking(false);
    setText(made?.text);
    if (made?.text === undefined) setProblem(wentWrong);
    else announce(t('report.made'));
  };
  const choose = async (chosen: Names) => {
    setNames(chosen);
    if (text === undefined) return;
    const read = await commands.ask((client) => client.readReport({ names: chosen }));
    setText(read?.text);
  };
  const save = async () => {
    setProblem(undefined);
    const saved = await commands.ask((client) => client.saveReport({ names }));
    if (saved?.ok !== true) setProblem(saved?.problem ?? wentWrong);
    else if (saved.path !== undefined) {
      setSavedAs(saved.path);
      announce(t('report.saved', { path: saved.path }));
    }
  };
  return (
    <section aria-label={t('support.tab.report')} className="report">
      <p className="support-lead">{t('report.lead')}</p>
      <div className="toolbar report-toolbar">
        <button type="button" className="button" aria-disabled={isMaking} onClick={() => void make()}>
          {t(text === undefined ? 'report.make' : 'report.makeAgain')}
        </button>
        <label className="report-names">
          <input
            type="checkbox"
            aria-describedby={hintId}
            checked={names === 'shown'}
            onChange={(event) => void choose(event.target.checked ? 'shown' : 'masked')}
          />
          {t('report.showNames')}
        </label>
        {text !== undefined && (
          <button type="button" className="button button-strong" onClick={() => void save()}>
            {t('report.save')}
          </button>
        )}
      </div>
      <p id={hintId} className="support-lead">
        {t(`report.${names}`)}
      </p>
      {isMaking && <p role="status">{t('report.making')}</p>}
      {savedAs !== undefined && <p className="report-saved">{t('report.saved', { path: savedAs })}</p>}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {text !== undefined && (
        <pre className="report-text" tabIndex={0} role="region" aria-label={t('report.preview')}>
          {text}
        </pre>
      )}
    </section>
  );
}
