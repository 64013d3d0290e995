import { expect, test } from 'vitest';
import { isMetadataAddress, issuerOfMetadataAddress, metadataAddresses } from './metadata-addresses';

test.each([
  [
    'https://login.acme.example',
    'https://login.acme.example/.well-known/openid-configuration',
    'https://login.acme.example/.well-known/oauth-authorization-server',
  ],
  [
    'https://login.acme.example/realms/a/',
    'https://login.acme.example/realms/a/.well-known/openid-configuration',
    'https://login.acme.example/.well-known/oauth-authorization-server/realms/a',
  ],
])('the metadata of %s is looked for in two places, in this order', (issuer, first, second) => {
  expect(metadataAddresses(issuer)).toEqual([first, second]);
  for (const address of [first, second]) {
    expect(isMetadataAddress(address)).toBe(true);
    expect(issuerOfMetadataAddress(address)).toBe(issuer.replace(/\/$/, ''));
  }
});

test('an issuer is no metadata address', () => {
  expect(isMetadataAddress('https://login.acme.example/well-known/openid')).toBe(false);
});
