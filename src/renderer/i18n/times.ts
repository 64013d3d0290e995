import type { TFunction } from 'i18next';

const oneDay = 24 * 60 * 60 * 1000;

/** A moment in words as short as they can be: "today 14:05", "yesterday 9:30", else the date. Times in milliseconds. */
export function whenInWords(t: TFunction, language: string, at: number, now: number): string {
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', hourCycle: 'h23' }).format(at);
  const day = new Date(at).toDateString();
  if (day === new Date(now).toDateString()) return t('time.today', { time });
  if (day === new Date(now - oneDay).toDateString()) return t('time.yesterday', { time });
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

const oneMinute = 60_000;

/** How long ago a moment was, in the largest unit that fits: "12 minutes ago", "3 hours ago", "2 days ago". */
export function agoInWords(t: TFunction, language: string, at: number, now: number): string {
  const minutes = Math.floor((now - at) / oneMinute);
  if (minutes < 1) return t('time.justNow');
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  if (minutes < 60) return words.format(-minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? words.format(-hours, 'hour') : words.format(-Math.floor(hours / 24), 'day');
}

/** The complete moment, for the tooltip of the short one. */
export function fullTime(language: string, at: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' }).format(at);
}

/** Time left in words: whole minutes while there is plenty, seconds for the last ninety. */
export function timeLeftInWords(t: TFunction, milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return seconds > 90
    ? t('flow.minutesLeft', { count: Math.round(seconds / 60) })
    : t('flow.secondsLeft', { count: seconds });
}
