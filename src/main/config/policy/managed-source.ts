import type { ConfigurationProblem } from '../../../contract/view-model';
import type { Clock } from '../../base/clock';
import { failure, type Failure, type Result } from '../../base/failure';
import type { ConfigSource, Layer, Reading } from '../layer';
import { problemOf } from '../problems';
import { type Attempt, untilWhole } from '../until-whole';
import type { LastGood } from './last-good';
import type { PolicySource } from './policy-source';
import { unknownPolicy } from './unknown-policy';

/** What came of reading a policy, before anything older is considered. */
type Outcome =
  | { readonly kind: 'absent'; readonly failure?: Failure }
  | { readonly kind: 'good'; readonly layers: readonly Layer[]; readonly content: Buffer }
  | { readonly kind: 'broken'; readonly failure: Failure };

/**
 * A policy as a source of configuration, under the rules for when something is wrong: one that is gone or that an
 * ordinary user could have written has no effect; one that is there and cannot be understood leaves the last good one in
 * force, also after a restart; and where there is none, nothing may be used.
 */
export class ManagedSource implements ConfigSource {
  readonly #policy: PolicySource;
  readonly #lastGood: LastGood;
  readonly #clock: Clock;

  constructor(parts: { policy: PolicySource; lastGood: LastGood; clock: Clock }) {
    this.#policy = parts.policy;
    this.#lastGood = parts.lastGood;
    this.#clock = parts.clock;
  }

  async read(): Promise<Reading> {
    const outcome = await untilWhole(() => this.#readOnce(), this.#clock);
    switch (outcome.kind) {
      case 'absent':
        this.#lastGood.forget();
        return {
          kind: 'absent',
          ...(outcome.failure !== undefined && { problems: [this.#problem(outcome.failure)] }),
        };
      case 'good':
        this.#lastGood.set({ content: outcome.content, readAt: this.#clock.now() });
        return { kind: 'read', layers: outcome.layers };
      case 'broken':
        return this.#instead(outcome.failure);
    }
  }

  watch(changed: () => void): () => void {
    return this.#policy.watch(changed);
  }

  async #readOnce(): Promise<Attempt<Outcome>> {
    const reading = await this.#policy.read();
    switch (reading.kind) {
      case 'absent':
        return { reading, mayBeHalfWritten: false };
      case 'untrusted':
        return { reading: { kind: 'absent', failure: reading.failure }, mayBeHalfWritten: false };
      case 'unreadable':
        return { reading: { kind: 'broken', failure: reading.failure }, mayBeHalfWritten: false };
      case 'read': {
        const layers: Result<readonly Layer[]> = await this.#policy.interpret(reading.content);
        return layers.ok
          ? {
              reading: { kind: 'good', layers: layers.value, content: reading.content },
              mayBeHalfWritten: false,
            }
          : { reading: { kind: 'broken', failure: layers.failure }, mayBeHalfWritten: true };
      }
    }
  }

  /** What is in force while a policy is there that says nothing usable. */
  async #instead(fault: Failure): Promise<Reading> {
    const lastGood = await this.#lastGood.get();
    // Kept content is read by today's rules: what they refuse now is refused whenever it was written.
    const layers = lastGood && (await this.#policy.interpret(lastGood.content));
    if (layers?.ok === true) {
      const since = failure('CFG_POLICY_LAST_GOOD', { since: lastGood?.readAt ?? 0 });
      return { kind: 'broken', problems: [this.#problem(fault), this.#problem(since)], layers: layers.value };
    }
    const unknown = unknownPolicy(this.#policy.location);
    return {
      kind: 'broken',
      problems: [this.#problem(fault), this.#problem(failure('CFG_POLICY_UNKNOWN'))],
      layers: [unknown],
    };
  }

  #problem(fault: Failure): ConfigurationProblem {
    return problemOf(fault, this.#policy.location);
  }
}
