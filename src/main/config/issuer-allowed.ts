import { hostOf } from './url';

/** @param patterns an exact host, or `*.suffix` for one or more labels below it, never the suffix itself */
export function isIssuerAllowed(issuer: string, patterns: readonly string[]): boolean {
  const host = hostOf(issuer)?.replace(/\.$/, '');
  if (host === undefined) return false;
  return patterns.some((pattern) => {
    const wanted = pattern.toLowerCase();
    return wanted.startsWith('*.')
      ? host.endsWith(wanted.slice(1)) && host !== wanted.slice(2)
      : host === wanted;
  });
}
