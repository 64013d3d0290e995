import { describe, expect, test } from 'vitest';
import { effectiveConfiguration } from './effective';
import { isIssuerAllowed } from './issuer-allowed';
import { readText } from './testing/read-text';

const enforced = (text: string) => readText(text, 'policy-enforced', '/etc/gatepass/policy.yaml');
const defaults = (text: string) => readText(text, 'policy-default', '/etc/gatepass/policy.yaml');
const user = (text: string) => readText(text, 'user', '/profile/config.yaml');
const toolhive = (text: string) => readText(text, 'toolhive', '/toolhive/config.yaml');

describe('settings', () => {
  test('the highest source that says something counts, with where it says so', async () => {
    const { settings } = effectiveConfiguration([
      await enforced('settings: {gateway: {enabled: false}}'),
      await user('settings: {gateway: {enabled: true, port: 4000}, sign_in_timeout_seconds: 60}'),
      await defaults('settings: {sign_in_timeout_seconds: 300,\n theme: dark}'),
    ]);
    const policy = { location: '/etc/gatepass/policy.yaml', line: 1 };
    expect(settings['gateway.enabled']).toEqual({
      value: false,
      source: 'policy-enforced',
      locked: true,
      ...policy,
    });
    expect(settings['gateway.port']).toMatchObject({ value: 4000, source: 'user', locked: false });
    expect(settings.sign_in_timeout_seconds).toMatchObject({ value: 60, source: 'user' });
    expect(settings.theme).toMatchObject({ value: 'dark', source: 'policy-default', line: 2, locked: false });
    expect(settings.notifications).toMatchObject({ value: true, source: 'built-in', locked: false });
  });

  test.each([29, 901, 60.5, '"60"', 'true', '[60]', '~'])(
    'a sign-in time of %s is dropped and listed, and the next source counts',
    async (value) => {
      const { settings, problems } = effectiveConfiguration([
        await user(`settings:\n  theme: dark\n  sign_in_timeout_seconds: ${value}\n`),
        await defaults('settings: {sign_in_timeout_seconds: 300}'),
      ]);
      expect(settings.sign_in_timeout_seconds).toMatchObject({ value: 300, source: 'policy-default' });
      expect(settings.theme.value).toBe('dark');
      expect(problems).toMatchObject([
        {
          code: 'CFG_INVALID',
          location: '/profile/config.yaml',
          line: 3,
          params: { field: 'settings.sign_in_timeout_seconds' },
        },
      ]);
    },
  );

  test.each([
    ['sign_in_timeout_seconds: 5', 'sign_in_timeout_seconds', 120],
    ['gateway: {enabled: "no"}', 'gateway.enabled', false],
    ['gateway: off', 'gateway.port', 0],
    ['allow_user_registries: "false"', 'allow_user_registries', false],
    ['allowed_issuers: login.acme.example', 'allowed_issuers', []],
  ] as const)('an enforced %s stays locked, and opens nothing', async (setting, key, value) => {
    const { settings, problems } = effectiveConfiguration([
      await enforced(`settings: {${setting}}`),
      await user(
        'settings: {sign_in_timeout_seconds: 600, gateway: {enabled: true, port: 9}, allow_user_registries: true}',
      ),
    ]);
    expect(settings[key]).toMatchObject({ value, source: 'policy-enforced', locked: true });
    expect(problems.map(({ code }) => code)).toContain('CFG_INVALID');
  });
});

