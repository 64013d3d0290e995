import type { SelfTestRun } from '../../../contract/self-test';
import { problemsOf } from './format-registry';
import { problemWords } from './lines';
import type { ReportContent } from './report-content';

/** Everything that is known to be wrong, each once, with where it was seen: the first thing that is read. */
export function causesIn({ app, registries, selfTests }: ReportContent): string[] {
  const nameOf = (id: string) => registries.find(({ view }) => view.id === id)?.view.name ?? id;
  const found = [
    ...app.configurationProblems.map((problem) => `  configuration: ${problemWords(problem)}`),
    ...registries.flatMap(({ view }) =>
      problemsOf(view).map((problem) => `  ${view.name}: ${problemWords(problem)}`),
    ),
    ...selfTests.flatMap((run) => failuresOf(run, nameOf)),
  ];
  return [...new Set(found)];
}

function failuresOf({ target, checks }: SelfTestRun, nameOf: (id: string) => string): string[] {
  const whose = target.kind === 'computer' ? 'this computer' : nameOf(target.registryId);
  return checks.flatMap((check) =>
    check.state === 'done' && check.outcome.problem !== undefined
      ? [`  ${whose}, self-test ${check.name}: ${problemWords(check.outcome.problem)}`]
      : [],
  );
}
