import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyExport } from '../../contract/setting-change';
import { useBridge } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { ProblemNotice } from '../ui/problem-notice';

const internalError: PolicyExport = { kind: 'failed', problem: { code: 'INTERNAL_ERROR', params: {} } };

/** "Export my settings as a policy": for whoever sets up other computers like this one. */
export function ExportPolicy() {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<PolicyExport>();
  const save = async () => {
    setOutcome(undefined);
    const answer = (await commands.ask((client) => client.exportPolicy())) ?? internalError;
    setOutcome(answer);
    if (answer.kind === 'saved') announce(t('settings.policySaved', { file: answer.file }));
  };
  return (
    <div className="export-policy">
      <p className="field-hint">{t('settings.exportPolicyHint')}</p>
      <button type="button" className="button button-small" onClick={() => void save()}>
        {t('settings.exportPolicy')}
      </button>
      {outcome?.kind === 'saved' && (
        <p className="exact">{t('settings.policySaved', { file: outcome.file })}</p>
      )}
      {outcome?.kind === 'failed' && <ProblemNotice problem={outcome.problem} />}
    </div>
  );
}
