import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { isAllowed, isLocalhostName, literalAddress } from './addresses';
import type { AddressRule } from './addresses';
import { ConnectRefusal } from './classify';
import type { TlsSessions } from './tls-sessions';

/** Resolves a name to all its addresses, in the order in which they should be tried. */
export type ResolveName = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export const resolveBySystem: ResolveName = (hostname, done) => {
  systemLookup(hostname, { all: true }, done);
};

export interface ConnectorOptions {
  readonly rule: AddressRule;
  readonly resolve: ResolveName;
  /** What certificates are checked against; absent: the authorities built into the runtime. */
  readonly trust?: SecureContext | undefined;
  /** Of connections under the same trust. */
  readonly sessions: TlsSessions;
  readonly onConnected?: (address: string) => void;
}

/**
 * Opens connections, but only to addresses the rule allows. A name is judged by what it resolves to in the very
 * lookup whose result is connected to, so a name server that changes its answer gains nothing.
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const { sessions } = options;
  const usual = {
    ...tlsTrust(options.trust),
    lookup: guardedLookup(options.rule, options.resolve),
    timeout: 0,
    // undici's own know no end and no change of trust.
    maxCachedSessions: 0,
  };
  return (target, callback) => {
    const literal = literalAddress(target.hostname);
    if (literal !== undefined && !isAllowed(literal, options.rule)) {
      callback(new ConnectRefusal('forbidden-address'), null);
      return;
    }
    const place = `${target.hostname}:${target.port}`;
    const known = target.protocol === 'https:' ? sessions.of(place) : undefined;
    const connect = buildConnector({ ...usual, ...(known !== undefined && { session: known.session }) });
    connect({ ...target, hostname: literal ?? target.hostname }, (...result) => {
      const [, socket] = result;
      if (socket instanceof TLSSocket) sessions.follow(place, socket, known);
      else if (known !== undefined) sessions.forget(place);
      if (socket?.remoteAddress !== undefined) options.onConnected?.(socket.remoteAddress);
      callback(...result);
    });
  };
}

/** Before a request goes to a proxy, which resolves names itself: only what the URL says can be checked. */
export function isAllowedThroughProxy(url: URL, rule: AddressRule): boolean {
  const literal = literalAddress(url.hostname);
  if (literal !== undefined) return isAllowed(literal, rule);
  return rule === 'any' || !isLocalhostName(url.hostname);
}

export const tlsTrust = (trust: SecureContext | undefined): { secureContext?: SecureContext } =>
  trust === undefined ? {} : { secureContext: trust };

function guardedLookup(rule: AddressRule, resolve: ResolveName): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, (error, addresses) => {
      const allowed = addressesOf(error, addresses).filter(({ address }) => isAllowed(address, rule));
      const [first] = allowed;
      if (error !== null) done(error, []);
      else if (first === undefined) done(new ConnectRefusal('forbidden-address'), []);
      else if (options.all === true) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}

const addressesOf = (error: Error | null, addresses: LookupAddress[]): LookupAddress[] =>
  error === null ? addresses : [];
