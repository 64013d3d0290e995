import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, buildBinary } from 'plist';
import { describe, expect, test } from 'vitest';
import type { Layer } from '../layer';
import { plistPolicy } from './plist-policy';

const location = '/Library/Managed Preferences/app.gatepass.desktop.plist';
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'testing', name));

async function layers(content: Buffer): Promise<readonly Layer[]> {
  const policy = await plistPolicy(content, location);
  if (!policy.ok) throw new Error(JSON.stringify(policy.failure));
  return policy.value;
}
const xml = (top: Parameters<typeof build>[0]) => Buffer.from(build(top));

test.each(['managed.xml.plist', 'managed.binary.plist'])('%s, as Python writes it, is read', async (name) => {
  const [enforced, defaults] = await layers(fixture(name));
  expect(enforced).toMatchObject({
    source: 'policy-enforced',
    location,
    settings: {
      allow_user_registries: { value: false },
      allowed_issuers: { value: ['login.acme.example', '*.okta.com'] },
      sign_in_timeout_seconds: { value: 300 },
      'gateway.enabled': { value: false },
      'gateway.port': { value: 4711 },
    },
    registries: [
      {
        id: 'acme',
        name: 'Acme MCP Registry',
        url: 'https://mcp.acme.example/registry/engineering',
        locked: true,
        allowPrivateIp: true,
        auth: {
          type: 'oauth',
          oauth: {
            issuer: 'https://login.acme.example/realms/main',
            scopes: ['openid', 'offline_access', 'mcp'],
            callbackPort: 8777,
          },
        },
      },
    ],
    problems: [],
  });
  expect(defaults).toMatchObject({
    source: 'policy-default',
    settings: { theme: { value: 'dark' }, launch_at_login: { value: true } },
    registries: [{ id: 'tools', locked: false }],
    problems: [],
  });
});

describe('a value', () => {
  test.each([
    ['a date', new Date(0)],
    ['data', new Uint8Array([1])],
    ['a number', 1],
    ['a text', 'false'],
    ['a list', [false]],
  ])('that is %s does not switch anything, and leaves it locked', async (_what, value) => {
    for (const content of [
      xml({ 'gateway.enabled': value }),
      Buffer.from(buildBinary({ 'gateway.enabled': value })),
    ]) {
      const [enforced] = await layers(content);
      expect(enforced?.settings['gateway.enabled']).toEqual({ kind: 'invalid' });
      expect(enforced?.problems).toMatchObject([
        { code: 'CFG_INVALID', location, params: { field: 'settings.gateway.enabled' } },
      ]);
    }
  });

  test('may be nested instead of dotted, and its name in capitals; given twice it has none', async () => {
    const [enforced] = await layers(xml({ gateway: { enabled: true }, THEME: 'dark', 'Gateway.Port': 9 }));
    expect(enforced?.settings).toMatchObject({
      'gateway.enabled': { value: true },
      'gateway.port': { value: 9 },
      theme: { value: 'dark' },
    });
    const [twice] = await layers(
      xml({ theme: 'dark', Theme: 'light', gateway: { port: 1 }, 'gateway.port': 2 }),
    );
    expect(twice?.settings).toEqual({ theme: { kind: 'invalid' }, 'gateway.port': { kind: 'invalid' } });
  });

  test('of a name that nobody knows has no effect and is listed', async () => {
    const [enforced] = await layers(xml({ PayloadUUID: 'x', notification: false }));
    expect(enforced?.problems).toMatchObject([
      { code: 'CFG_UNKNOWN_KEY', params: { field: 'settings.PayloadUUID' } },
      { code: 'CFG_UNKNOWN_KEY', params: { nearest: 'notifications' } },
    ]);
  });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a text', Buffer.from('enforced: {}')],
  ['half of it', fixture('managed.xml.plist').subarray(0, 300)],
  ['half of a binary', fixture('managed.binary.plist').subarray(0, 200)],
  ['a list', xml([1])],
  ['bytes', Buffer.from('bplist00\xff\xff\xff', 'latin1')],
  ['deep nesting', Buffer.from(`<plist>${'<dict><key>a</key>'.repeat(60)}${'</dict>'.repeat(60)}</plist>`)],
])('%s is no policy', async (_what, content) => {
  expect(await plistPolicy(content, location)).toEqual({
    ok: false,
    failure: { code: 'CFG_INVALID', params: { reason: 'property-list' } },
  });
});

test.each([{ Registries: { id: 'acme' } }, { Defaults: 'none' }, { Defaults: { Registries: 'none' } }])(
  'a policy of %j is refused as a whole, since nobody can tell what it locks',
  async (top) => {
    expect(await plistPolicy(xml(top), location)).toMatchObject({ failure: { code: 'CFG_INVALID' } });
  },
);
