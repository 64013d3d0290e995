import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { trustedAuthorities } from './trust';

const withSystem = { getCACertificates: (type: string) => [`${type}-ca`] };
const broken = {
  getCACertificates: () => {
    throw new Error('no store');
  },
};

test('without anything to add the runtime decides', () => {
  expect(trustedAuthorities([], {})).toBeUndefined();
});

test('an added authority joins the default ones', () => {
  expect(trustedAuthorities(['pem'], {})).toEqual([...new Set(rootCertificates), 'pem']);
});

test('the system store is read where the runtime has it', () => {
  expect(trustedAuthorities(['pem'], withSystem)).toEqual(['default-ca', 'system-ca', 'pem']);
});

test('a system store that cannot be read does not matter', () => {
  expect(trustedAuthorities([], broken)).toBeUndefined();
});
