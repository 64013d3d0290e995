import { generate } from 'selfsigned';
import type { TlsIdentity } from './http-server';

/** A certificate authority made for one test run, and server certificates of every kind it could meet. */
export interface TlsFixtures {
  /** To be trusted by the client under test, PEM. */
  readonly ca: string;
  /** For `localhost`, 127.0.0.1 and ::1. */
  readonly valid: TlsIdentity;
  /** By the same authority, but its time is over. */
  readonly expired: TlsIdentity;
  /** By the same authority, for `other.example` only. */
  readonly wrongHost: TlsIdentity;
  /** For the right names, by itself. */
  readonly selfSigned: TlsIdentity;
  /** For the right names, by an authority nobody trusts. */
  readonly unknownAuthority: TlsIdentity;
}

/** Makes new keys and certificates; takes some 100 ms. */
export async function makeTlsFixtures(): Promise<TlsFixtures> {
  const [authority, stranger] = await Promise.all([
    makeAuthority('Gatepass test authority'),
    makeAuthority('Some other authority'),
  ]);
  const [valid, expired, wrongHost, selfSigned, unknownAuthority] = await Promise.all([
    makeLeaf(loopbackNames, authority),
    makeLeaf(loopbackNames, authority, { from: daysFromNow(-30), until: daysFromNow(-1) }),
    makeLeaf([{ type: 2, value: 'other.example' }], authority),
    makeLeaf(loopbackNames, undefined),
    makeLeaf(loopbackNames, stranger),
  ]);
  return { ca: authority.cert, valid, expired, wrongHost, selfSigned, unknownAuthority };
}

type Extension = NonNullable<NonNullable<Parameters<typeof generate>[1]>['extensions']>[number];
type AlternativeName = Extract<Extension, { name: 'subjectAltName' }>['altNames'][number];

const loopbackNames: AlternativeName[] = [
  { type: 2, value: 'localhost' },
  { type: 7, ip: '127.0.0.1' },
  { type: 7, ip: '::1' },
];

const daysFromNow = (days: number) => new Date(Date.now() + days * 24 * 3600 * 1000);

async function makeAuthority(commonName: string): Promise<TlsIdentity> {
  const made = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: daysFromNow(-60),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

async function makeLeaf(
  altNames: AlternativeName[],
  authority: TlsIdentity | undefined,
  valid: { readonly from: Date; readonly until: Date } = { from: daysFromNow(-1), until: daysFromNow(30) },
): Promise<TlsIdentity> {
  const made = await generate([{ name: 'commonName', value: 'Gatepass test server' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: valid.from,
    notAfterDate: valid.until,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
    ...(authority === undefined ? {} : { ca: { key: authority.key, cert: authority.cert } }),
  });
  return { key: made.private, cert: made.cert };
}
