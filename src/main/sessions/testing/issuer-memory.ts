import type { IssuerMemory, KnownIssuer } from '../callback-paths';

/** What preferences keep, without a file. */
export function issuerMemory(): IssuerMemory {
  const known = new Map<string, KnownIssuer>();
  return {
    of: (issuer) => known.get(issuer),
    remember: (issuer, news) => void known.set(issuer, news),
  };
}
