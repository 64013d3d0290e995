import type { SignInStep } from '../../contract/view-model';
import type { Clock } from '../base/clock';
import { type ActivityEvent, type CorrelationId, newCorrelationId } from '../base/event-sink';
import type { SessionEvent } from '../sessions';

/** A sign-in or a refresh that runs; times are monotonic milliseconds. */
interface Operation {
  readonly correlationId: CorrelationId;
  readonly startedAt: number;
  step?: SignInStep;
}

/**
 * Says what the log tells of each session event: flows at info, silent refreshes at debug, failures with their code. The
 * events of one sign-in, and those of one refresh, share a correlation id; the last one says how long it took.
 */
export class SessionActivity {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #running = new Map<string, Operation>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  of(registryId: string, event: SessionEvent): ActivityEvent {
    const about = { name: 'session-changed', registryId } as const;
    const failed = 'failure' in event ? ({ level: 'warn', code: event.failure.code } as const) : undefined;
    switch (event.type) {
      case 'sign-in-progressed': {
        const { step, problem } = event.flow;
        const flow = this.#begin('sign-in', registryId);
        const kind = flow.step === step && problem === undefined ? 'more-time' : step;
        flow.step = step;
        const { correlationId } = flow;
        return problem === undefined
          ? { ...about, correlationId, kind, level: 'info' }
          : { ...about, correlationId, kind, level: 'warn', code: problem.code };
      }
      case 'sign-in-succeeded':
      case 'sign-in-failed':
      case 'sign-in-cancelled':
        return { ...about, kind: event.type, level: 'info', ...failed, ...this.#end('sign-in', registryId) };
      case 'refresh-started': {
        const { correlationId } = this.#begin('refresh', registryId);
        return { ...about, correlationId, kind: event.type, level: 'debug' };
      }
      case 'refresh-succeeded':
        return { ...about, kind: event.type, level: 'debug', ...this.#end('refresh', registryId) };
      case 'refresh-postponed': {
        const { code } = event.failure;
        return { ...about, kind: event.type, level: 'debug', code, ...this.#end('refresh', registryId) };
      }
      case 'refresh-failed':
      case 'unusable':
      case 'ended':
        return { ...about, kind: event.type, level: 'warn', ...failed, ...this.#end('refresh', registryId) };
      case 'storage-changed': {
        const why = event.notRemembered;
        return why === undefined
          ? { ...about, kind: 'remembered', level: 'info' }
          : { ...about, kind: 'not-remembered', level: 'warn', code: why.code };
      }
      case 'restored':
      case 'restored-ended':
      case 'not-restored':
      case 'usable':
      case 'signed-out':
      case 'blocked':
        return { ...about, kind: event.type, level: 'info', ...failed };
    }
  }

  #begin(operation: 'sign-in' | 'refresh', registryId: string): Operation {
    const key = `${operation} ${registryId}`;
    const running = this.#running.get(key) ?? {
      correlationId: newCorrelationId(),
      startedAt: this.#clock.monotonic(),
    };
    this.#running.set(key, running);
    return running;
  }

  #end(operation: 'sign-in' | 'refresh', registryId: string) {
    const key = `${operation} ${registryId}`;
    const running = this.#running.get(key);
    this.#running.delete(key);
    if (running === undefined) return {};
    const { correlationId, startedAt } = running;
    return { correlationId, durationMs: Math.round(this.#clock.monotonic() - startedAt) };
  }
}
