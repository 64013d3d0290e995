import type { Adapter, AdapterPayload } from 'oidc-provider';

interface StoredRecord {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch; absent: never. */
  readonly expiresAt?: number;
  /** When a code or refresh token was first used, milliseconds since the epoch. */
  consumedAt?: number;
}

export interface RecordsOptions {
  /** How long a used refresh token still passes as unused. */
  readonly graceMs: number;
  readonly now: () => number;
  readonly changed: () => void;
}

export type StoredRecords = Readonly<Record<string, StoredRecord>>;

/** Everything the provider remembers, in one table: `Model:id` to record. */
export class Records {
  readonly #table: Map<string, StoredRecord>;
  readonly #options: RecordsOptions;

  constructor(stored: StoredRecords, options: RecordsOptions) {
    this.#table = new Map(Object.entries(stored));
    this.#options = options;
  }

  toJSON(): StoredRecords {
    return Object.fromEntries(this.#live());
  }

  /** Forgets whatever `doomed` names: revocation by the provider's side. */
  remove(doomed: (model: string, payload: AdapterPayload) => boolean): void {
    for (const [key, { payload }] of this.#live()) if (doomed(modelOf(key), payload)) this.#table.delete(key);
    this.#options.changed();
  }

  /** The storage interface of `oidc-provider` for one of its models. */
  readonly adapterFor = (model: string): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`;
    const findBy = (test: (payload: AdapterPayload) => boolean) =>
      this.#live().find(([key, { payload }]) => modelOf(key) === model && test(payload))?.[1].payload;
    return {
      upsert: (id, payload, expiresIn) => {
        const expiry = expiresIn === undefined ? {} : { expiresAt: this.#options.now() + expiresIn * 1000 };
        this.#table.set(keyOf(id), { payload: structuredClone(payload), ...expiry });
        this.#options.changed();
        return Promise.resolve();
      },
      find: (id) => {
        const record = this.#table.get(keyOf(id));
        return Promise.resolve(record === undefined ? undefined : this.#payloadOf(model, record));
      },
      findByUid: (uid) => Promise.resolve(findBy((payload) => payload.uid === uid)),
      findByUserCode: (userCode) => Promise.resolve(findBy((payload) => payload.userCode === userCode)),
      consume: (id) => {
        const record = this.#table.get(keyOf(id));
        if (record !== undefined) record.consumedAt ??= this.#options.now();
        this.#options.changed();
        return Promise.resolve();
      },
      destroy: (id) => {
        this.#table.delete(keyOf(id));
        this.#options.changed();
        return Promise.resolve();
      },
      revokeByGrantId: (grantId) => {
        this.remove((owner, payload) => owner === model && payload.grantId === grantId);
        return Promise.resolve();
      },
    };
  };

  #payloadOf(model: string, record: StoredRecord): AdapterPayload {
    const payload = structuredClone(record.payload);
    if (record.consumedAt === undefined) return payload;
    const inGrace =
      model === 'RefreshToken' && this.#options.now() - record.consumedAt < this.#options.graceMs;
    return inGrace ? payload : { ...payload, consumed: Math.floor(record.consumedAt / 1000) };
  }

  #live(): [string, StoredRecord][] {
    const now = this.#options.now();
    return [...this.#table].filter(([, { expiresAt }]) => expiresAt === undefined || expiresAt > now);
  }
}

function modelOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}
