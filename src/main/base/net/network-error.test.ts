import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { NetworkError, networkFailure, type NetworkReason } from './network-error';

const own = { tooLarge: 'DISC_TOO_LARGE', forbiddenAddress: 'DISC_PRIVATE_ENDPOINT' } as const;

test.each<[NetworkReason, string]>([
  ['dns', 'NET_DNS'],
  ['offline', 'NET_OFFLINE'],
  ['refused', 'NET_REFUSED'],
  ['tls', 'NET_TLS'],
  ['proxy-auth', 'NET_PROXY_AUTH'],
  ['timeout', 'NET_TIMEOUT'],
  ['interrupted', 'NET_INTERRUPTED'],
  ['aborted', 'NET_INTERRUPTED'],
  ['too-large', 'DISC_TOO_LARGE'],
  ['forbidden-address', 'DISC_PRIVATE_ENDPOINT'],
])('%s is %s, and names the host', (reason, code) => {
  const error = new NetworkError(reason, 'login.acme.example:8443', false);
  expect(networkFailure(error, own)).toEqual({ code, params: { host: 'login.acme.example:8443' } });
});

test('an error says why, where, and whether anything was sent, and nothing else', () => {
  const error = new NetworkError('tls', 'login.acme.example', true);
  expect(Object.entries(error)).toEqual([
    ['name', 'NetworkError'],
    ['reason', 'tls'],
    ['host', 'login.acme.example'],
    ['sent', true],
  ]);
  expect([error.message, error.cause]).toEqual(['tls: login.acme.example', undefined]);
  expect(inspect(error)).toContain('NetworkError: tls: login.acme.example');
});
