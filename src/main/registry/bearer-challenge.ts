/** What a server says along with a 401; names are in lower case. */
export type ChallengeParameters = ReadonlyMap<string, string>;

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const scheme = new RegExp(`[\\s,]*(${token})(?:[ \\t]+|(?=,)|$)`, 'y');
const parameter = new RegExp(
  `[\\s,]*(${token})[ \\t]*=[ \\t]*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))[ \\t]*(?=,|$)`,
  'y',
);
/** What some schemes, such as Negotiate, have instead of parameters. */
const token68 = /[A-Za-z0-9._~+/-]+=*[ \t]*(?=,|$)/y;

/**
 * The parameters of the first Bearer challenge in a `WWW-Authenticate` header (RFC 9110 11.6.1, RFC 6750 3). Several
 * challenges may stand in one header, or several headers be joined by commas. Undefined for a header without one, and for
 * one that is malformed before or within it, or that says something twice: two readers might then see two addresses.
 */
export function bearerChallenge(header: string): ChallengeParameters | undefined {
  let at = 0;
  const next = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(header);
    if (match !== null) at = pattern.lastIndex;
    return match ?? undefined;
  };
  for (let challenge = next(scheme); challenge !== undefined; challenge = next(scheme)) {
    const parameters = new Map<string, string>();
    for (let pair = next(parameter); pair !== undefined; pair = next(parameter)) {
      const [, name = '', quoted, bare = ''] = pair;
      if (parameters.has(name.toLowerCase())) return undefined;
      parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare);
    }
    if (challenge[1]?.toLowerCase() === 'bearer') return endsCleanly(header, at) ? parameters : undefined;
    next(token68);
  }
  return undefined;
}

/** Behind the last parameter stands nothing, or another challenge: a scheme after a comma. */
const endsCleanly = (header: string, at: number): boolean =>
  new RegExp(`^[\\s,]*$|^[\\s]*,[\\s,]*${token}([ \\t]+[^=]|,|$)`).test(header.slice(at));
