import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useSelected } from '../bridge/use-bridge';
import { SearchField } from '../ui/search-field';
import { type Filter, filterCounts, filters } from './visible-registries';

const filterKeys = {
  all: 'registries.filterAll',
  'signed-in': 'registries.filterSignedIn',
  'signed-out': 'registries.filterSignedOut',
  attention: 'registries.filterAttention',
} as const satisfies Record<Filter, string>;

interface Props {
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly searchRef: Ref<HTMLInputElement>;
}

/** Search and filter above a list that is too long to be read at a glance. */
export function ListToolbar({ search, onSearch, filter, onFilter, searchRef }: Props) {
  const { t } = useTranslation();
  const counts = useSelected(filterCounts);
  return (
    <div className="toolbar">
      <SearchField label={t('registries.search')} text={search} onText={onSearch} slashRef={searchRef} />
      <fieldset className="filters">
        <legend className="only-heard">{t('registries.filter')}</legend>
        {filters.map((value) => (
          <label key={value} className="filter">
            <input
              type="radio"
              name="filter"
              className="only-heard"
              checked={filter === value}
              onChange={() => {
                onFilter(value);
              }}
            />
            <span>{t(filterKeys[value])}</span> <span className="filter-count">{counts[value]}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}
