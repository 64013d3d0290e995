import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { CheckFact, CheckOutcome } from '../../../contract/self-test';
import { failure, plainText } from '../../base/failure';
import { literalAddress } from '../../base/net';
import { fact, notNeeded, passed, refused } from './check';
import { connectFailure, type HostOnTheWay, portOf, routeFact } from './host-checks';
import type { SeenServer, TlsTarget } from './tls-connection';

/** Products that open encrypted connections on their way, by what they write into the certificates they make. */
const inspectors =
  /zscaler|netskope|palo alto|forti(net|gate)|blue ?coat|symantec web|forcepoint|websense|umbrella|mcafee web|skyhigh|sophos|check ?point|sonicwall|watchguard|barracuda|cato networks|iboss|kaspersky|\beset\b|avast|bitdefender|mitmproxy|charles proxy|fiddler|burp|portswigger/i;

/** OpenSSL's words for a chain that ends at somebody unknown; other faults, such as an old date, say nothing of that. */
const unknownAuthority = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

type Look = (target: TlsTarget, signal: AbortSignal) => Promise<SeenServer>;

/**
 * Whether the server's certificate is believed, and who vouches for it. A chain that ends at an unknown authority is
 * called an inspection when a known product made it, or when a company proxy is on the way.
 */
export async function checkTls(
  { url, route }: HostOnTheWay,
  { look, ca, signal }: { look: Look; ca: readonly string[] | undefined; signal: AbortSignal },
): Promise<CheckOutcome> {
  const { hostname, host } = url;
  if (url.protocol !== 'https:') return notNeeded({ tried: host });
  const target = { host: literalAddress(hostname) ?? hostname, port: portOf(url), route };
  const tried = `${target.host}:${target.port}`;
  if (route.kind === 'proxy' && !route.uri.startsWith('http:'))
    return notNeeded({ tried, facts: [routeFact(route)] });
  try {
    const seen = await look({ ...target, ...(ca !== undefined && { ca }) }, signal);
    const inspector = seen.chain.map(({ issuer }) => issuer).find((issuer) => inspectors.test(issuer));
    const facts = [
      ...factsOf(seen),
      ...(inspector === undefined ? [] : [fact('inspected-by', clean(inspector))]),
    ];
    if (seen.error === undefined)
      return passed({ tried, facts: [...facts, fact('trusted-by', vouchedBy(seen))] });
    const status = fact('status', seen.error);
    const isInspected =
      unknownAuthority.has(seen.error) && (inspector !== undefined || route.kind === 'proxy');
    const actual = clean(inspector ?? seen.chain.at(-1)?.issuer ?? '');
    return refused(
      isInspected ? failure('CHECK_TLS_INSPECTED', { host, actual }) : failure('NET_TLS', { host }),
      {
        tried,
        facts: [...facts, status],
      },
    );
  } catch (error) {
    const isProxySignIn = error instanceof Error && 'code' in error && error.code === 'PROXY_AUTH';
    const problem = isProxySignIn ? failure('NET_PROXY_AUTH', { host }) : connectFailure(error, host);
    return refused(problem, { tried, facts: [routeFact(route)] });
  }
}

const clean = (name: string): string => plainText(name);

function factsOf({ chain }: SeenServer): CheckFact[] {
  const [leaf] = chain;
  const until =
    leaf === undefined || Number.isNaN(leaf.validUntil)
      ? []
      : [fact('certificate-until', new Date(leaf.validUntil).toISOString())];
  return [
    ...chain
      .slice(0, 5)
      .flatMap(({ subject, issuer }) => [
        fact('certificate', clean(subject)),
        fact('certificate-issuer', clean(issuer)),
      ]),
    ...until,
  ];
}

let builtIn: ReadonlySet<string> | undefined;

/** `public`: the chain ends at an authority that browsers know; else this computer or an administrator added it. */
function vouchedBy({ chain }: SeenServer): 'public' | 'added' {
  builtIn ??= new Set(rootCertificates.map((pem) => new X509Certificate(pem).fingerprint256));
  const known = builtIn;
  return chain.some(({ fingerprint }) => known.has(fingerprint)) ? 'public' : 'added';
}
