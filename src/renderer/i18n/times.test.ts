import { expect, test } from 'vitest';
import { createTranslator } from './i18n';
import { fullTime, timeLeftInWords, whenInWords } from './times';

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
