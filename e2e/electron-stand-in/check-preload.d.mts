/** What is wrong with a preload's source, as sentences with line numbers; empty when nothing is. */
export declare function preloadProblems(source: string, fileName?: string): string[];
/** The same for a built file, which must also be the only script of its folder. */
export declare function preloadFileProblems(file: string): string[];
