import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandClient } from '../../contract/bridge';
import { useAnswer } from '../bridge/use-answer';
import { useSelected } from '../bridge/use-bridge';
import type { ViewStore } from '../bridge/view-store';
import { ConfirmationDialog, type Question } from '../ui/confirmation-dialog';
import { KeptRecordList } from './kept-record-list';
import { RegistryChoice } from './registry-choice';
import './recovery.css';

const sessions = (view: ViewStore) =>
  view.order().flatMap((id) => {
    const registry = view.registry(id);
    return registry === undefined || registry.authType === 'none' ? [] : [[id, registry.name] as const];
  });

const readKept = (client: CommandClient) => client.readKept();

/** The ways out for a session or a profile that is stuck: each says what is lost and asks. */
export function RecoveryTab() {
  const { t } = useTranslation();
  const registries = useSelected(sessions);
  const [chosen, setChosen] = useState('');
  const [question, setQuestion] = useState<Question>();
  const [answered, setAnswered] = useState(0);
  const askedFrom = useRef<HTMLElement | null>(null);
  const kept = useAnswer(readKept, answered);
  const current = registries.find(([id]) => id === chosen) ?? registries[0];

  const ask = (next: Question) => {
    askedFrom.current = document.activeElement as HTMLElement | null;
    setQuestion(next);
  };
  const close = () => {
    setQuestion(undefined);
    setAnswered(answered + 1);
    askedFrom.current?.focus();
  };
  return (
    <section aria-label={t('support.tab.recovery')} className="recovery">
      <p className="support-lead">{t('recovery.lead')}</p>
      {current !== undefined && (
        <div className="toolbar recovery-toolbar">
          <RegistryChoice registries={registries} registryId={current[0]} onChoice={setChosen} />
          <button
            type="button"
            className="button"
            onClick={() => {
              const [registryId, name] = current;
              ask({
                title: t('recovery.sessionTitle', { name }),
                consequences: [t('recovery.sessionLost'), t('recovery.sessionStays')],
                keep: t('recovery.keep'),
                verb: t('recovery.reset'),
                done: t('recovery.sessionDone', { name }),
                run: (client) => client.resetSession({ registryId }),
              });
            }}
          >
            {t('recovery.resetSession')}
          </button>
        </div>
      )}
      {kept !== undefined && <KeptRecordList kept={kept} onAsk={ask} />}
      <h2>{t('recovery.everything')}</h2>
      <p className="support-lead">{t('recovery.everythingHint')}</p>
      <button
        type="button"
        className="button button-danger"
        onClick={() => {
          ask({
            title: t('recovery.everythingTitle'),
            consequences: [
              t('recovery.everythingSessions', { count: registries.length }),
              t('recovery.everythingKept'),
              t('recovery.everythingConfiguration'),
              t('recovery.everythingStays'),
            ],
            keep: t('recovery.keep'),
            verb: t('recovery.resetAll'),
            done: t('recovery.everythingDone'),
            run: (client) => client.resetGatepass(),
          });
        }}
      >
        {t('recovery.resetGatepass')}
      </button>
      {question !== undefined && <ConfirmationDialog question={question} onClose={close} />}
    </section>
  );
}
