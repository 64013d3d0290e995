import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge, useSelected } from '../bridge/use-bridge';
import type { ViewStore } from '../bridge/view-store';
import { SearchField } from '../ui/search-field';
import { type ActivityFilter, isShown } from './activity-filter';
import { ActivityTable } from './activity-table';
import { activityText } from './activity-words';
import { RegistryChoice } from './registry-choice';
import { useActivity } from './use-activity';

const names = (view: ViewStore) => view.order().map((id) => [id, view.registry(id)?.name ?? id] as const);

/** What happened to sessions, newest first: searched, filtered, and followed as it happens. */
export function ActivityTab() {
  const { t } = useTranslation();
  const { view } = useBridge();
  const registries = useSelected(names);
  const [follows, setFollows] = useState(true);
  const [filter, setFilter] = useState<ActivityFilter>({ level: 'important', registryId: '', search: '' });
  const shown = useActivity(follows).filter((entry) => isShown(entry, filter, activityText(t, entry)));
  return (
    <section aria-label={t('support.tab.activity')}>
      <div className="toolbar activity-toolbar">
        <SearchField
          label={t('activity.search')}
          text={filter.search}
          onText={(search) => {
            setFilter({ ...filter, search });
          }}
        />
        <select
          className="select"
          aria-label={t('activity.level')}
          value={filter.level}
          onChange={(event) => {
            setFilter({ ...filter, level: event.target.value as ActivityFilter['level'] });
          }}
        >
          {(['important', 'failures', 'all'] as const).map((level) => (
            <option key={level} value={level}>
              {t(`activity.levels.${level}`)}
            </option>
          ))}
        </select>
        <RegistryChoice
          registries={registries}
          registryId={filter.registryId}
          onChoice={(registryId) => {
            setFilter({ ...filter, registryId });
          }}
          every={t('activity.everyRegistry')}
        />
        <label className="tick">
          <input
            type="checkbox"
            checked={follows}
            onChange={(event) => {
              setFollows(event.target.checked);
            }}
          />
          {t('activity.follow')}
        </label>
      </div>
      <ActivityTable
        entries={shown.toReversed()}
        nameOf={(id) => view.registry(id)?.name ?? id}
        onCorrelation={(search) => {
          setFilter({ ...filter, level: 'all', search });
        }}
      />
    </section>
  );
}
