import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outcome } from '../../contract/bridge';
import type { Problem, RegistryView } from '../../contract/view-model';
import { useBridge } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { ProblemNotice } from '../ui/problem-notice';
import type { ListChange } from './focus-after-dialog';
import { Modal } from '../ui/modal';
import { type Removal, removalText } from './removal-text';

interface Props {
  readonly verb: Removal;
  readonly registryId: string;
  /** With what changed in the list, if anything did. */
  readonly onClose: (change?: ListChange) => void;
}

/** "Remove" and "Forget": says exactly what happens to the entry and to the sign-in, then asks. */
export function RemovalDialog({ verb, registryId, onClose }: Props) {
  const { t } = useTranslation();
  const { view, commands } = useBridge();
  const announce = useAnnounce();
  // As it was when the question was asked: it is gone from the view before the dialog is.
  const [registry] = useState<RegistryView | undefined>(() => view.registry(registryId));
  const [problem, setProblem] = useState<Problem>();
  const [isRunning, setRunning] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const [titleId, textId] = [useId(), useId()];
  useEffect(() => {
    keep.current?.focus();
  }, []);

  if (registry === undefined) return null;
  const { name } = registry;
  const go = async () => {
    if (isRunning) return;
    setRunning(true);
    setProblem(undefined);
    const outcome: Outcome = (await commands.ask((client) =>
      verb === 'remove' ? client.removeRegistry({ registryId }) : client.forgetRegistry({ registryId }),
    )) ?? { ok: false, problem: { code: 'INTERNAL_ERROR', params: {} } };
    setRunning(false);
    if (!outcome.ok) {
      setProblem(outcome.problem);
      return;
    }
    announce(t(`removal.${verb}Done`, { name }));
    onClose({ kind: 'removed', id: registryId });
  };
  const keepIt = () => {
    onClose();
  };
  return (
    <Modal
      titleId={titleId}
      title={t(`removal.${verb}Title`, { name })}
      role="alertdialog"
      describedBy={textId}
      onEscape={keepIt}
    >
      <div className="modal-body">
        <ul id={textId} className="removal-text">
          {removalText(t, verb, registry).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {problem !== undefined && <ProblemNotice problem={problem} registry={registry} />}
      </div>
      <div className="modal-foot">
        <button ref={keep} type="button" className="button" onClick={keepIt}>
          {t('removal.keep')}
        </button>
        <button
          type="button"
          className="button button-danger"
          aria-disabled={isRunning}
          onClick={() => void go()}
        >
          {t(`removal.${verb}`)}
        </button>
      </div>
    </Modal>
  );
}
