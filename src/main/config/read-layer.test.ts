import { expect, test } from 'vitest';
import { readText } from './testing/read-text';

const complete = `version: 1
registries:
  - id: acme
    name: Acme MCP Registry
    url: https://mcp.acme.example/registry/engineering
    allow_private_ip: false
    auth:
      type: oauth
      oauth:
        issuer: https://login.acme.example/realms/main
        client_id: gatepass
        scopes: [openid, offline_access]
        audience: api://mcp
        audience_parameter: audience
        callback_port: 8666
        callback_host: 127.0.0.1
        callback_path: /callback
        pkce: required
        extra_authorize_parameters: { access_type: offline, max_age: 3600 }
  - id: ci
    url: https://mcp.ci.example
    auth:
      type: bearer
      bearer: { token_file: /run/secrets/mcp-token }
settings:
  allow_user_registries: true
  sign_in_timeout_seconds: 180
  gateway: { enabled: true, port: 4000, allow_session_control: false }
  hidden_registries: [old]
`;

test('the example of the specification is read whole, without a problem', async () => {
  const { registries, settings, problems } = await readText(complete);
  expect(problems).toEqual([]);
  expect(registries).toEqual([
    {
      id: 'acme',
      name: 'Acme MCP Registry',
      url: 'https://mcp.acme.example/registry/engineering',
      allowPrivateIp: false,
      auth: {
        type: 'oauth',
        oauth: {
          issuer: 'https://login.acme.example/realms/main',
          clientId: 'gatepass',
          scopes: ['openid', 'offline_access'],
          audience: 'api://mcp',
          audienceParameter: 'audience',
          callbackHost: '127.0.0.1',
          callbackPort: 8666,
          callbackPath: '/callback',
          pkce: 'required',
          extraAuthorizeParameters: { access_type: 'offline', max_age: '3600' },
        },
        isCallbackPathWritten: true,
      },
      source: 'user',
      location: '/profile/config.yaml',
      line: 3,
      locked: false,
      warnings: [],
    },
    {
      id: 'ci',
      name: 'mcp.ci.example',
      url: 'https://mcp.ci.example',
      allowPrivateIp: false,
      auth: { type: 'bearer', tokenFile: '/run/secrets/mcp-token' },
      source: 'user',
      location: '/profile/config.yaml',
      line: 20,
      locked: false,
      warnings: [],
    },
  ]);
  expect(settings).toEqual({
    allow_user_registries: { kind: 'value', value: true, line: 26 },
    sign_in_timeout_seconds: { kind: 'value', value: 180, line: 27 },
    'gateway.enabled': { kind: 'value', value: true, line: 28 },
    'gateway.port': { kind: 'value', value: 4000, line: 28 },
    'gateway.allow_session_control': { kind: 'value', value: false, line: 28 },
    hidden_registries: { kind: 'value', value: ['old'], line: 29 },
  });
});

const good = '- {id: good, url: "https://good.example"}';

test.each([
  ['a key that is not known at the top', 'regstries: []', 'regstries', 'registries', 1],
  [
    'a key that is not known in a registry',
    'registries:\n- {url: "https://a.example",\n   ulr: x}',
    'registries[0].ulr',
    'url',
    3,
  ],
  [
    'a key that is not known in settings',
    'settings:\n  sign_in_timeout: 60',
    'settings.sign_in_timeout',
    'sign_in_timeout_seconds',
    2,
  ],
  [
    'a key that is not known in a group',
    'settings:\n  gateway:\n    enable: true',
    'settings.gateway.enable',
    'enabled',
    3,
  ],
])(
  '%s is listed with its line and the nearest known name, and has no effect',
  async (_what, text, field, nearest, line) => {
    const { problems } = await readText(text);
    expect(problems).toEqual([
      { code: 'CFG_UNKNOWN_KEY', params: { field, nearest }, location: '/profile/config.yaml', line },
    ]);
  },
);

test('an unknown key that is no name is not repeated', async () => {
  const { problems } = await readText('"https://alice:hunter2@a.example": 1');
  expect(problems).toMatchObject([{ code: 'CFG_UNKNOWN_KEY', params: { field: '…' } }]);
});

test('a client secret is refused by name, and the rest is used', async () => {
  const { registries, problems } = await readText(
    'registries: [{url: "https://a.example", auth: {type: oauth, oauth: {issuer: "https://i.example", client_id: x, client_secret: hunter2}}}]',
  );
  expect(problems).toMatchObject([
    { code: 'CFG_INVALID', params: { field: 'registries[0].auth.oauth.client_secret', reason: 'secret' } },
  ]);
  expect(registries).toMatchObject([{ auth: { type: 'oauth' } }]);
  expect(JSON.stringify([registries, problems])).not.toContain('hunter2');
});

