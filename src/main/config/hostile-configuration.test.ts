import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { effectiveConfiguration } from './effective';
import { FileSource } from './file-source';
import type { Reading } from './layer';
import { hurriedClock } from './testing/hurried-clock';
import { readText, testLocation } from './testing/read-text';

/** The rows of the table "Configuration" in docs/hostile-inputs.md. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatepass-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function readFile(content: string | Buffer): Promise<Reading> {
  const path = join(folder, 'config.yaml');
  await writeFile(path, content);
  return new FileSource('user', path, hurriedClock()).read();
}

const oauthEntry = (fields: Record<string, unknown> = {}, entry: Record<string, unknown> = {}) =>
  JSON.stringify({
    registries: [
      {
        id: 'acme',
        url: 'https://mcp.acme.example',
        auth: {
          type: 'oauth',
          oauth: { issuer: 'https://login.acme.example', client_id: 'gatepass', ...fields },
        },
        ...entry,
      },
      { id: 'good', url: 'https://mcp.good.example' },
    ],
  });

describe('encoding and size', () => {
  const text = 'registries: [{id: acme, url: "https://mcp.acme.example"}]\n';

  test('a byte order mark is fine', async () => {
    const reading = await readFile(`\ufeff${text}`);
    expect(reading).toMatchObject({ kind: 'read', layers: [{ problems: [], registries: [{ id: 'acme' }] }] });
  });

  test.each([
    ['little-endian with its mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['little-endian without a mark', Buffer.from(text, 'utf16le')],
    ['big-endian with its mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('UTF-16, %s, is a clear error with the path', async (_which, bytes) => {
    expect(await readFile(bytes)).toEqual({
      kind: 'broken',
      problems: [
        { code: 'CFG_INVALID', params: { reason: 'utf-16' }, location: join(folder, 'config.yaml'), line: 1 },
      ],
    });
  });

  test('other bytes that are no text are an error', async () => {
    expect(await readFile(Buffer.from([0x61, 0x3a, 0x20, 0xff, 0xfe]))).toMatchObject({
      problems: [{ code: 'CFG_INVALID', params: { reason: 'not-utf-8' } }],
    });
  });

  test('over 5 MB is refused', async () => {
    const reading = await readFile(`${text}#${'x'.repeat(5 * 1024 * 1024)}`);
    expect(reading).toMatchObject({ kind: 'broken', problems: [{ code: 'CFG_TOO_LARGE' }] });
  });

  test('10,000 registries are fine', { timeout: 60_000 }, async () => {
    const entry = (n: number) => `  - id: r${n}
    name: Registry ${n}
    url: https://mcp${n}.acme.example/registry
    auth:
      type: oauth
      oauth: { issuer: https://login${n}.acme.example/realms/main, client_id: gatepass, audience: api://mcp }
`;
    const reading = await readFile(
      `registries:\n${Array.from({ length: 10_000 }, (_, n) => entry(n)).join('')}`,
    );
    if (reading.kind !== 'read') throw new Error(reading.kind);
    const { registries, problems } = effectiveConfiguration(reading.layers);
    expect(problems).toEqual([]);
    expect(registries).toHaveLength(10_000);
    expect(registries.at(-1)).toMatchObject({ id: 'r9999', line: 59_996 });
  });
});

describe('duplicates', () => {
  test.each([
    ['by case', 'acme', 'ACME'],
    ['by Unicode form', 'caf\u00e9', 'cafe\u0301'],
    ['by width', 'acme', '\uff41cme'],
    ['exactly', 'acme', 'acme'],
  ])(
    'ids that are equal %s are named with both lines, and the first is used',
    async (_how, first, second) => {
      const { registries, problems } = await readText(`registries:
  - id: ${first}
    url: https://a.example
  - id: ${second}
    url: https://b.example
  - id: good
    url: https://c.example
`);
      expect(registries.map(({ url }) => url)).toEqual(['https://a.example', 'https://c.example']);
      expect(problems).toMatchObject([
        { code: 'CFG_DUPLICATE_ID', location: testLocation, line: 4, params: { line: 4, otherLine: 2 } },
      ]);
    },
  );

  test('two entries with one address and issuer are named with both lines, however they are spelt', async () => {
    const oauth = 'type: oauth, oauth: {issuer: https://login.example, client_id';
    const { registries, problems } = await readText(`registries:
  - {id: one, url: "https://mcp.acme.example/r", auth: {${oauth}: a}}}
  - {id: two, url: "https://MCP.acme.example:443/r/", auth: {${oauth}: b}}}
  - {id: three, url: "https://mcp.acme.example/r", auth: {type: oauth, oauth: {issuer: https://other.example, client_id: a}}}
`);
    expect(registries.map(({ id }) => id)).toEqual(['one', 'three']);
    expect(problems).toMatchObject([
      { code: 'CFG_DUPLICATE_REGISTRY', location: testLocation, line: 3, params: { line: 3, otherLine: 2 } },
    ]);
  });

  test('an entry that cannot be used never hides a good one of the same id', async () => {
    const { registries, problems } = await readText(`registries:
  - {id: acme, url: "ftp://mcp.acme.example"}
  - {id: acme, url: "https://mcp.acme.example"}
`);
    expect(registries).toMatchObject([{ id: 'acme', url: 'https://mcp.acme.example', line: 3 }]);
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['CFG_URL_SCHEME', 2],
      ['CFG_DUPLICATE_ID', 2],
    ]);
  });
});

describe('an address of an enforced entry', () => {
  const shadow = 'https://MCP.acme.example:443/';
  const list = `registries: [{id: shadow, url: "${shadow}"}, {id: mine, url: "https://mine.example"}]`;

  test.each([
    ['user', list, ['mine']],
    ['policy-default', list, ['mine']],
    ['toolhive', `registry_api_url: ${shadow}`, []],
  ] as const)('is refused from %s', async (source, text, others) => {
    const enforced = await readText(oauthEntry(), 'policy-enforced', '/etc/gatepass/policy.yaml');
    const other = await readText(text, source);
    const { registries, problems } = effectiveConfiguration([enforced, other]);
    expect(registries.map(({ id }) => id)).toEqual(['acme', 'good', ...others]);
    expect(problems).toMatchObject([
      {
        code: 'CFG_MANAGED_URL',
        location: testLocation,
        line: 1,
        params: { otherLocation: '/etc/gatepass/policy.yaml' },
      },
    ]);
  });
});

describe('extra_authorize_parameters', () => {
  test.each([
    'state',
    'redirect_uri',
    'code_challenge',
    'scope',
    'resource',
    'request',
    'prompt',
    'STATE',
    'client_secret',
  ])('with the reserved name %s are refused, and so is the registry', async (name) => {
    const { registries, problems } = await readText(
      oauthEntry({ extra_authorize_parameters: { [name]: 'hunter2' } }),
    );
    expect(problems).toMatchObject([{ code: 'CFG_RESERVED_PARAM', params: { field: name }, line: 1 }]);
    expect(registries).toMatchObject([
      { id: 'acme', blocked: { code: 'CFG_RESERVED_PARAM' }, auth: { type: 'unusable', intended: 'oauth' } },
      { id: 'good' },
    ]);
    expect(JSON.stringify([registries, problems])).not.toContain('hunter2');
  });
});

describe('addresses', () => {
  test.each([
    ['an http issuer', 'http://login.acme.example', 'CFG_ISSUER_NOT_HTTPS'],
    ['a password', 'https://alice:hunter2@login.acme.example', 'CFG_ISSUER_USERINFO'],
    ['a query', 'https://login.acme.example?secret=hunter2', 'CFG_ISSUER_INVALID'],
    ['a fragment', 'https://login.acme.example#hunter2', 'CFG_ISSUER_INVALID'],
    ['another scheme', 'file:///hunter2', 'CFG_ISSUER_NOT_HTTPS'],
    ['no address', 'hunter2', 'CFG_ISSUER_INVALID'],
  ])('an issuer with %s blocks its registry and is never repeated', async (_what, issuer, code) => {
    const { registries, problems } = await readText(oauthEntry({ issuer }));
    expect(registries).toMatchObject([
      { id: 'acme', url: 'https://mcp.acme.example', blocked: { code }, auth: { type: 'unusable' } },
      { id: 'good' },
    ]);
    expect(problems).toMatchObject([{ code, line: 1, params: { field: 'registries[0].auth.oauth.issuer' } }]);
    expect(JSON.stringify([registries, problems])).not.toContain('hunter2');
  });

  test.each([
    ['http', 'http://mcp.acme.example', 'CFG_URL_SCHEME'],
    ['another scheme', 'ftp://mcp.acme.example', 'CFG_URL_SCHEME'],
    ['a password', 'https://alice:hunter2@mcp.acme.example', 'CFG_URL_INVALID'],
    ['a password with a slash', 'https://alice:hun/ter2@mcp.acme.example', 'CFG_URL_INVALID'],
    ['a query', 'https://mcp.acme.example/?sig=hunter2', 'CFG_URL_INVALID'],
    ['a fragment', 'https://mcp.acme.example/#hunter2', 'CFG_URL_INVALID'],
    ['a list', ['https://mcp.acme.example', 'hunter2'], 'CFG_INVALID'],
    ['nothing', null, 'CFG_INVALID'],
  ])('a registry address with %s blocks its registry and is never repeated', async (_what, url, code) => {
    const { registries, problems } = await readText(oauthEntry({}, { url }));
    expect(registries).toMatchObject([
      { id: 'acme', blocked: { code }, auth: { type: 'unusable' } },
      { id: 'good' },
    ]);
    expect(problems).toMatchObject([{ code, line: 1, params: { field: 'registries[0].url' } }]);
    expect(JSON.stringify([registries, problems])).not.toMatch(/hunter2|ter2/);
  });

  test.each([
    ['a registry', 'mixed scripts', {}, { url: 'https://mcp.\u0430cme.example' }, 'mcp.xn--cme-5cd.example'],
    ['a registry', 'punycode', {}, { url: 'https://xn--cme-5cd.example' }, 'xn--cme-5cd.example'],
    ['a registry', 'a zero-width space', {}, { url: 'https://mcp.ac\u200bme.example' }, 'mcp.acme.example'],
    ['an issuer', 'mixed scripts', { issuer: 'https://\u0430cme.example' }, {}, 'xn--cme-5cd.example'],
    ['an issuer', 'punycode', { issuer: 'https://xn--cme-5cd.example' }, {}, 'xn--cme-5cd.example'],
  ])(
    '%s with %s in its host is to be confirmed, with the host in punycode',
    async (_of, _what, fields, entry, host) => {
      const { registries, problems } = await readText(oauthEntry(fields, entry));
      expect(problems).toEqual([]);
      expect(registries[0]?.blocked).toBeUndefined();
      expect(registries[0]?.warnings).toEqual([{ code: 'CFG_HOST_SUSPICIOUS', params: { host } }]);
    },
  );

  test.each([
    ['a registry', {}, { url: 'https://mcp.acme\u202e.example' }],
    ['an issuer', { issuer: 'https://login.acme\u202e.example' }, {}],
  ])('%s with a bidirectional character in its host is blocked', async (_of, fields, entry) => {
    const { registries } = await readText(oauthEntry(fields, entry));
    expect(registries[0]).toMatchObject({
      blocked: { code: 'CFG_HOST_SUSPICIOUS' },
      auth: { type: 'unusable' },
    });
  });
});

describe('other values of a client', () => {
  test.each([
    ['client_id', 'gate\u0000pass'],
    ['client_id', 'gate"pass'],
    ['client_id', "gate'pass"],
    ['client_id', 'gate\npass'],
    ['client_id', 'gate pass'],
    ['client_id', ''],
    ['client_id', 12],
    ['client_id', null],
    ['scopes', ['openid\n']],
    ['scopes', ['openid profile']],
    ['scopes', ['"openid"']],
    ['scopes', ['\u202eopenid']],
    ['scopes', 'openid'],
    ['audience', 'api://mcp\r\nX: y'],
    ['audience', ''],
    ['audience_parameter', 'Resource'],
    ['callback_port', 0],
    ['callback_port', 80],
    ['callback_port', 70_000],
    ['callback_port', 8666.5],
    ['callback_port', '8666'],
    ['callback_host', '0.0.0.0'],
    ['callback_path', 'callback'],
    ['callback_path', '/a/../callback'],
    ['callback_path', '/callback?x=1'],
    ['callback_path', '//evil.example'],
    ['pkce', 'off'],
    ['extra_authorize_parameters', { 'a&b': 'c' }],
    ['extra_authorize_parameters', { a: ['b'] }],
    ['extra_authorize_parameters', 'a=b'],
  ])('%s %j is refused, and the registry is blocked, not weakened', async (key, value) => {
    const { registries, problems } = await readText(oauthEntry({ [key]: value }));
    expect(problems).toMatchObject([{ code: 'CFG_INVALID', location: testLocation, line: 1 }]);
    expect(problems[0]?.params['field']).toContain(`registries[0].auth.oauth.${key}`);
    expect(registries).toMatchObject([
      { id: 'acme', blocked: { code: 'CFG_INVALID' }, auth: { type: 'unusable', intended: 'oauth' } },
      { id: 'good' },
    ]);
  });
});
