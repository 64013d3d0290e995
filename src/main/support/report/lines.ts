import type { Problem } from '../../../contract/view-model';
import { plainText } from '../../base/failure';

const labelWidth = 26;

/** One labelled value; control characters and line breaks of the value cannot break the page. */
export const line = (label: string, value: string | number): string =>
  `  ${`${label}:`.padEnd(labelWidth)} ${plainText(String(value))}`;

export const section = (title: string, lines: readonly string[]): string[] => [
  '',
  `== ${plainText(title)} ==`,
  ...(lines.length === 0 ? ['  none'] : lines),
];

/** In UTC, so that two computers can be compared; a dash for one that has not come. */
export const moment = (at: number | undefined): string =>
  at === undefined ? '–' : new Date(at).toISOString();

/** A code and the values of its sentence. What a provider said of it is left out: it may hold anything. */
export function problemWords({ code, params }: Problem): string {
  const values = Object.entries(params).map(([name, value]) => `${name} ${plainText(String(value))}`);
  return values.length === 0 ? code : `${code} (${values.join(', ')})`;
}
