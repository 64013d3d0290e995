import { useTranslation } from 'react-i18next';

interface Props {
  /** What is being asked right now, in words. */
  readonly busyText: string | undefined;
  /** Leaves the step, or ends what is being asked. */
  readonly leave: string;
  readonly onLeave: () => void;
}

/** The foot of each step that goes on by asking somebody: what is going on, a way out of it, and the way on. */
export function FormFoot({ busyText, leave, onLeave }: Props) {
  const { t } = useTranslation();
  return (
    <div className="modal-foot">
      <p className="modal-status">{busyText ?? ''}</p>
      <button type="button" className="button" onClick={onLeave}>
        {leave}
      </button>
      <button type="submit" className="button button-strong" aria-disabled={busyText !== undefined}>
        {t('form.continue')}
      </button>
    </div>
  );
}
