import { expect, test } from 'vitest';
import { createTranslator } from './i18n';
import { agoInWords, fullTime, timeLeftInWords, whenInWords } from './times';

const { t } = await createTranslator('en');
const { t: tGerman } = await createTranslator('de');
const at = (day: number, hour: number, minute: number) => new Date(2026, 4, day, hour, minute).getTime();

test('a moment of today or yesterday is told by its time, an earlier one by its date', () => {
  const now = at(20, 15, 0);
  expect(whenInWords(t, 'en', at(20, 14, 5), now)).toBe('today 14:05');
  expect(whenInWords(t, 'en', at(20, 0, 0), now)).toBe('today 00:00');
  expect(whenInWords(t, 'en', at(19, 23, 59), now)).toBe('yesterday 23:59');
  expect(whenInWords(t, 'en', at(18, 9, 30), now)).toMatch(/May 18, 2026/);
  expect(whenInWords(tGerman, 'de', at(20, 14, 5), now)).toBe('heute 14:05');
});

test('the tooltip has the day and the time in full', () => {
  expect(fullTime('en', at(20, 14, 5))).toMatch(/Wednesday, May 20, 2026.*2:05:00/);
});

test.each([
  [120_000, '2 minutes left'],
  [91_000, '2 minutes left'],
  [90_000, '90 seconds left'],
  [1_001, '2 seconds left'],
  [1_000, '1 second left'],
  [0, '0 seconds left'],
  [-5_000, '0 seconds left'],
  [900_000, '15 minutes left'],
])('%i milliseconds are "%s"', (milliseconds, words) => {
  expect(timeLeftInWords(t, milliseconds)).toBe(words);
});

test('the age of something is told in the largest unit that fits', async () => {
  const { t } = await createTranslator('en');
  const now = Date.UTC(2026, 0, 15, 12);
  const ago = (ms: number, language = 'en') => agoInWords(t, language, now - ms, now);
  const [minute, hour] = [60_000, 3_600_000];
  expect([0, minute - 1, -5 * minute].map((ms) => ago(ms))).toEqual(Array(3).fill('less than a minute ago'));
  expect([minute, 59.9 * minute].map((ms) => ago(ms))).toEqual(['1 minute ago', '59 minutes ago']);
  expect([hour, 23.9 * hour].map((ms) => ago(ms))).toEqual(['1 hour ago', '23 hours ago']);
  expect([24 * hour, 80 * hour].map((ms) => ago(ms))).toEqual(['1 day ago', '3 days ago']);
  expect(ago(12 * minute, 'de')).toBe('vor 12 Minuten');
});
