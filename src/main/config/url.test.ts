import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseUrl, slotOf } from '../base/slot';
import { assertHarmless } from '../base/testing/assert-harmless';
import { addressKey, registryUrlFault } from './url';

test.each([
  ['https://registry.company.com/api', 'https://auth.company.com', '0478fe14'],
  ['https://registry.company.com/api/', 'https://auth.company.com', '0478fe14'],
  ['HTTPS://Registry.Company.COM/api', 'https://auth.company.com/', '0478fe14'],
  ['https://registry.example.com/registry/default', 'https://example.okta.com/oauth2/default', '51ef3bd7'],
  [
    'https://registry.corp.example/registry/engineering/',
    'https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0',
    'f4a49844',
  ],
  ['http://localhost:5000', 'http://localhost:8080/realms/toolhive/', 'adfa3856'],
  ['https://registry.company.com:443/api#frag', 'https://tenant.eu.auth0.com/', 'e44fced5'],
  ['https://registry.example.com', 'https://auth.example.com', 'e037e405'],
  ['https://registry.example.com/', 'https://auth.example.com/', 'e037e405'],
  ['http://localhost:5000', 'http://localhost:8080', 'cc98323b'],
])('the slot of %s with %s is the one of the specification', (registry, issuer, digits) => {
  expect(slotOf(registry, issuer)).toBe(`REGISTRY_OAUTH_${digits}`);
});

test('normalising keeps port, query and userinfo as written', () => {
  expect(normaliseUrl('HTTPS://User:Pass@Host.Example:443/A/?Q=1#f')).toBe(
    'https://User:Pass@host.example:443/A?Q=1',
  );
});

test.each([
  ['a default port', 'https://mcp.acme.example:443/r'],
  ['capitals', 'HTTPS://MCP.ACME.EXAMPLE/r'],
  ['a trailing slash', 'https://mcp.acme.example/r//'],
  ['a trailing dot', 'https://mcp.acme.example./r'],
  ['needless encoding', 'https://mcp.acme.example/%72'],
  ['dot segments', 'https://mcp.acme.example/x/../r'],
  ['an encoded dot segment', 'https://mcp.acme.example/x/%2e%2E/r'],
  ['a fragment', 'https://mcp.acme.example/r#x'],
])('%s does not make another address of it', (_what, url) => {
  expect(addressKey(url)).toBe(addressKey('https://mcp.acme.example/r'));
});

test.each([
  ['another path', 'https://mcp.acme.example/R'],
  ['another port', 'https://mcp.acme.example:8443/r'],
  ['a query', 'https://mcp.acme.example/r?x'],
  ['an encoded slash', 'https://mcp.acme.example/r%2Fx'],
])('%s makes another address', (_what, url) => {
  expect(addressKey(url)).not.toBe(addressKey('https://mcp.acme.example/r'));
});

const remote = { allowPrivateIp: false };
const local = { allowPrivateIp: true };

test.each([
  ['https://mcp.acme.example/registry', remote],
  ['https://10.1.2.3/registry', remote],
  ['http://127.0.0.1:5000', local],
  ['http://localhost:5000/api', local],
  ['http://[::1]:5000', local],
  ['https://host.example/registry.json?ref=main', { ...remote, kind: 'static' as const }],
])('%s is a registry address', (url, rules) => {
  expect(registryUrlFault(url, rules)).toBeUndefined();
});

test.each([
  ['http://mcp.acme.example', local, 'CFG_URL_SCHEME'],
  ['http://10.1.2.3', local, 'CFG_URL_SCHEME'],
  ['http://localhost.acme.example', local, 'CFG_URL_SCHEME'],
  ['http://127.0.0.1:5000', remote, 'CFG_URL_SCHEME'],
  ['ftp://mcp.acme.example', remote, 'CFG_URL_SCHEME'],
  ['file:///etc/passwd', remote, 'CFG_URL_SCHEME'],
  ['javascript:alert(1)', remote, 'CFG_URL_INVALID'],
  ['mcp.acme.example', remote, 'CFG_URL_INVALID'],
  ['', remote, 'CFG_URL_INVALID'],
  ['https://user:hunter2@mcp.acme.example', remote, 'CFG_URL_INVALID'],
  ['https://user@mcp.acme.example', remote, 'CFG_URL_INVALID'],
  ['https://mcp.acme.example/#', remote, 'CFG_URL_INVALID'],
  ['https://mcp.acme.example/?token=hunter2', remote, 'CFG_URL_INVALID'],
  ['https://mcp.acme.example\\@evil.example', remote, 'CFG_URL_INVALID'],
  ['https://mcp.acme\n.example', remote, 'CFG_URL_INVALID'],
  ['https://mcp.acme.example:99999', remote, 'CFG_URL_INVALID'],
  ['https://a..b', remote, 'CFG_URL_INVALID'],
  ['https://169.254.169.254/latest', local, 'CFG_URL_INVALID'],
  ['https://0xa9fea9fe/latest', local, 'CFG_URL_INVALID'],
  ['https://[fe80::1]', local, 'CFG_URL_INVALID'],
  ['https://[::ffff:169.254.169.254]', local, 'CFG_URL_INVALID'],
] as const)('%s is refused', (url, rules, code) => {
  const fault = registryUrlFault(url, rules);
  expect(fault?.code).toBe(code);
  expect(JSON.stringify(fault)).not.toContain('hunter2');
});

test('whatever the text, an address is judged with a code, and normalising twice is normalising once', () => {
  const urlish = fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string({ unit: 'binary' }),
  );
  assertHarmless(urlish, (text) => {
    expect(normaliseUrl(normaliseUrl(text))).toBe(normaliseUrl(text));
    expect(addressKey(addressKey(text))).toBe(addressKey(text));
    return registryUrlFault(text, local)?.code;
  });
});