describe('registries', () => {
  test('an entry of a higher source replaces the whole entry of the same id, never a part of it', async () => {
    const { registries, problems } = effectiveConfiguration([
      await user('registries: [{id: ACME, url: "https://mine.example"}]'),
      await defaults(
        'registries: [{id: acme, name: Theirs, url: "https://theirs.example", allow_private_ip: true}]',
      ),
    ]);
    expect(registries).toMatchObject([
      {
        id: 'ACME',
        name: 'mine.example',
        url: 'https://mine.example',
        allowPrivateIp: false,
        source: 'user',
      },
    ]);
    expect(problems).toEqual([]);
  });

  test('an entry with the id of an enforced one is refused and told', async () => {
    const { registries, problems } = effectiveConfiguration([
      await enforced('registries: [{id: acme, url: "https://theirs.example"}]'),
      await user(
        'registries: [{id: Acme, url: "https://mine.example"}, {id: own, url: "https://own.example"}]',
      ),
    ]);
    expect(registries).toMatchObject([
      { id: 'acme', locked: true, source: 'policy-enforced' },
      { id: 'own', locked: false, source: 'user' },
    ]);
    expect(problems).toMatchObject([{ code: 'SETTING_LOCKED', location: '/profile/config.yaml', line: 1 }]);
  });

  test('without permission for registries of their own, neither the user’s nor ToolHive’s are used', async () => {
    const { registries, problems } = effectiveConfiguration([
      await enforced(
        'settings: {allow_user_registries: false}\nregistries: [{id: acme, url: "https://acme.example"}]',
      ),
      await user(
        'settings: {allow_user_registries: true}\nregistries: [{id: own, url: "https://own.example"}]',
      ),
      await defaults('registries: [{id: default, url: "https://default.example"}]'),
      await toolhive('registry_url: https://toolhive.example/registry.json'),
    ]);
    expect(registries.map(({ id }) => id)).toEqual(['acme', 'default']);
    expect(problems.map(({ code, location }) => [code, location])).toEqual([
      ['SETTING_LOCKED', '/profile/config.yaml'],
      ['SETTING_LOCKED', '/toolhive/config.yaml'],
    ]);
  });

  test('hidden registries are left out, but only those that may be', async () => {
    const { registries } = effectiveConfiguration([
      await enforced('registries: [{id: a, url: "https://a.example"}]'),
      await user(
        'settings: {hidden_registries: [a, b, C, toolhive]}\nregistries: [{id: b, url: "https://b.example"}]',
      ),
      await defaults('registries: [{id: c, url: "https://c.example"}]'),
      await toolhive('registry_url: https://toolhive.example/registry.json'),
    ]);
    expect(registries.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('what ToolHive has and the user has under another id is listed once, without a complaint', async () => {
    const { registries, problems } = effectiveConfiguration([
      await user('registries: [{id: own, kind: static, url: "https://x.example/registry.json"}]'),
      await toolhive('registry_url: https://x.example/registry.json'),
    ]);
    expect(registries.map(({ id }) => id)).toEqual(['own']);
    expect(problems).toEqual([]);
  });

  test('a registry whose issuer is not among the allowed ones is listed and blocked', async () => {
    const oauth = (host: string) => `auth: {type: oauth, oauth: {issuer: "https://${host}", client_id: x}}`;
    const { registries, problems } = effectiveConfiguration([
      await enforced('settings: {allowed_issuers: ["*.acme.example"]}'),
      await user(`registries:
  - {id: good, url: "https://a.example", ${oauth('login.acme.example')}}
  - {id: bad, url: "https://b.example", ${oauth('login.evil.example')}}
`),
    ]);
    expect(registries.map(({ id, auth, blocked }) => [id, auth.type, blocked?.code])).toEqual([
      ['good', 'oauth', undefined],
      ['bad', 'unusable', 'CFG_ISSUER_NOT_ALLOWED'],
    ]);
    expect(problems).toMatchObject([
      { code: 'CFG_ISSUER_NOT_ALLOWED', line: 3, location: '/profile/config.yaml' },
    ]);
  });
});

test.each([
  ['login.acme.example', 'https://login.acme.example/realms/main', true],
  ['LOGIN.acme.example', 'https://login.ACME.example', true],
  ['login.acme.example', 'https://login.acme.example.evil.example', false],
  ['login.acme.example', 'https://x.login.acme.example', false],
  ['*.acme.example', 'https://login.acme.example', true],
  ['*.acme.example', 'https://a.b.acme.example', true],
  ['*.acme.example', 'https://acme.example', false],
  ['*.acme.example', 'https://evilacme.example', false],
  ['*.acme.example', 'https://acme.example.evil.example/.acme.example', false],
])('the pattern %s and the issuer %s: %s', (pattern, issuer, expected) => {
  expect(isIssuerAllowed(issuer, [pattern])).toBe(expected);
});
