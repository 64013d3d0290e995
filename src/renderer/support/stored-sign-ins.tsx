import { useTranslation } from 'react-i18next';
import type { ComputerFacts } from '../../contract/support-view';
import { Fact, Facts } from '../details/facts';
import { CodeLink } from '../guide/help-link';
import { Moment } from './moment';

/** Saved sign-ins that no configured registry uses, and files that could not be read. Nothing where there are none. */
export function StoredSignIns({
  facts,
}: {
  readonly facts: Pick<ComputerFacts, 'keptSignIns' | 'setAside'>;
}) {
  const { t } = useTranslation();
  const { keptSignIns, setAside } = facts;
  return (
    <>
      {keptSignIns.length > 0 && (
        <Facts title={t('support.keptSignIns')}>
          {keptSignIns.map(({ host, account, goneSince, keptUntil }) => (
            <Fact key={`${host} ${keptUntil}`} term={host}>
              {account !== undefined && <>{account} · </>}
              {t('support.goneSince')} <Moment at={goneSince} /> · {t('support.keptUntil')}{' '}
              <Moment at={keptUntil} />
            </Fact>
          ))}
        </Facts>
      )}
      {setAside === 'unreadable' && (
        <Facts title={t('support.setAside')}>
          <Fact term={t('recovery.unknownOwner')}>
            {t('recovery.unreadable')} <CodeLink code="STORE_READ_FAILED" />
          </Fact>
        </Facts>
      )}
      {setAside !== 'unreadable' && setAside.length > 0 && (
        <Facts title={t('support.setAside')}>
          {setAside.map(({ kind, host, at }, index) => (
            <Fact
              key={index}
              term={kind === 'data-key' ? t('recovery.dataKey') : (host ?? t('support.setAsideUnknown'))}
            >
              {t('support.setAsideAt')} <Moment at={at} />
            </Fact>
          ))}
        </Facts>
      )}
    </>
  );
}
