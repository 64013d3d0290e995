import { expect, test } from 'vitest';
import { normaliseUrl, slotOf, thvSlotOf } from './slot';

const tenant = 'https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0';

/** The table of the ToolHive specification, row by row: registry, issuer, `thv`'s digits, ours. */
const table: [string, string, string, string][] = [
  ['https://registry.company.com/api', 'https://auth.company.com', '0478fe14', '0478fe14'],
  ['https://registry.company.com/api/', 'https://auth.company.com', '855ebbfb', '0478fe14'],
  ['HTTPS://Registry.Company.COM/api', 'https://auth.company.com/', '37f7bd29', '0478fe14'],
  [
    'https://registry.example.com/registry/default',
    'https://example.okta.com/oauth2/default',
    '51ef3bd7',
    '51ef3bd7',
  ],
  ['https://registry.corp.example/registry/engineering/', tenant, 'c38037ee', 'f4a49844'],
  ['http://localhost:5000', 'http://localhost:8080/realms/toolhive/', 'a983c69b', 'adfa3856'],
  ['https://registry.company.com:443/api#frag', 'https://tenant.eu.auth0.com/', '23c4a00d', 'e44fced5'],
  ['https://registry.example.com', 'https://auth.example.com', 'e037e405', 'e037e405'],
  ['https://registry.example.com/', 'https://auth.example.com/', 'de4f0ba1', 'e037e405'],
  ['http://localhost:5000', 'http://localhost:8080', 'cc98323b', 'cc98323b'],
];

test.each(table)('%s with %s has the slots of the table', (registry, issuer, thv, ours) => {
  expect(thvSlotOf(registry, issuer)).toBe(`REGISTRY_OAUTH_${thv}`);
  expect(slotOf(registry, issuer)).toBe(`REGISTRY_OAUTH_${ours}`);
});

test.each([
  ['HTTP://User:PassWord@Host:080/Path//?Q=A/#f', 'http://User:PassWord@host:080/Path?Q=A/'],
  ['https://host?query/', 'https://host?query/'],
  ['https://host/a//b///', 'https://host/a//b'],
  ['https://HOST#/x/', 'https://host'],
  ['https://host/a%2F/', 'https://host/a%2F'],
  ['not a url/', 'not a url/'],
  ['', ''],
])('%s is normalised to %s', (url, normalised) => {
  expect(normaliseUrl(url)).toBe(normalised);
});

test('a path of a million slashes is normalised without delay', () => {
  expect(normaliseUrl(`https://host/${'/'.repeat(1_000_000)}`)).toBe('https://host');
});
