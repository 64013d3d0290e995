import type { RegistryFacts } from '../../contract/support-view';
import type { Clock } from '../base/clock';
import type { SessionEvent } from '../sessions';

type Told = Pick<RegistryFacts, 'counters' | 'lastError'>;

const nothing: Told = { counters: { signIns: 0, refreshes: 0, failures: 0 } };

/** What happened to each session since the app started, as numbers and the last code: fed with every session event. */
export class SessionHistory {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #told = new Map<string, Told>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  note(registryId: string, event: SessionEvent): void {
    const before = this.of(registryId);
    const { signIns, refreshes, failures } = before.counters;
    // A restored end is news of an earlier run; it is told by the record, with the time it really happened.
    const code = 'failure' in event && event.type !== 'restored-ended' ? event.failure.code : undefined;
    this.#told.set(registryId, {
      counters: {
        signIns: signIns + (event.type === 'sign-in-succeeded' ? 1 : 0),
        refreshes: refreshes + (event.type === 'refresh-succeeded' ? 1 : 0),
        failures: failures + (code === undefined ? 0 : 1),
      },
      ...(before.lastError !== undefined && { lastError: before.lastError }),
      ...(code !== undefined && { lastError: { code, at: this.#clock.now() } }),
    });
  }

  of(registryId: string): Told {
    return this.#told.get(registryId) ?? nothing;
  }
}
