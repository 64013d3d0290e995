import type { ActivityEntry } from '../../../contract/activity';
import type { ComputerFacts, RegistryFacts } from '../../../contract/support-view';
import type { AppView, RegistryView } from '../../../contract/view-model';
import type { Clock } from '../../base/clock';
import type { SelfTest } from '../self-test/self-test';
import type { ReportContent } from './report-content';

export interface ReportSources {
  readonly clock: Pick<Clock, 'now'>;
  readonly view: {
    ids(): readonly string[];
    row(id: string): RegistryView | undefined;
    app(): AppView;
  };
  readonly support: {
    registryFacts(id: string): Promise<RegistryFacts | undefined>;
    computerFacts(): Promise<ComputerFacts>;
    activity(): readonly ActivityEntry[];
  };
  readonly selfTest: Pick<SelfTest, 'runQuietly'>;
}

/** A report is read by people: of a thousand registries those count that something is wrong with. */
const mostRegistries = 50;
const mostTested = 12;
const mostEntries = 300;

/** Reads everything a report tells, and runs the self-test anew; what the signal cuts short is told as far as it is known. */
export async function collectReport(sources: ReportSources, signal: AbortSignal): Promise<ReportContent> {
  const { clock, view, support, selfTest } = sources;
  const views = view.ids().flatMap((id) => view.row(id) ?? []);
  const ordered = [...views].sort((a, b) => Number(hasProblem(b)) - Number(hasProblem(a)));
  const told = ordered.slice(0, mostRegistries);
  const targets = [
    { kind: 'computer' } as const,
    ...told.slice(0, mostTested).map(({ id }) => ({ kind: 'registry', registryId: id }) as const),
  ];
  const selfTests = await Promise.all(targets.map((target) => selfTest.runQuietly(target, signal)));
  const registries = await Promise.all(
    told.map(async ({ id }) => ({ view: view.row(id), facts: await support.registryFacts(id) })),
  );
  return {
    madeAt: clock.now(),
    computer: await support.computerFacts(),
    app: view.app(),
    registries: registries.flatMap(({ view: row, facts }) =>
      row === undefined || facts === undefined ? [] : [{ view: row, facts }],
    ),
    furtherRegistries: views.length - told.length,
    selfTests: selfTests.filter((run) => run !== undefined),
    activity: support.activity().slice(-mostEntries),
  };
}

function hasProblem({ session, reachability }: RegistryView): boolean {
  const isWell =
    session.kind === 'signed-in'
      ? session.problem === undefined && session.notRemembered === undefined
      : session.kind !== 'expired' && session.kind !== 'needs-attention';
  return !isWell || reachability?.kind === 'fails';
}
