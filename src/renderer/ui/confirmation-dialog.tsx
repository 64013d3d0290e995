import { useEffect, useId, useRef, useState } from 'react';
import type { CommandClient, Outcome } from '../../contract/bridge';
import type { Problem, RegistryView } from '../../contract/view-model';
import { useBridge } from '../bridge/use-bridge';
import { useAnnounce } from './announcer';
import { Modal } from './modal';
import { ProblemNotice } from './problem-notice';

/** Something that cannot be taken back, with what is lost by it. */
export interface Question {
  readonly title: string;
  /** What happens, sentence by sentence. */
  readonly consequences: readonly string[];
  /** The verb on the button that does it. */
  readonly verb: string;
  /** The words on the button that leaves everything as it is. */
  readonly keep: string;
  /** What is said when it is done. */
  readonly done: string;
  readonly run: (client: CommandClient) => Promise<Outcome>;
  /** The registry it is about, for the names in what may go wrong. */
  readonly registry?: RegistryView;
}

interface Props {
  readonly question: Question;
  readonly onClose: (answer: 'kept' | 'done') => void;
}

/** Says what will be lost, then asks. What went wrong is shown in the dialog, which stays. */
export function ConfirmationDialog({ question, onClose }: Props) {
  const { commands } = useBridge();
  const announce = useAnnounce();
  const [problem, setProblem] = useState<Problem>();
  const [isRunning, setRunning] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const [titleId, textId] = [useId(), useId()];
  useEffect(() => {
    keep.current?.focus();
  }, []);
  const go = async () => {
    if (isRunning) return;
    setRunning(true);
    setProblem(undefined);
    const outcome = await commands.ask(question.run);
    setRunning(false);
    if (outcome?.ok !== true) {
      setProblem(outcome?.problem ?? { code: 'INTERNAL_ERROR', params: {} });
      return;
    }
    announce(question.done);
    onClose('done');
  };
  const keepIt = () => {
    onClose('kept');
  };
  return (
    <Modal titleId={titleId} title={question.title} role="alertdialog" describedBy={textId} onEscape={keepIt}>
      <div className="modal-body">
        <ul id={textId} className="removal-text">
          {question.consequences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {problem !== undefined && (
          <ProblemNotice
            problem={problem}
            {...(question.registry !== undefined && { registry: question.registry })}
          />
        )}
      </div>
      <div className="modal-foot">
        <button ref={keep} type="button" className="button" onClick={keepIt}>
          {question.keep}
        </button>
        <button
          type="button"
          className="button button-danger"
          aria-disabled={isRunning}
          onClick={() => void go()}
        >
          {question.verb}
        </button>
      </div>
    </Modal>
  );
}
