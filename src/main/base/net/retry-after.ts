/**
 * How long an answer asks to wait, in milliseconds and never less than 0 (RFC 9110 10.2.3): seconds or a date, which
 * is read against the answer's own `Date` so that a wrong clock here does not matter. Absent when it says nothing
 * readable; a negative number is not readable.
 */
export function retryAfterMs(headers: Pick<Headers, 'get'>, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = dateOf(value);
  return date === undefined ? undefined : Math.max(0, date - (dateOf(headers.get('date') ?? '') ?? now));
}

/** How far the sender's clock is ahead of ours, in whole seconds; absent when it did not say. */
export function dateSkewSeconds(headers: Pick<Headers, 'get'>, now: number): number | undefined {
  const date = dateOf(headers.get('date') ?? '');
  const age = /^\d+$/.test(headers.get('age') ?? '') ? Number(headers.get('age')) : 0;
  return date === undefined ? undefined : Math.round((date - now) / 1000) + age;
}

/** Only the form every server sends (RFC 9110 5.6.7); `Date.parse` would take a bare year or a negative number. */
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

function dateOf(text: string): number | undefined {
  const date = httpDate.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}
