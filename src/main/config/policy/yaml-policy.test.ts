import { expect, test } from 'vitest';
import type { Layer } from '../layer';
import { yamlPolicy } from './yaml-policy';

const location = '/etc/gatepass/policy.yaml';
const read = (text: string) => yamlPolicy(Buffer.from(text), location);

async function layers(text: string): Promise<readonly Layer[]> {
  const policy = await read(text);
  if (!policy.ok) throw new Error(policy.failure.code);
  return policy.value;
}

test('a policy says two layers, each with the lines of the file', async () => {
  const [enforced, defaults] = await layers(`enforced:
  settings: { allow_user_registries: false }
  registries:
    - { id: acme, url: "https://mcp.acme.example" }
defaults:
  settings:
    theme: dark
`);
  expect(enforced).toMatchObject({
    source: 'policy-enforced',
    location,
    settings: { allow_user_registries: { kind: 'value', value: false, line: 2 } },
    registries: [{ id: 'acme', locked: true, line: 4, source: 'policy-enforced' }],
    problems: [],
  });
  expect(defaults).toMatchObject({
    source: 'policy-default',
    settings: { theme: { kind: 'value', value: 'dark', line: 7 } },
    registries: [],
    problems: [],
  });
});

test('a registry of a policy may be inside the network, unless the policy says no', async () => {
  const [enforced, defaults] = await layers(`enforced:
  registries:
    - { id: a, url: "https://a.example" }
    - { id: b, url: "https://b.example", allow_private_ip: false }
    - { id: c, url: "https://c.example", allow_private_ip: "yes" }
defaults: { registry_api_url: "https://d.example" }
`);
  expect(enforced?.registries.map(({ allowPrivateIp }) => allowPrivateIp)).toEqual([true, false, false]);
  expect(defaults?.registries).toMatchObject([{ id: 'toolhive', allowPrivateIp: true }]);
});

test.each(['{}', '# nothing yet', 'enforced:', 'defaults: ~'])(
  'a policy of %j says nothing, on purpose',
  async (text) => {
    expect(await layers(text)).toMatchObject([
      { settings: {}, registries: [], problems: [] },
      { settings: {}, registries: [], problems: [] },
    ]);
  },
);

test('what stands beside the two parts has no effect and is listed with its nearest name', async () => {
  const [enforced] = await layers('enforce: { settings: { theme: dark } }\nregistries: []\n');
  expect(enforced?.settings).toEqual({});
  expect(enforced?.problems).toMatchObject([
    { code: 'CFG_UNKNOWN_KEY', line: 1, params: { nearest: 'enforced' }, location },
    { code: 'CFG_UNKNOWN_KEY', line: 2, location },
  ]);
});

test.each([
  ['nothing at all', '', { reason: 'empty', line: 1 }],
  ['no YAML', 'enforced:\n  registries: [', { line: 2 }],
  ['a list', '- enforced', { expected: 'mapping', line: 1 }],
  [
    'a part that is no mapping',
    'defaults: {}\nenforced: yes',
    { field: 'enforced', expected: 'mapping', line: 2 },
  ],
  [
    'registries that are no list',
    'enforced:\n  settings: {}\n  registries: { acme: { url: "https://a.example" } }',
    { field: 'enforced.registries', expected: 'list', line: 3 },
  ],
  ['a newer version', 'enforced:\n  version: 2', { reason: 'newer', line: 2 }],
])(
  'a policy of %s is refused as a whole, since nobody can tell what it locks',
  async (_what, text, params) => {
    expect(await read(text)).toMatchObject({ ok: false, failure: { code: 'CFG_INVALID', params } });
  },
);

test('a secret in a policy is refused by name and never repeated', async () => {
  const policy = await read(`enforced:
  registries:
    - id: acme
      url: https://mcp.acme.example
      auth: { type: oauth, oauth: { issuer: "https://login.acme.example", client_id: x, client_secret: hunter2 } }
`);
  expect(policy).toMatchObject({
    value: [{ problems: [{ code: 'CFG_INVALID', params: { reason: 'secret' }, line: 5 }] }, {}],
  });
  expect(JSON.stringify(policy)).not.toContain('hunter2');
});
