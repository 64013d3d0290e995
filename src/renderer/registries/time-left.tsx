import { useTranslation } from 'react-i18next';
import { timeLeftInWords } from '../i18n/times';
import { useNow } from '../ui/time-now';

interface Props {
  /** Both in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly deadline: number;
}

const radius = 7;
const circumference = 2 * Math.PI * radius;

/** The time a sign-in has left, as a thin ring and in words. */
export function TimeLeft({ startedAt, deadline }: Props) {
  const { t } = useTranslation();
  const left = Math.max(0, deadline - useNow(1000));
  const part = deadline > startedAt ? Math.min(1, left / (deadline - startedAt)) : 0;
  return (
    <span className="time-left" role="timer">
      <svg className="ring" viewBox="0 0 18 18" aria-hidden>
        <circle className="ring-track" cx="9" cy="9" r={radius} />
        <circle
          className="ring-rest"
          cx="9"
          cy="9"
          r={radius}
          strokeDasharray={circumference}
          strokeDashoffset={circumference * (1 - part)}
        />
      </svg>
      {timeLeftInWords(t, left)}
    </span>
  );
}
