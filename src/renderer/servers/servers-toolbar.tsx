import { Search } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';

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
      <label className="search">
        <Search className="icon" aria-hidden />
        <input
          ref={fieldRef}
          type="search"
          value={search}
          maxLength={200}
          aria-label={t('servers.search')}
          placeholder={t('servers.search')}
          aria-keyshortcuts="/"
          onChange={(event) => {
            onSearch(event.target.value);
          }}
        />
      </label>
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
