/** Whose a record was, as its clear header says; times are milliseconds since the epoch. */
interface RecordOwner {
  readonly registry: string;
  readonly issuer: string;
  readonly account?: string;
}

/** A session's record that could not be used and was kept, with its owner where that is still readable. */
export interface SetAsideView {
  readonly id: string;
  readonly at: number;
  readonly owner?: RecordOwner;
}

/** What is kept on disk beside the sessions in use. */
export interface KeptRecords {
  readonly setAside: readonly SetAsideView[];
  /** Sessions whose registry is not configured any more; each is deleted 30 days after `since`. */
  readonly unused: readonly { readonly owner: RecordOwner; readonly since: number }[];
}
