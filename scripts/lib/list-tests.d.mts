export function listTests(
  root: string,
  files: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>>;
