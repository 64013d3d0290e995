import type { KeptRecords, SetAsideView } from '../../contract/recovery-view';
import { failed, type Result, success } from '../base/failure';
import type { Registry } from '../config';
import type { Sessions } from '../sessions';

interface RecordKey {
  readonly registry: string;
  readonly issuer: string;
  readonly clientId: string;
}
interface KeptRecord extends RecordKey {
  readonly account?: string;
  readonly vanishedAt?: number;
}

export interface RecoveryParts {
  /** The vault, as far as records are listed and deleted. */
  readonly vault: {
    list(): Promise<readonly KeptRecord[]>;
    remove(key: RecordKey): Promise<Result<unknown>>;
    listSetAside(): Promise<
      Result<
        readonly {
          readonly id: string;
          readonly at: number;
          readonly kind: SetAsideView['kind'];
          readonly record?: KeptRecord;
        }[]
      >
    >;
    deleteSetAside(id?: string): Promise<Result<void>>;
  };
  readonly sessions: Pick<Sessions, 'signOut'>;
  /** Tokens that a person gave to the app. */
  readonly tokens: { remove(registryId: string): Promise<Result<void>> };
  readonly registries: () => readonly Registry[];
  /** Drops what is known of whether a registry answers. */
  readonly forgetAnswer: (registryId: string) => void;
  /** Moves the user's configuration file to a name beside it and reads everything anew. */
  readonly setConfigurationAside: () => Promise<Result<void>>;
}

/** The ways out for a session or a profile that is stuck. Each is asked for by a person who was told what is lost. */
export class Recovery {
  readonly #parts: RecoveryParts;

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
  }

  /** What is kept on disk beside the sessions in use. */
  async kept(): Promise<KeptRecords> {
    const { vault } = this.#parts;
    const listed = await vault.listSetAside();
    const setAside = listed.ok
      ? listed.value.map(({ id, at, kind, record }) => ({
          id,
          at,
          kind,
          ...(record !== undefined && { owner: ownerOf(record) }),
        }))
      : 'unreadable';
    const unused = (await vault.list()).flatMap((record) =>
      record.vanishedAt === undefined ? [] : [{ owner: ownerOf(record), since: record.vanishedAt }],
    );
    return { setAside, unused };
  }

  /** Deletes one record that was set aside, or all of them, for good. */
  deleteSetAside(id?: string): Promise<Result<void>> {
    return this.#parts.vault.deleteSetAside(id);
  }

  /**
   * Signs out whatever state the session is in, and deletes everything of it: the sign-in that runs, its record and those
   * of it that were set aside, the stored token, what was known of the registry. The configuration stays.
   */
  async resetSession(registryId: string): Promise<Result<void>> {
    const { registries, sessions, tokens, forgetAnswer } = this.#parts;
    const registry = registries().find(({ id }) => id === registryId);
    if (registry === undefined) return failed('OP_STALE');
    forgetAnswer(registryId);
    switch (registry.auth.type) {
      case 'oauth':
        // A blocked registry has no session; its record is deleted all the same.
        return registry.blocked === undefined ? sessions.signOut(registryId) : this.#removeRecord(registry);
      case 'bearer':
        return registry.auth.tokenFile === undefined ? tokens.remove(registryId) : success(undefined);
      case 'none':
      case 'unusable':
        return success(undefined);
    }
  }

  /**
   * As after the installation: every session and token here is deleted, those of registries that are gone and those set
   * aside too, and the user's configuration file is moved aside. What the organization set comes back by itself.
   */
  async resetEverything(): Promise<Result<void>> {
    const { vault, registries, setConfigurationAside } = this.#parts;
    const results: Result<unknown>[] = [];
    for (const { id } of registries()) results.push(await this.resetSession(id));
    for (const key of await vault.list()) results.push(await vault.remove(key));
    results.push(await vault.deleteSetAside());
    results.push(await setConfigurationAside());
    const failure = results.find((result) => !result.ok);
    return failure ?? success(undefined);
  }

  async #removeRecord({ url, auth }: Registry): Promise<Result<void>> {
    if (auth.type !== 'oauth') return success(undefined);
    const { issuer, clientId } = auth.oauth;
    const removed = await this.#parts.vault.remove({ registry: url, issuer, clientId });
    return removed.ok ? success(undefined) : removed;
  }
}

function ownerOf({ registry, issuer, account }: KeptRecord) {
  return { registry, issuer, ...(account !== undefined && { account }) };
}
