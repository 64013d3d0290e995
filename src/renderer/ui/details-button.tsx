import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  /** The id of the element that it opens. */
  readonly panelId: string;
}

/** Opens and closes the technical truth of a notice. */
export function DetailsButton({ isOpen, onOpen, panelId }: Props) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="link-button"
      aria-expanded={isOpen}
      aria-controls={panelId}
      onClick={() => {
        onOpen(!isOpen);
      }}
    >
      <ChevronRight className="icon chevron" aria-hidden />
      {t('problem.details')}
    </button>
  );
}
