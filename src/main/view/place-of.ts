/** Where to look: a file with its line, as editors take it, or a policy's place. */
export const placeOf = ({ location, line }: { readonly location: string; readonly line?: number }): string =>
  line === undefined ? location : `${location}:${line}`;
