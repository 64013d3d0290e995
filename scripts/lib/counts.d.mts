export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
export function countVitest(file: string): Counts;
export function countPlaywright(file: string): Counts;
export function withExitCode(counts: Counts, code: number): Counts;
export function total(all: readonly Counts[]): Counts;
