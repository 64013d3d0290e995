import type { CheckTarget, CheckView, SelfTestRun } from '../../../contract/self-test';
import type { Clock } from '../../base/clock';
import { failed, type Result, success } from '../../base/failure';
import type { Registry } from '../../config';
import type { Check } from './check';
import { computerPlan, type ComputerEdges } from './computer-plan';
import { registryPlan, type RegistryEdges } from './registry-plan';
import { runChecks } from './run-checks';

export interface SelfTestParts extends ComputerEdges, RegistryEdges {
  readonly clock: Clock;
  readonly registry: (id: string) => Registry | undefined;
  /** Told how far the run is. */
  readonly changed: (run: SelfTestRun) => void;
}

/**
 * The self-test as people run it: one run at a time, the last one is kept to be looked at. It signs nobody in, holds no
 * token and changes nothing but for a file and a keychain entry of its own, which it deletes.
 */
export class SelfTest {
  readonly #parts: SelfTestParts;
  #run: SelfTestRun | undefined;
  #controller = new AbortController();

  constructor(parts: SelfTestParts) {
    this.#parts = parts;
  }

  /** The run under way, or the last one. */
  get run(): SelfTestRun | undefined {
    return this.#run;
  }

  /** Begins a run, and ends the one before. OP_STALE for a registry that is gone. */
  start(target: CheckTarget): Result<void> {
    const checks = this.#planFor(target);
    if (checks === undefined) return failed('OP_STALE');
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    const startedAt = this.#parts.clock.now();
    const told = (state: SelfTestRun['state'], views: readonly CheckView[]) => {
      if (this.#controller === controller) this.#tell({ target, state, startedAt, checks: views });
    };
    const changed = (views: readonly CheckView[]) => {
      told('running', views);
    };
    void runChecks(checks, { clock: this.#parts.clock, signal: controller.signal, changed }).then((views) => {
      told(controller.signal.aborted ? 'cancelled' : 'done', views);
    });
    return success(undefined);
  }

  /** Ends the run under way, if there is one; what it found stays. */
  cancel(): void {
    this.#controller.abort();
  }

  /** A run for a report: not shown, and beside whatever a person runs. Undefined for a registry that is gone. */
  async runQuietly(target: CheckTarget, signal: AbortSignal): Promise<SelfTestRun | undefined> {
    const checks = this.#planFor(target);
    if (checks === undefined) return undefined;
    const { clock } = this.#parts;
    const startedAt = clock.now();
    const views = await runChecks(checks, { clock, signal, changed: () => undefined });
    return { target, state: signal.aborted ? 'cancelled' : 'done', startedAt, checks: views };
  }

  #planFor(target: CheckTarget): readonly Check[] | undefined {
    if (target.kind === 'computer') return computerPlan(this.#parts);
    const registry = this.#parts.registry(target.registryId);
    return registry && registryPlan(registry, this.#parts);
  }

  #tell(run: SelfTestRun): void {
    this.#run = run;
    this.#parts.changed(run);
  }
}
