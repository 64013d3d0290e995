/** Whose a record was, as its clear header says; times are milliseconds since the epoch. */
interface RecordOwner {
  readonly registry: string;
  readonly issuer: string;
  readonly account?: string;
}

/**
 * A file that could not be used and was kept: a session's record, with its owner where that is still readable, or the data
 * key's, without which no record that it sealed can be read.
 */
export interface SetAsideView {
  readonly id: string;
  readonly at: number;
  readonly kind: 'sign-in' | 'data-key';
  readonly owner?: RecordOwner;
}

/** What is kept on disk beside the sessions in use. */
export interface KeptRecords {
  /** `unreadable`: there may be some, and their folder cannot be listed now. */
  readonly setAside: readonly SetAsideView[] | 'unreadable';
  /** Sessions whose registry is not configured any more; each is deleted 30 days after `since`. */
  readonly unused: readonly { readonly owner: RecordOwner; readonly since: number }[];
}
