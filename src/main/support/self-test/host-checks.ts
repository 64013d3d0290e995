import type { LookupAddress } from 'node:dns';
import { failure } from '../../base/failure';
import {
  type AddressRule,
  isAllowed,
  kindOfAddress,
  literalAddress,
  NetworkError,
  networkFailure,
  reasonOf,
  type Route,
} from '../../base/net';
import type { Code } from '../../../contract/codes';
import type { CheckFact, CheckOutcome } from '../../../contract/self-test';
import { fact, notNeeded, passed, refused } from './check';

/** A host that is talked to, and the way to it. */
export interface HostOnTheWay {
  readonly url: URL;
  readonly route: Route;
  readonly rule: AddressRule;
  /** What an address that the rule forbids is called. */
  readonly forbiddenAddress: Code;
}

export const portOf = ({ port, protocol }: URL): number =>
  port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);

export const routeFact = (route: Route): CheckFact =>
  fact('route', route.kind === 'direct' ? 'DIRECT' : route.uri);

/** Whether the host's name is known, and its address one that may be used; a proxy finds names itself. */
export async function checkName(
  { url, route, rule, forbiddenAddress }: HostOnTheWay,
  lookup: (host: string) => Promise<readonly LookupAddress[]>,
): Promise<CheckOutcome> {
  const { hostname, host } = url;
  const tried = hostname;
  if (route.kind === 'proxy') return notNeeded({ tried, facts: [routeFact(route)] });
  try {
    const literal = literalAddress(hostname);
    const addresses =
      literal === undefined ? (await lookup(hostname)).map(({ address }) => address) : [literal];
    const facts = addresses.map((address) => fact('address', `${address} (${kindOfAddress(address)})`));
    return addresses.some((address) => isAllowed(address, rule))
      ? passed({ tried, facts })
      : refused(failure(forbiddenAddress, { host }), { tried, facts });
  } catch (error) {
    return refused(connectFailure(error, host), { tried });
  }
}

/** What an error of connecting means, in the app's own words. */
export function connectFailure(error: unknown, host: string) {
  return networkFailure(new NetworkError(reasonOf(error), host, false), {
    tooLarge: 'NET_INTERRUPTED',
    forbiddenAddress: 'REGISTRY_PRIVATE_ADDRESS',
  });
}
