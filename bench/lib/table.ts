import type { Row } from './contest';
import type { Summary } from './statistics';

/** What was measured of one contestant; `reason` where it could not be. */
export type Outcome =
  | { readonly kind: 'measured'; readonly summary: Summary }
  | { readonly kind: 'left-out'; readonly reason: string };

export type RowOutcome = ReadonlyMap<string, Outcome>;

/** One row of the bench as lines of a Markdown table. */
export function tableOf(row: Row, outcomes: RowOutcome): string {
  const floor = outcomes.get(row.floor);
  const lines = [...outcomes].map(([name, outcome]) => {
    if (outcome.kind === 'left-out') return `| ${name} | – | – | ${outcome.reason} |`;
    const { median, min, max } = outcome.summary;
    const isComparable = floor?.kind === 'measured' && floor.summary.median > 0;
    const ratio = isComparable ? `${number(median / floor.summary.median)} ×` : '–';
    return `| ${name} | ${number(median)} | [${number(min)}–${number(max)}] | ${ratio} |`;
  });
  return [
    `### ${row.task}`,
    '',
    `To reach: ${row.target}`,
    '',
    `|  | median, ${row.unit} | [min–max] | to ${row.floor} |`,
    '| --- | ---: | ---: | ---: |',
    ...lines,
    '',
  ].join('\n');
}

export function number(value: number): string {
  if (value === 0) return '0';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return Math.abs(value) < 0.01 ? value.toPrecision(2) : value.toFixed(digits);
}