test.each([
  ['name', 12],
  ['name', 'x\u202ey'],
  ['name', ' '],
  ['id', 'a b'],
  ['id', '../../etc'],
  ['kind', 'API'],
  ['allow_private_ip', 'yes'],
])('a bad %s (%j) is dropped and listed, and the registry is used', async (key, value) => {
  const { registries, problems } = await readText(
    JSON.stringify({ registries: [{ url: 'https://mcp.acme.example/r', [key]: value }] }),
  );
  expect(problems).toMatchObject([
    { code: 'CFG_INVALID', params: { field: `registries[0].${key}` }, line: 1 },
  ]);
  expect(registries).toMatchObject([
    { id: 'mcp-acme-example-r', name: 'mcp.acme.example', allowPrivateIp: false, auth: { type: 'none' } },
  ]);
  expect(registries[0]?.blocked).toBeUndefined();
});

test.each([
  ['no type', '{oauth: {issuer: "https://i.example", client_id: x}}'],
  ['an unknown type', '{type: oauht}'],
  ['nothing', '~'],
  ['no mapping', 'oauth'],
  ['no client', '{type: oauth}'],
  ['no issuer', '{type: oauth, oauth: {client_id: x}}'],
  ['a token file that is not absolute', '{type: bearer, bearer: {token_file: token.txt}}'],
  ['a token name that is a path', '{type: bearer, bearer: {token_ref: ../x}}'],
  ['two tokens', '{type: bearer, bearer: {token_file: /a, token_ref: b}}'],
  ['a token that is no mapping', '{type: bearer, bearer: x}'],
])('auth with %s blocks its registry and no other', async (_what, auth) => {
  const { registries, problems } = await readText(
    `registries:\n- {id: bad, url: "https://a.example", auth: ${auth}}\n${good}\n`,
  );
  expect(registries).toMatchObject([
    { id: 'bad', blocked: { code: 'CFG_INVALID' }, auth: { type: 'unusable' } },
    { id: 'good', auth: { type: 'none' } },
  ]);
  expect(problems).toMatchObject([{ code: 'CFG_INVALID', line: 2 }]);
});

test.each([
  ['{type: bearer}', { type: 'bearer' }],
  ['{type: bearer, bearer: {token_ref: ci}}', { type: 'bearer', tokenRef: 'ci' }],
  ['{type: none}', { type: 'none' }],
])('auth: %s', async (auth, expected) => {
  const { registries } = await readText(`registries: [{url: "https://a.example", auth: ${auth}}]`);
  expect(registries[0]?.auth).toEqual(expected);
});

test.each([
  ['Acme MCP Registry', 'acme-mcp-registry'],
  ['Über Café №1', 'uber-cafe-no1'],
  ['--- Acme ---', 'acme'],
  ['社内', 'a-example-8443-r'],
])('the id of a registry named %s is %s', async (name, id) => {
  const { registries } = await readText(
    JSON.stringify({ registries: [{ name, url: 'https://a.example:8443/r/' }] }),
  );
  expect(registries).toMatchObject([{ id, name }]);
});

test.each(['text', '12', '[]', 'true'])('a file that says only %s is refused', async (text) => {
  await expect(readText(text)).rejects.toMatchObject({
    failure: { code: 'CFG_INVALID', params: { line: 1 } },
  });
});

test('registries that are no list are listed, and settings are used', async () => {
  const { settings, problems } = await readText('registries: {id: acme}\nsettings: {theme: dark}');
  expect(problems).toMatchObject([
    { code: 'CFG_INVALID', params: { field: 'registries', expected: 'list' } },
  ]);
  expect(settings.theme).toMatchObject({ value: 'dark' });
});

test('an item that is no registry is listed, and the others are used', async () => {
  const { registries, problems } = await readText(`registries:\n- text\n${good}\n-\n`);
  expect(registries).toMatchObject([{ id: 'good' }]);
  expect(problems.map(({ line }) => line)).toEqual([2, 4]);
});

test('a file of a newer version is refused as a whole, since its keys may mean something else', async () => {
  await expect(readText(`registries:\n${good}\nversion: 2\n`)).rejects.toMatchObject({
    failure: { code: 'CFG_INVALID', params: { field: 'version', reason: 'newer', line: 3 } },
  });
});

test('a version that is no version is listed, and the file is used', async () => {
  const { registries, problems } = await readText(`version: latest\nregistries:\n${good}\n`);
  expect(registries).toHaveLength(1);
  expect(problems).toMatchObject([{ code: 'CFG_INVALID', params: { field: 'version' }, line: 1 }]);
});
