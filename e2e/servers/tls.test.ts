import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { rawClient } from './code-flow';
import { send } from './http-client';
import { listen } from './http-server';
import type { RunningServer } from './http-server';
import { startIdentityProvider } from './identity-provider';
import { startRegistry } from './registry';
import { makeTlsFixtures } from './tls';
import type { TlsFixtures } from './tls';

let fixtures: TlsFixtures;
let server: RunningServer | undefined;
beforeAll(async () => {
  fixtures = await makeTlsFixtures();
});
afterEach(() => server?.close());

const start = async (kind: Exclude<keyof TlsFixtures, 'ca'>) =>
  (server = await listen({ tls: fixtures[kind] }, () => (_request, response) => {
    response.end('hello');
  }));

test('who trusts the authority can talk to the server with the valid certificate, by name and by address', async () => {
  const { port } = await start('valid');
  for (const host of ['127.0.0.1', 'localhost']) {
    expect((await send({ url: `https://${host}:${port}`, ca: fixtures.ca })).body).toBe('hello');
  }
  await expect(send({ url: `https://127.0.0.1:${port}` })).rejects.toThrow();
});

test.each([
  ['expired', 'CERT_HAS_EXPIRED'],
  ['wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['unknownAuthority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
] as const)('the certificate that is %s is refused for just that', async (kind, code) => {
  const { origin } = await start(kind);
  await expect(send({ url: origin, ca: fixtures.ca })).rejects.toMatchObject({ code });
});

test('the identity provider and the registry speak HTTPS', async () => {
  const provider = await startIdentityProvider({ name: 'Acme', tls: fixtures.valid, hostName: 'localhost' });
  const registry = await startRegistry({
    name: 'Acme',
    issuer: provider.issuer,
    issuerCa: fixtures.ca,
    tls: fixtures.valid,
  });
  const { body } = await rawClient(provider.issuer, { ca: fixtures.ca }).signIn();
  const answer = await send({
    url: `${registry.url}/v0.1/servers`,
    headers: { authorization: `Bearer ${String(body['access_token'])}` },
    ca: fixtures.ca,
  });
  expect(answer.status).toBe(200);
  await Promise.all([provider.close(), registry.close()]);
});

test('a server closes although a client still holds a connection', async () => {
  const { port } = await start('valid');
  const socket = await new Promise<TLSSocket>((resolve) => {
    const opened = connect({ port, host: '127.0.0.1', ca: fixtures.ca }, () => {
      resolve(opened);
    });
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.resume();
  await server?.close();
  await closed;
});
