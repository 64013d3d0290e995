import { expect, test } from 'vitest';
import { readText } from './testing/read-text';

const signedIn = `secrets:
    provider_type: encrypted
registry_api_url: https://registry.acme.example/api
registry_url: ""
allow_private_registry_ip: false
registry_auth:
    type: oauth
    oauth:
        issuer: https://login.acme.example
        client_id: toolhive
        scopes: []
        audience: api://mcp
        callback_port: 0
        cached_refresh_token_ref: REGISTRY_OAUTH_0478fe14
        cached_token_expiry: 2026-01-02T03:04:05.123456789+02:00
`;

test('ToolHive’s own file is read as it is, with what thv really sends', async () => {
  const { registries, problems } = await readText(signedIn, 'toolhive');
  expect(problems).toEqual([]);
  expect(registries).toEqual([
    {
      id: 'toolhive',
      name: 'registry.acme.example',
      kind: 'api',
      url: 'https://registry.acme.example/api',
      allowPrivateIp: false,
      auth: {
        type: 'oauth',
        oauth: {
          issuer: 'https://login.acme.example',
          clientId: 'toolhive',
          scopes: ['openid', 'offline_access'],
          audience: 'api://mcp',
          audienceParameter: 'resource',
          callbackHost: 'localhost',
          callbackPort: 8666,
          callbackPath: '/callback',
          pkce: 'required',
          extraAuthorizeParameters: {},
        },
        isCallbackPathWritten: false,
      },
      source: 'toolhive',
      location: '/profile/config.yaml',
      line: 3,
      locked: false,
      warnings: [],
      isToolhiveSignedIn: true,
    },
  ]);
});

test('the same shape is read from the user’s file, beside other registries', async () => {
  const { registries, problems } = await readText(`registry_api_url: https://registry.acme.example
registry_auth: { type: oauth, oauth: { issuer: "https://login.acme.example", client_id: x, audience_parameter: audience, callback_host: 127.0.0.1 } }
registries: [{ id: other, url: "https://other.example" }]
`);
  expect(problems).toEqual([]);
  expect(registries).toMatchObject([
    {
      id: 'toolhive',
      source: 'user',
      auth: { oauth: { audienceParameter: 'audience', callbackHost: '127.0.0.1' } },
      isToolhiveSignedIn: false,
    },
    { id: 'other' },
  ]);
});

test('a static registry needs no sign-in', async () => {
  const { registries } = await readText(
    'registry_url: https://acme.example/registry.json?ref=main\n',
    'toolhive',
  );
  expect(registries).toMatchObject([
    { kind: 'static', url: 'https://acme.example/registry.json?ref=main', auth: { type: 'none' } },
  ]);
});

test.each([
  [
    'api',
    'registry_api_url: https://api.example\nregistry_url: https://static.example\nlocal_registry_path: /r.json',
    'https://api.example',
  ],
  ['url', 'registry_url: https://static.example\nlocal_registry_path: /r.json', 'https://static.example'],
])('of several addresses the %s counts', async (_which, text, url) => {
  const { registries } = await readText(text, 'toolhive');
  expect(registries.map((registry) => registry.url)).toEqual([url]);
});

test('a registry that is a file on this computer is ToolHive’s own business', async () => {
  const { registries, problems } = await readText('local_registry_path: /r.json', 'toolhive');
  expect([registries, problems]).toEqual([[], []]);
});

test('a loopback registry needs permission', async () => {
  const url = 'registry_api_url: http://localhost:5000\n';
  expect((await readText(url)).registries).toMatchObject([{ blocked: { code: 'CFG_URL_SCHEME' } }]);
  const allowed = await readText(`${url}allow_private_registry_ip: true\n`);
  expect(allowed.registries).toMatchObject([{ url: 'http://localhost:5000', allowPrivateIp: true }]);
  expect(allowed.registries[0]?.blocked).toBeUndefined();
});

test.each([
  ['an unknown type', '{type: oauht}', 'CFG_INVALID'],
  ['no client', '{type: oauth}', 'CFG_INVALID'],
  ['no mapping', 'oauth', 'CFG_INVALID'],
  [
    'an http issuer',
    '{type: oauth, oauth: {issuer: "http://a.example", client_id: x}}',
    'CFG_ISSUER_NOT_HTTPS',
  ],
])('a sign-in with %s blocks the registry instead of leaving it open', async (_what, auth, code) => {
  const { registries, problems } = await readText(
    `registry_api_url: https://a.example\nregistry_auth: ${auth}\n`,
  );
  expect(registries).toMatchObject([{ id: 'toolhive', blocked: { code }, auth: { type: 'unusable' } }]);
  expect(problems).toMatchObject([{ code, line: 2 }]);
});

test('of ToolHive’s own file nothing else is taken, so that it can set nothing and add nothing beside its registry', async () => {
  const layer = await readText(
    'version: 9\nregistry_url: https://acme.example/registry.json\nregistries: [{id: x, url: "https://x.example"}]\nsettings: {gateway: {enabled: true}}\n',
    'toolhive',
  );
  expect(layer.registries.map(({ id }) => id)).toEqual(['toolhive']);
  expect(layer.settings).toEqual({});
  expect(layer.problems).toEqual([]);
});
