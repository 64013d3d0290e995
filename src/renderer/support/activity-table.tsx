import { useTranslation } from 'react-i18next';
import type { ActivityEntry } from '../../contract/activity';
import { CodeLink } from '../guide/help-link';
import { fullTime } from '../i18n/times';
import { activityText } from './activity-words';

interface Props {
  /** Newest first. */
  readonly entries: readonly ActivityEntry[];
  readonly nameOf: (registryId: string) => string;
  /** The person wants to see all of one operation. */
  readonly onCorrelation: (correlationId: string) => void;
}

export function ActivityTable({ entries, nameOf, onCorrelation }: Props) {
  const { t, i18n } = useTranslation();
  if (entries.length === 0) return <p className="support-none">{t('activity.none')}</p>;
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'medium' });
  return (
    <div className="activity-frame" tabIndex={0} role="region" aria-label={t('activity.table')}>
      <table className="activity">
        <thead>
          <tr>
            <th scope="col">{t('activity.time')}</th>
            <th scope="col">{t('activity.what')}</th>
            <th scope="col">{t('activity.registry')}</th>
            <th scope="col">{t('activity.code')}</th>
            <th scope="col">{t('activity.duration')}</th>
            <th scope="col">{t('activity.correlation')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.seq} data-level={entry.level}>
              <td>
                <time dateTime={new Date(entry.at).toISOString()} title={fullTime(i18n.language, entry.at)}>
                  {time.format(entry.at)}
                </time>
              </td>
              <td>{activityText(t, entry)}</td>
              <td>{entry.registryId === undefined ? '' : nameOf(entry.registryId)}</td>
              <td>{entry.code !== undefined && <CodeLink code={entry.code} />}</td>
              <td className="activity-number">
                {entry.durationMs === undefined
                  ? ''
                  : t('activity.milliseconds', { count: entry.durationMs })}
              </td>
              <td>
                {entry.correlationId !== undefined && (
                  <CorrelationButton id={entry.correlationId} onPress={onCorrelation} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CorrelationButton({ id, onPress }: { readonly id: string; readonly onPress: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="link-button code"
      title={t('activity.showOperation')}
      onClick={() => {
        onPress(id);
      }}
    >
      {id}
    </button>
  );
}
