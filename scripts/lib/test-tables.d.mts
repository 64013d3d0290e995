export interface TableRow {
  readonly input: string;
  readonly codes: string;
  readonly tests: string;
}
export interface NamedTest {
  /** From the repository's root. */
  readonly file: string;
  readonly text: string;
  readonly title: RegExp;
}
export function rowsOf(markdown: string): readonly TableRow[];
export function namedTests(cell: string): readonly NamedTest[];
