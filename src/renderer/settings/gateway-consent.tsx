import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal } from '../ui/modal';
import { RefusedValue } from './refused-value';
import { useSetting } from './use-setting';

/** What opening the gateway opens, and to whom: asked every time before it is opened, with the focus on not doing it. */
export function GatewayConsent({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { change, problem } = useSetting('gateway.enabled');
  const { view: control } = useSetting('gateway.allow_session_control');
  const [isRunning, setRunning] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const [titleId, textId] = [useId(), useId()];
  useEffect(() => {
    keep.current?.focus();
  }, []);
  const allow = async () => {
    if (isRunning) return;
    setRunning(true);
    if (await change(true)) onClose();
    else setRunning(false);
  };
  const sentences = [
    'consentWhat',
    'consentWho',
    'consentNot',
    control?.value === true ? 'consentControlOn' : 'consentControlOff',
    'consentLong',
  ] as const;
  return (
    <Modal
      titleId={titleId}
      title={t('gateway.consentTitle')}
      role="alertdialog"
      describedBy={textId}
      onEscape={onClose}
    >
      <div className="modal-body">
        <ul id={textId} className="removal-text">
          {sentences.map((sentence) => (
            <li key={sentence}>{t(`gateway.${sentence}`)}</li>
          ))}
        </ul>
        {problem !== undefined && <RefusedValue problem={problem} />}
      </div>
      <div className="modal-foot">
        <button ref={keep} type="button" className="button" onClick={onClose}>
          {t('gateway.consentKeep')}
        </button>
        <button type="button" className="button" aria-disabled={isRunning} onClick={() => void allow()}>
          {t('gateway.consentAllow')}
        </button>
      </div>
    </Modal>
  );
}
