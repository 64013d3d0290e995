import { Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ServersAnswer } from '../../contract/server-list';
import type { RegistryView } from '../../contract/view-model';
import { agoInWords, fullTime, whenInWords } from '../i18n/times';
import { ProblemNotice } from '../ui/problem-notice';
import { useNow } from '../ui/time-now';

interface Props {
  readonly registry: RegistryView;
  readonly answer: ServersAnswer | undefined;
  readonly isReading: boolean;
  /** How many servers are shown. */
  readonly shown: number;
}

/** What is to be known of the list as a whole: how many, from when, and whether it may be out of date. */
export function ListState({ registry, answer, isReading, shown }: Props) {
  const { t } = useTranslation();
  if (answer === undefined || (answer.kind === 'failed' && isReading))
    return <p className="servers-none">{t('servers.reading')}</p>;
  if (answer.kind === 'failed') return null;
  const { servers, unreadable, stale } = answer;
  return (
    <>
      {stale !== undefined && (
        <>
          <StaleLabel readAt={answer.readAt} />
          <ProblemNotice problem={stale} registry={registry} />
        </>
      )}
      {servers.length === 0 && <p className="servers-none">{t('servers.none')}</p>}
      {servers.length > 0 && (
        <p className="servers-count">
          {shown === servers.length
            ? t('servers.count', { count: shown })
            : t('servers.countOf', { shown, count: servers.length })}
          {stale === undefined && (
            <>
              {' · '}
              <ReadAt at={answer.readAt} isReading={isReading} />
            </>
          )}
        </p>
      )}
      {unreadable > 0 && <p className="servers-count">{t('servers.unreadable', { count: unreadable })}</p>}
    </>
  );
}

const aMinute = 60_000;

function ReadAt({ at, isReading }: { readonly at: number; readonly isReading: boolean }) {
  const { t, i18n } = useTranslation();
  const now = useNow(aMinute);
  if (isReading) return <span>{t('servers.readingAgain')}</span>;
  const when = whenInWords(t, i18n.language, at, now);
  return <span title={fullTime(i18n.language, at)}>{t('servers.readAt', { when })}</span>;
}

function StaleLabel({ readAt }: { readonly readAt: number }) {
  const { t, i18n } = useTranslation();
  const now = useNow(aMinute);
  return (
    <p className="servers-stale" data-part="stale" title={fullTime(i18n.language, readAt)}>
      <Clock className="icon" aria-hidden />
      {t('servers.stale', { ago: agoInWords(t, i18n.language, readAt, now) })}
    </p>
  );
}
