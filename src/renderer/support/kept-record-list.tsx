import { useTranslation } from 'react-i18next';
import type { KeptRecords, SetAsideView } from '../../contract/recovery-view';
import { CodeLink } from '../guide/help-link';
import type { Question } from '../ui/confirmation-dialog';
import { Moment } from './moment';

interface Props {
  readonly kept: KeptRecords;
  readonly onAsk: (question: Question) => void;
}

/** Sign-ins that are kept beside those in use: unusable ones that were set aside, and those of registries that are gone. */
export function KeptRecordList({ kept, onAsk }: Props) {
  const { t } = useTranslation();
  const { unused } = kept;
  const isUnreadable = kept.setAside === 'unreadable';
  const setAside = kept.setAside === 'unreadable' ? [] : kept.setAside;
  const askToDelete = (meant: readonly SetAsideView[], id?: string) => {
    const hasKey = meant.some(({ kind }) => kind === 'data-key');
    const isKey = hasKey && meant.length === 1;
    onAsk({
      title: isKey ? t('recovery.deleteKeyTitle') : t('recovery.deleteTitle', { count: meant.length }),
      consequences: [
        ...(isKey ? [] : [t('recovery.deleteLost')]),
        ...(hasKey ? [t('recovery.deleteKeyLost')] : []),
      ],
      keep: t('recovery.keep'),
      verb: t('recovery.delete'),
      done: t('recovery.deleteDone'),
      run: (client) => client.deleteSetAside(id === undefined ? {} : { id }),
    });
  };
  return (
    <>
      <h2>{t('recovery.setAside')}</h2>
      <p className="support-lead">{t('recovery.setAsideHint')}</p>
      {isUnreadable && (
        <p>
          {t('recovery.unreadable')} <CodeLink code="STORE_READ_FAILED" />
        </p>
      )}
      {!isUnreadable && setAside.length === 0 && <p className="support-none">{t('recovery.none')}</p>}
      <ul className="kept-records">
        {setAside.map((file) => (
          <li key={file.id} className="kept-record">
            {file.kind === 'data-key' ? (
              <span className="kept-key">
                <strong>{t('recovery.dataKey')}</strong> {t('recovery.dataKeyMeaning')}
              </span>
            ) : (
              <>
                <span className="exact">{file.owner?.registry ?? t('recovery.unknownOwner')}</span>
                <span>{file.owner?.account}</span>
              </>
            )}
            <Moment at={file.at} />
            <button
              type="button"
              className="button button-small"
              onClick={() => {
                askToDelete([file], file.id);
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
            askToDelete(setAside);
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
