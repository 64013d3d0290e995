/** What the product (or the given files) uses of Electron: `Shell.openExternal`, `App#ready`, `new Tray`; sorted. */
export declare function collectUsage(files?: readonly string[]): string[];
/** What the stand-in implements, as its own types say. */
export declare function collectImplemented(): Set<string>;
/** The names in backquotes of the release checklist. */
export declare function checklistNames(text: string): Set<string>;
/** Entries that are neither implemented nor on the checklist. */
export declare function unaccounted(
  usage: readonly string[],
  implemented: ReadonlySet<string>,
  listed: ReadonlySet<string>,
): string[];
