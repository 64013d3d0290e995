/** Equal for ids that differ only in case or Unicode form. */
export const idKey = (id: string): string => id.normalize('NFKC').toLowerCase();
