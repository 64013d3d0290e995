import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../contract/view-model';
import { useBridge, useRegistry } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { Modal } from '../ui/modal';
import { ProblemNotice } from '../ui/problem-notice';

interface Props {
  readonly registryId: string;
  readonly onClose: () => void;
}

/** Gives the app a registry's token by way of the clipboard, which only main reads; or says where else it is changed. */
export function TokenDialog({ registryId, onClose }: Props) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const announce = useAnnounce();
  const registry = useRegistry(registryId);
  const [problem, setProblem] = useState<Problem>();
  const [isRunning, setRunning] = useState(false);
  const [titleId, textId] = [useId(), useId()];
  if (registry === undefined) return null;
  const { name, token = { kind: 'absent' } } = registry;
  const use = async () => {
    if (isRunning) return;
    setRunning(true);
    setProblem(undefined);
    const outcome = await commands.ask((client) => client.useTokenOnClipboard({ registryId }));
    setRunning(false);
    if (outcome?.ok === true) {
      announce(t('token.kept', { name }));
      onClose();
    } else setProblem(outcome?.problem ?? { code: 'INTERNAL_ERROR', params: {} });
  };
  const takesClipboard = token.kind === 'absent' || token.kind === 'stored';
  const title = token.kind === 'absent' ? t('token.addTo', { name }) : t('token.replaceOf', { name });
  return (
    <Modal titleId={titleId} title={title} describedBy={textId} onEscape={onClose}>
      <div className="modal-body">
        {token.kind === 'environment' && (
          <p id={textId}>{t('token.inEnvironment', { variable: token.name })}</p>
        )}
        {token.kind === 'file' && <p id={textId}>{t('token.inFile', { path: token.path })}</p>}
        {takesClipboard && (
          <div id={textId} className="token-steps">
            <ol>
              <li>{t('token.copyIt')}</li>
              <li>{t('token.pressButton')}</li>
            </ol>
            <p className="field-hint">{t('token.whatHappens')}</p>
          </div>
        )}
        {problem !== undefined && <ProblemNotice problem={problem} registry={registry} />}
      </div>
      <div className="modal-foot">
        <button type="button" className="button" onClick={onClose}>
          {t(takesClipboard ? 'action.cancel' : 'token.close')}
        </button>
        {takesClipboard && (
          <button
            type="button"
            className="button button-strong"
            aria-disabled={isRunning}
            onClick={() => void use()}
          >
            {t('token.use')}
          </button>
        )}
      </div>
    </Modal>
  );
}
