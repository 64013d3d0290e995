import { expect, test } from 'vitest';
import { withoutSecrets } from './redact';

const redact = (text: string, clientIds: readonly string[] = []) => withoutSecrets(text, { clientIds });

test.each([
  ['a JWT', 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N'],
  ['an opaque token', 'Y3Tq8vX0bN5kL2mR7sW4'],
  ['hexadecimal', '9f86d081884c7d659a2feaa0c55ad015'],
])('%s is taken out, wherever it stands', (_what, secret) => {
  for (const text of [secret, `name ${secret}, and more`, `https://a.example/${secret}/x`, `"${secret}"`])
    for (const piece of secret.split('.')) expect(redact(text)).not.toContain(piece);
});

test('what is named as a secret is taken out, however short', () => {
  expect(redact('token=abc&state="x y" password=hunter2')).toBe(
    'token=[redacted]&state=[redacted] password=[redacted]',
  );
  expect(redact('Authorization: Bearer abcdefgh')).toBe('Authorization: Bearer [redacted]');
});

test('of an address only what leads there is left', () => {
  expect(redact('see https://alice:pw@a.example:8443/reg?x=1#y now')).toBe(
    'see https://a.example:8443/reg?[redacted] now',
  );
  expect(redact('http://127.0.0.1:8666/callback')).toBe('http://127.0.0.1:8666/callback');
});

test('what people need is left: words, paths, public ids, times and labels', () => {
  for (const text of [
    'REGISTRY_OAUTH_1a2b3c4d',
    'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0',
    '2026-01-05T09:00:00.000Z',
    '/home/alice/.config/Gatepass/config.yaml:12',
    'authorization_endpoint_of_the_company',
    'NET_TLS UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])
    expect(redact(text)).toBe(text);
  const clientId = 'iX9k2Lq8Zt4Wv6Bn1Mc3Yp5R';
  expect(redact(clientId)).toBe('[redacted]');
  expect(redact(clientId, [clientId])).toBe(clientId);
});
