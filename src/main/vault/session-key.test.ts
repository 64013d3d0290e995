import { expect, test } from 'vitest';
import { isSameGrant, recordNameOf } from './session-key';
import { engineering, finance } from './testing/test-vault';

test('a record is named by the whole hash of registry, issuer and client id, whichever way the addresses are written', () => {
  const name = recordNameOf(engineering);
  expect(name).toMatch(/^[0-9a-f]{64}$/);
  expect(recordNameOf({ ...engineering, registry: 'HTTPS://Registry.corp.example/engineering/' })).toBe(name);
  const others = [
    finance,
    { ...engineering, issuer: 'https://other.example' },
    { ...engineering, clientId: 'x' },
  ];
  expect(new Set([engineering, ...others].map(recordNameOf)).size).toBe(4);
});

test('parts cannot be moved from one to the next', () => {
  const key = { registry: 'https://a.example/b', issuer: 'https://c.example', clientId: 'd' };
  expect(recordNameOf({ ...key, issuer: 'https://c.example/d', clientId: '' })).not.toBe(recordNameOf(key));
});

test('sessions of one issuer and client are of one grant, whatever their registries', () => {
  expect(isSameGrant(engineering, finance)).toBe(true);
  expect(isSameGrant(engineering, { ...finance, issuer: `${finance.issuer}/` })).toBe(true);
  expect(isSameGrant(engineering, { ...engineering, clientId: 'other' })).toBe(false);
  expect(isSameGrant(engineering, { ...engineering, issuer: 'https://other.example' })).toBe(false);
});
