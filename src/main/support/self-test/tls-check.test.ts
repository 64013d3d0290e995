import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { type Proxy, startProxy } from '../../../../e2e/servers/proxy';
import { makeTlsFixtures, type TlsFixtures } from '../../../../e2e/servers/tls';
import type { Route } from '../../base/net';
import { trustedAuthorities } from '../../base/net';
import type { HostOnTheWay } from './host-checks';
import { checkTls } from './tls-check';
import { lookAtServer, type SeenServer } from './tls-connection';

let fixtures: TlsFixtures;
beforeAll(async () => {
  fixtures = await makeTlsFixtures();
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(identity: TlsFixtures['valid']): Promise<URL> {
  const server: Server = createServer(identity, (_request, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return new URL(`https://localhost:${(server.address() as AddressInfo).port}/`);
}

async function through(does: 'forward' | 'demand sign-in'): Promise<Proxy> {
  const proxy = await startProxy({ does });
  closing.push(() => proxy.close());
  return proxy;
}

const check = (url: URL, route: Route = { kind: 'direct' }, ca?: readonly string[]) => {
  const host: HostOnTheWay = { url, route, rule: 'any', forbiddenAddress: 'REGISTRY_PRIVATE_ADDRESS' };
  return checkTls(host, { look: lookAtServer, ca, signal: new AbortController().signal });
};
const values = (outcome: Awaited<ReturnType<typeof check>>, name: string) =>
  outcome.facts?.filter((fact) => fact.name === name).map(({ value }) => value);

test('a certificate of an authority that was added passes, with the chain and who added it', async () => {
  const url = await serve(fixtures.valid);
  const outcome = await check(url, undefined, trustedAuthorities([fixtures.ca]));
  expect(outcome).toMatchObject({ verdict: 'pass', tried: url.host });
  expect(values(outcome, 'certificate')).toEqual(['Gatepass test server', 'Gatepass test authority']);
  expect(values(outcome, 'certificate-issuer')?.[0]).toBe('Gatepass test authority');
  expect(values(outcome, 'trusted-by')).toEqual(['added']);
});

test.each([
  ['expired', 'CERT_HAS_EXPIRED'],
  ['wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['unknownAuthority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
] as const)('one that is %s fails, and the reason is told', async (kind, reason) => {
  const outcome = await check(await serve(fixtures[kind]), undefined, trustedAuthorities([fixtures.ca]));
  expect(outcome).toMatchObject({ verdict: 'fail', problem: { code: 'NET_TLS' } });
  expect(values(outcome, 'status')).toEqual([reason]);
});

test('an unknown authority behind a company proxy is called an inspection', async () => {
  const url = await serve(fixtures.unknownAuthority);
  const proxy = await through('forward');
  const outcome = await check(url, { kind: 'proxy', uri: proxy.url });
  expect(outcome).toMatchObject({
    verdict: 'fail',
    problem: { code: 'CHECK_TLS_INSPECTED', params: { actual: 'Some other authority' } },
  });
  expect(proxy.requests).toEqual([`CONNECT ${url.host}`]);
});

test('a product that inspects is known by the certificates it makes, believed or not', async () => {
  const seen = (error?: string): SeenServer => ({
    protocol: 'TLSv1.3',
    chain: [
      { subject: 'acme.example', issuer: 'Zscaler Intermediate Root CA', fingerprint: 'A', validUntil: 0 },
    ],
    ...(error !== undefined && { error }),
  });
  const host: HostOnTheWay = {
    url: new URL('https://acme.example'),
    route: { kind: 'direct' },
    rule: 'any',
    forbiddenAddress: 'REGISTRY_PRIVATE_ADDRESS',
  };
  const looking = (error?: string) =>
    checkTls(host, { look: () => Promise.resolve(seen(error)), ca: undefined, signal: AbortSignal.abort() });
  expect(await looking('SELF_SIGNED_CERT_IN_CHAIN')).toMatchObject({
    verdict: 'fail',
    problem: { code: 'CHECK_TLS_INSPECTED', params: { actual: 'Zscaler Intermediate Root CA' } },
  });
  expect(await looking('CERT_HAS_EXPIRED')).toMatchObject({ problem: { code: 'NET_TLS' } });
  const trusted = await looking();
  expect(trusted.verdict).toBe('pass');
  expect(values(trusted, 'inspected-by')).toEqual(['Zscaler Intermediate Root CA']);
});

test('a proxy that wants a sign-in of its own is named', async () => {
  const proxy = await through('demand sign-in');
  expect(await check(new URL('https://acme.example'), { kind: 'proxy', uri: proxy.url })).toMatchObject({
    verdict: 'fail',
    problem: { code: 'NET_PROXY_AUTH' },
  });
});

test('nobody who listens is told as such, and plain http on this computer needs no certificate', async () => {
  const url = await serve(fixtures.valid);
  await closing.splice(0)[0]?.();
  expect(await check(url)).toMatchObject({ verdict: 'fail', problem: { code: 'NET_REFUSED' } });
  expect(await check(new URL('http://127.0.0.1:8080'))).toMatchObject({ verdict: 'not-needed' });
});

test('looking ends with the signal, whatever the server does', async () => {
  const controller = new AbortController();
  const url = await serve(fixtures.valid);
  controller.abort();
  const target = { host: 'localhost', port: Number(url.port), route: { kind: 'direct' } } as const;
  await expect(lookAtServer(target, controller.signal)).rejects.toThrow();
});
