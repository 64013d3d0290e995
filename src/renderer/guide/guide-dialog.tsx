import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { HelpSection } from '../../contract/help-sections';
import { Modal } from '../ui/modal';
import { GuideText } from './guide-text';

interface Props {
  readonly section: HelpSection;
  readonly onClose: () => void;
}

/** The support guide over the page, open at a section. */
export function GuideDialog({ section, onClose }: Props) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <Modal titleId={titleId} title={t('guide.title')} onEscape={onClose}>
      <div className="modal-body">
        <GuideText section={section} below={2} />
      </div>
      <div className="modal-foot">
        <button type="button" className="button" onClick={onClose}>
          {t('guide.back')}
        </button>
      </div>
    </Modal>
  );
}
