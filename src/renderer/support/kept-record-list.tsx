import { useTranslation } from 'react-i18next';
import type { KeptRecords } from '../../contract/recovery-view';
import type { Question } from './confirmation-dialog';
import { Moment } from './moment';

interface Props {
  readonly kept: KeptRecords;
  readonly onAsk: (question: Question) => void;
}

/** Sign-ins that are kept beside those in use: unusable ones that were set aside, and those of registries that are gone. */
export function KeptRecordList({ kept: { setAside, unused }, onAsk }: Props) {
  const { t } = useTranslation();
  const askToDelete = (id: string | undefined, count: number) => {
    onAsk({
      title: t('recovery.deleteTitle', { count }),
      consequences: [t('recovery.deleteLost')],
      verb: t('recovery.delete'),
      done: t('recovery.deleteDone'),
      run: (client) => client.deleteSetAside(id === undefined ? {} : { id }),
    });
  };
  return (
    <>
      <h2>{t('recovery.setAside')}</h2>
      <p className="support-lead">{t('recovery.setAsideHint')}</p>
      {setAside.length === 0 && <p className="support-none">{t('recovery.none')}</p>}
      <ul className="kept-records">
        {setAside.map(({ id, at, owner }) => (
          <li key={id} className="kept-record">
            <span className="exact">{owner?.registry ?? t('recovery.unknownOwner')}</span>
            <span>{owner?.account}</span>
            <Moment at={at} />
            <button
              type="button"
              className="button button-small"
              onClick={() => {
                askToDelete(id, 1);
              }}
            >
              {t('recovery.delete')}
            </button>
          </li>
        ))}
      </ul>
      {setAside.length > 1 && (
        <button
          type="button"
          className="button button-small"
          onClick={() => {
            askToDelete(undefined, setAside.length);
          }}
        >
          {t('recovery.deleteAll')}
        </button>
      )}
      <h2>{t('recovery.unused')}</h2>
      <p className="support-lead">{t('recovery.unusedHint')}</p>
      {unused.length === 0 && <p className="support-none">{t('recovery.none')}</p>}
      <ul className="kept-records">
        {unused.map(({ owner, since }) => (
          <li key={`${owner.registry} ${owner.issuer}`} className="kept-record">
            <span className="exact">{owner.registry}</span>
            <span>{owner.account}</span>
            <Moment at={since} />
          </li>
        ))}
      </ul>
    </>
  );
}
