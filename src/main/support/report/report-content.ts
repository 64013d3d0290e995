import type { ActivityEntry } from '../../../contract/activity';
import type { SelfTestRun } from '../../../contract/self-test';
import type { ComputerFacts, RegistryFacts } from '../../../contract/support-view';
import type { AppView, RegistryView } from '../../../contract/view-model';

/** Everything a report tells, before it is text. No field of it is a text of a provider or a registry. */
export interface ReportContent {
  /** Milliseconds since the epoch. */
  readonly madeAt: number;
  readonly computer: ComputerFacts;
  readonly app: AppView;
  readonly registries: readonly { readonly view: RegistryView; readonly facts: RegistryFacts }[];
  /** How many more there are than the report tells of. */
  readonly furtherRegistries: number;
  readonly selfTests: readonly SelfTestRun[];
  /** Oldest first. */
  readonly activity: readonly ActivityEntry[];
}
