import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/**
 * Where a request may go. `any` is for hosts that a person or an administrator configured: all but link-local ones,
 * where clouds keep their metadata services. `public` is for hosts we only learnt from somebody else.
 */
export type AddressRule = 'any' | 'public';

type AddressKind = 'public' | 'private' | 'link-local';

/** RFC 6890 and its registry: what is not reachable from the public Internet, loopback included. */
const privateIPv4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
];
/** Unspecified, loopback, NAT64 for local use, Teredo, 6to4, unique local, site-local and multicast. */
const privateIPv6: readonly [string, number][] = [
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fec0::', 10],
  ['ff00::', 8],
];

const privateAddresses = blockList(privateIPv4, privateIPv6);
const linkLocalAddresses = blockList([['169.254.0.0', 16]], [['fe80::', 10]]);

/** A BlockList knows IPv4-mapped addresses by itself; those that NAT64 translates (RFC 6052) are added to it. */
function blockList(ipv4: readonly [string, number][], ipv6: readonly [string, number][]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of ipv4) {
    list.addSubnet(address, prefix, 'ipv4');
    list.addSubnet(`64:ff9b::${address}`, 96 + prefix, 'ipv6');
  }
  for (const [address, prefix] of ipv6) list.addSubnet(address, prefix, 'ipv6');
  return list;
}

/** @param address a literal without brackets; a zone (`%eth0`) is ignored */
export function kindOfAddress(address: string): AddressKind {
  const bare = address.split('%', 1)[0] ?? '';
  const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4';
  if (linkLocalAddresses.check(bare, family)) return 'link-local';
  return privateAddresses.check(bare, family) ? 'private' : 'public';
}

export function isAllowed(address: string, rule: AddressRule): boolean {
  const kind = kindOfAddress(address);
  return kind === 'public' || (kind === 'private' && rule === 'any');
}

/** The literal address a URL names, if it names one: brackets removed, odd spellings already normalised by `URL`. */
export function literalAddress(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '');
  // Asked first for IPv6, Node compiles a pattern that takes it milliseconds; what has no colon is none.
  const isLiteral = bare.includes(':') ? isIPv6(bare) : isIPv4(bare);
  return isLiteral ? bare : undefined;
}

/** Names that always mean this computer (RFC 6761 6.3). */
export const isLocalhostName = (hostname: string): boolean => /^(.+\.)?localhost\.?$/i.test(hostname);
