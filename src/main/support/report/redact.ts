/** What a value may contain that looks like a secret and is none. */
export interface KnownText {
  /** Client ids, which may be long and random and are public (RFC 6749 2.2). */
  readonly clientIds: readonly string[];
}

const redacted = '[redacted]';

/** User name and password, query and fragment of an address; its path stays. */
const secretsOfUrls = /\b(https?:\/\/)(?:[^\s/@"]*@)?([^\s?#"]*)(\?[^\s#"]*)?(#[^\s"]*)?/gi;
/** `token=…` and its like, whatever stands behind it. */
const namedSecrets =
  /\b(access_token|refresh_token|id_token|token|client_secret|secret|password|passwd|pwd|code|code_verifier|code_challenge|state|nonce|assertion|api[_-]?key|authorization|cookie)=("[^"]*"|[^\s&"]+)/gi;
const authorization = /\b(bearer|basic|negotiate|digest)\s+[\w+/=.~-]{8,}/gi;
/** Runs of the letters that tokens are written in. */
const longRuns = /[\w+~=-]{20,}/g;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const slot = /^REGISTRY_OAUTH_[0-9A-F]{8}$/i;

/**
 * Takes out of a text whatever looks like a secret: the last of three nets. The first is that tokens are `Secret`s, the
 * second that no text of a provider or a registry is put into a report; this one is for what somebody wrote where it does
 * not belong, such as a token in a registry's name.
 */
export function withoutSecrets(text: string, { clientIds }: KnownText): string {
  return text
    .replace(secretsOfUrls, (_whole, scheme: string, rest: string, query?: string) =>
      query === undefined ? scheme + rest : `${scheme}${rest}?${redacted}`,
    )
    .replace(namedSecrets, `$1=${redacted}`)
    .replace(authorization, `$1 ${redacted}`)
    .replace(longRuns, (run) => (isHarmless(run, clientIds) ? run : redacted));
}

/** Words of people and of programs have no digits among their letters; ids that are public have a form of their own. */
function isHarmless(run: string, clientIds: readonly string[]): boolean {
  if (!/\d/.test(run) || !/[a-z]/i.test(run)) return true;
  return uuid.test(run) || slot.test(run) || clientIds.includes(run);
}
