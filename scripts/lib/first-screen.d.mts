/** What the first screen may weigh; see first-screen.mjs. */
export interface Budget {
  readonly gzipBytes: number;
  readonly alsoAtStart: readonly string[];
  readonly apart: readonly string[];
}

/** What the page loads before it draws for the first time, in bytes of gzip, and what is wrong with that. */
export declare function measureFirstScreen(
  folder: string,
  budget: Budget,
): {
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly total: number;
  readonly faults: readonly string[];
};
