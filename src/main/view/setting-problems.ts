import type { ConfigurationProblem } from '../../contract/view-model';
import type { Failure } from '../base/failure';
import type { SettingKey, Settings } from '../config';

/**
 * What keeps a setting from having its effect although its value is good: a file it names that cannot be read, a system
 * that refuses. Listed with the place of the setting, as what is wrong in a file is.
 */
export class SettingProblems {
  readonly #changed: () => void;
  readonly #problems = new Map<SettingKey, ConfigurationProblem>();

  /** @param changed told after each change of {@link all} */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** @param failure undefined where the setting has its effect */
  tell(key: SettingKey, setting: Settings[SettingKey], failure: Failure | undefined): void {
    if (failure === undefined) {
      if (this.#problems.delete(key)) this.#changed();
      return;
    }
    const { code, params } = failure;
    const { location, line } = setting;
    const problem = { code, params: { field: key, ...params }, location };
    this.#problems.set(key, line === undefined ? problem : { ...problem, line });
    this.#changed();
  }

  all(): readonly ConfigurationProblem[] {
    return [...this.#problems.values()];
  }
}
