import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Row } from './lib/contest';
import { runContestant, type RunningProvider, startProviderProcess } from './lib/fresh-process';
import { median, summary } from './lib/statistics';
import { type Outcome, type RowOutcome, tableOf } from './lib/table';
import { plots } from './plots';
import { rows } from './rows';

/**
 * Runs every row, its contestants in turn round by round, each in a fresh process, and prints the tables.
 * `--rows=a,b` runs some, `--rounds=N` so often (default 5), `--write` also writes docs/performance/. `--slow-commit=N` slows
 * each durable write of Gatepass's refresh down by N ms, to see that the tables would show it; nothing is written then.
 */
const { root, args } = JSON.parse(process.argv[2] ?? '') as { root: string; args: string[] };
const option = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const rounds = Number(option('rounds') ?? 5);
const wanted = option('rows')?.split(',');
const slowCommitMs = Number(option('slow-commit') ?? 0);
const child = join(import.meta.dirname, 'child.mjs');
const folder = mkdtempSync(join(tmpdir(), 'gatepass-bench-run-'));

async function measure(row: Row, provider: RunningProvider): Promise<RowOutcome> {
  const names = Object.keys(row.contestants);
  const medians = new Map<string, number[]>(names.map((name) => [name, []]));
  const reasons = new Map<string, string>();
  for (let round = 0; round < (row.rounds ?? rounds); round++)
    for (const name of names) {
      if (reasons.has(name)) continue;
      try {
        medians
          .get(name)
          ?.push(median(await runContestant(child, provider, { row: row.id, name, slowCommitMs })));
      } catch (error) {
        reasons.set(name, error instanceof Error ? error.message : 'failed');
      }
    }
  return new Map(
    names.map((name): [string, Outcome] => {
      const reason = reasons.get(name);
      return reason === undefined
        ? [name, { kind: 'measured', summary: summary(medians.get(name) ?? []) }]
        : [name, { kind: 'left-out', reason }];
    }),
  );
}

const provider = await startProviderProcess(child, folder);
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}, ${process.platform}`;
console.log(`${machine}; ${rounds} rounds, contestants in turn, each in a fresh process\n`);
const results = new Map<string, RowOutcome>();
const tables: string[] = [];
for (const row of rows) {
  if (wanted?.every((one) => !row.id.startsWith(one)) === true) continue;
  const outcome = await measure(row, provider);
  results.set(row.id, outcome);
  const table = tableOf(row, outcome);
  tables.push(table);
  console.log(table);
}
provider.stop();
rmSync(folder, { recursive: true, force: true });

if (args.includes('--write') && slowCommitMs === 0) {
  const target = join(root, 'docs/performance');
  mkdirSync(target, { recursive: true });
  const heading = `# The last run\n\nWritten by \`npm run bench -- --write\`. ${machine}; ${rounds} rounds.\n`;
  const path = join(target, 'last-run.md');
  const options = { ...(await resolveConfig(path)), filepath: path };
  writeFileSync(path, await format(`${heading}\n${tables.join('\n')}`, options));
  for (const { name, svg } of plots(results)) writeFileSync(join(target, name), svg);
}
const failed = [...results.values()].some((outcome) => outcome.get('Gatepass')?.kind === 'left-out');
process.exitCode = failed ? 1 : 0;
