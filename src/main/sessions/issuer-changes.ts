import { failure, type Failure } from '../base/failure';
import { normaliseUrl } from '../base/slot';
import type { Registry } from '../config';
import type { SessionRecord } from '../vault';
import { oauthOf } from './configured-sessions';

/** A session that was in use until the configuration changed. */
interface InUse {
  readonly registryId: string;
  readonly issuer: string;
  readonly isHeld: boolean;
}

type Record = Pick<SessionRecord, 'registry' | 'issuer' | 'signedInAt'>;

/**
 * Registries that name another sign-in service than the one a person signed in at. A form asks when it is edited; a file
 * that was edited by hand, or came from ToolHive, is asked about here, before a browser opens at a place where a password
 * is typed. What an administrator's policy names needs nobody's word, and is only told. A confirmation is kept until the
 * app quits: after that, the record of a sign-in at the new service speaks for it.
 */
export class IssuerChanges {
  readonly #confirmed = new Set<string>();
  /** By id of the registry: where a session was held last, also one that no record is kept of. */
  readonly #lastHeld = new Map<string, string>();
  #former: ReadonlyMap<string, string> = new Map();

  /**
   * Follows a configuration.
   * @param inUse the sessions of the one before it
   * @param records all that are kept, of whatever registry: they tell what was changed while the app did not run
   */
  follow(registries: readonly Registry[], inUse: readonly InUse[], records: readonly Record[]): void {
    this.#noteHeld(inUse);
    const left = recordsLeft(registries, records);
    this.#former = new Map(
      registries.flatMap((registry) => {
        const { id, url } = registry;
        const client = oauthOf(registry);
        const former = left.get(normaliseUrl(url)) ?? this.#lastHeld.get(id);
        const isOther = client !== undefined && former !== undefined && !isSame(former, client.issuer);
        return isOther ? [[id, former] as const] : [];
      }),
    );
  }

  /** CFG_ISSUER_CHANGED, or CFG_POLICY_ISSUER_CHANGED where nobody has to say yes, with both issuers; undefined: the same. */
  of(registry: Registry): Failure | undefined {
    const former = this.#former.get(registry.id);
    const client = oauthOf(registry);
    if (former === undefined || client === undefined) return undefined;
    const issuer = asShown(client.issuer);
    if (this.#confirmed.has(confirmationOf(registry.url, issuer))) return undefined;
    const { source } = registry;
    const isByPolicy = source === 'policy-enforced' || source === 'policy-default';
    return failure(isByPolicy ? 'CFG_POLICY_ISSUER_CHANGED' : 'CFG_ISSUER_CHANGED', {
      former: asShown(former),
      issuer,
    });
  }

  /** @param issuer the one that the person was shown, which may not be the registry's any more */
  confirm({ url }: Pick<Registry, 'url'>, issuer: string): void {
    this.#confirmed.add(confirmationOf(url, asShown(issuer)));
  }

  #noteHeld(inUse: readonly InUse[]): void {
    for (const { registryId, issuer, isHeld } of inUse) {
      if (isHeld) this.#lastHeld.set(registryId, issuer);
      // Signed out where it was last held: nothing is left of it.
      else if (isSame(this.#lastHeld.get(registryId) ?? '', issuer)) this.#lastHeld.delete(registryId);
    }
  }
}

/** By address: the issuer of the latest record that belongs to no registry any more, of whichever issuer it is now. */
function recordsLeft(
  registries: readonly Registry[],
  records: readonly Record[],
): ReadonlyMap<string, string> {
  if (records.length === 0) return new Map();
  const configured = new Set(
    registries.map((registry) => confirmationOf(registry.url, oauthOf(registry)?.issuer ?? '')),
  );
  const oldestFirst = [...records].sort((a, b) => a.signedInAt - b.signedInAt);
  return new Map(
    oldestFirst
      .filter(({ registry, issuer }) => !configured.has(confirmationOf(registry, issuer)))
      .map(({ registry, issuer }) => [normaliseUrl(registry), issuer]),
  );
}

/** With a host of other letters than ASCII in punycode: two that look alike are told apart. */
const asShown = (issuer: string): string =>
  issuer.replace(/^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)/i, (address, scheme: string, authority: string) =>
    /\P{ASCII}/u.test(authority) ? scheme + (URL.parse(address)?.host ?? authority) : address,
  );

const isSame = (a: string, b: string): boolean => normaliseUrl(a) === normaliseUrl(b);

const confirmationOf = (url: string, issuer: string): string =>
  `${normaliseUrl(url)}\0${normaliseUrl(issuer)}`;
