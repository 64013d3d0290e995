import type { Failure } from '../base/failure';
import type { Registry } from '../config';

/**
 * Hosts that may imitate another one, in punycode, and whether a person has said that they mean them. Asked before a
 * browser opens for the first time; what an administrator's policy names needs nobody's word. Kept until the app quits:
 * after that, the record of a sign-in speaks for its hosts.
 */
export class HostConfirmations {
  readonly #confirmed = new Set<string>();

  /** CFG_HOST_SUSPICIOUS with the host to compare; undefined when there is nothing to ask. */
  toConfirm(registry: Registry): Failure | undefined {
    const { source } = registry;
    if (source === 'policy-enforced' || source === 'policy-default') return undefined;
    return suspicious(registry).find((warning) => !this.#confirmed.has(hostIn(warning)));
  }

  confirm(host: string): void {
    this.#confirmed.add(host);
  }

  /** Every host of the registry was shown and confirmed at once, as in the form. */
  confirmAll(registry: Registry): void {
    for (const warning of suspicious(registry)) this.confirm(hostIn(warning));
  }
}

const suspicious = ({ warnings }: Registry): readonly Failure[] =>
  warnings.filter(({ code }) => code === 'CFG_HOST_SUSPICIOUS');

const hostIn = ({ params }: Failure): string => String(params['host']);
