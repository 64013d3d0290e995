import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckTarget } from '../../contract/self-test';
import { useBridge, useCommandProblem, useSelected } from '../bridge/use-bridge';
import type { ViewStore } from '../bridge/view-store';
import { ProblemNotice } from '../ui/problem-notice';
import { RegistryChoice } from './registry-choice';
import { SelfTestResult } from './self-test-result';
import { useSelfTest } from './use-self-test';
import './self-test.css';

const names = (view: ViewStore) => view.order().map((id) => [id, view.registry(id)?.name ?? id] as const);

/** "Check this registry" and "Check this computer": named steps, each with its verdict and what to do. */
export function SelfTestTab() {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const registries = useSelected(names);
  const [chosen, setChosen] = useState('');
  const problem = useCommandProblem('');
  const run = useSelfTest();
  const registryId = registries.some(([id]) => id === chosen) ? chosen : (registries[0]?.[0] ?? '');
  const start = (target: CheckTarget) => {
    void commands.run('', (client) => client.startSelfTest(target));
  };
  return (
    <section aria-label={t('support.tab.self-test')}>
      <p className="support-lead">{t('selfTest.lead')}</p>
      <div className="toolbar self-test-toolbar">
        {registries.length > 0 && (
          <>
            <RegistryChoice registries={registries} registryId={registryId} onChoice={setChosen} />
            <button
              type="button"
              className="button"
              onClick={() => {
                start({ kind: 'registry', registryId });
              }}
            >
              {t('selfTest.checkRegistry')}
            </button>
          </>
        )}
        <button
          type="button"
          className="button"
          onClick={() => {
            start({ kind: 'computer' });
          }}
        >
          {t('selfTest.checkComputer')}
        </button>
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {run !== undefined && (
        <SelfTestResult
          run={run}
          onCancel={() => {
            void commands.run('', (client) => client.cancelSelfTest());
          }}
        />
      )}
    </section>
  );
}
