import { ChevronRight, LayoutList } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly onShow: () => void;
  readonly buttonRef: Ref<HTMLButtonElement>;
}

/** The way from a registry's details to its servers. */
export function ServersSection({ onShow, buttonRef }: Props) {
  const { t } = useTranslation();
  return (
    <button ref={buttonRef} type="button" className="button servers-way" onClick={onShow}>
      <LayoutList className="icon" aria-hidden />
      {t('servers.show')}
      <ChevronRight className="icon" aria-hidden />
    </button>
  );
}
