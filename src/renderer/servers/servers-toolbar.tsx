import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../ui/search-field';

interface Props {
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly fieldRef: Ref<HTMLInputElement>;
  readonly isReading: boolean;
  readonly onReadAgain: () => void;
}

/** The search over the servers, and the button that asks the registry now. */
export function ServersToolbar({ search, onSearch, fieldRef, isReading, onReadAgain }: Props) {
  const { t } = useTranslation();
  return (
    <div className="toolbar">
      <SearchField label={t('servers.search')} text={search} onText={onSearch} slashRef={fieldRef} />
      <button
        type="button"
        className="button"
        aria-disabled={isReading}
        onClick={() => {
          if (!isReading) onReadAgain();
        }}
      >
        {t('reachability.checkNow')}
      </button>
    </div>
  );
}
