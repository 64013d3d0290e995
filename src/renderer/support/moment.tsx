import { useTranslation } from 'react-i18next';
import { fullTime, whenInWords } from '../i18n/times';
import { useNow } from '../ui/time-now';

const oneMinute = 60_000;

/** A moment in short words, the whole of it on hover; a dash for one that has not come. Milliseconds since the epoch. */
export function Moment({ at }: { readonly at: number | undefined }) {
  const { t, i18n } = useTranslation();
  const now = useNow(oneMinute);
  if (at === undefined) return <span>–</span>;
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTime(i18n.language, at)}>
      {whenInWords(t, i18n.language, at, now)}
    </time>
  );
}
