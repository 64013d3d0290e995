import { useTranslation } from 'react-i18next';
import type { Reachability } from '../../contract/view-model';
import { useNow } from '../ui/time-now';
import { fullTime, whenInWords } from '../i18n/times';

const aMinute = 60_000;

/** Whether the registry answers, in one small line. The tooltip has the full time. */
export function ReachabilityText({ reachability }: { readonly reachability: Reachability }) {
  const { t, i18n } = useTranslation();
  const now = useNow(aMinute);
  if (reachability.kind === 'checking')
    return <span className="reachability">{t('reachability.checking')}</span>;
  const { checkedAt } = reachability;
  const when = whenInWords(t, i18n.language, checkedAt, now);
  return (
    <span className="reachability" data-kind={reachability.kind} title={fullTime(i18n.language, checkedAt)}>
      {t(`reachability.${reachability.kind}`, { when })}
    </span>
  );
}
