import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { effectiveConfiguration } from '../effective';
import type { Layer } from '../layer';
import type { Effective, Registry } from '../registry';
import { readText } from '../testing/read-text';
import { exportedPolicy } from './export-policy';
import { yamlPolicy } from './yaml-policy';

/** Every kind of entry, with values that are easily lost on the way. */
const mine = `
registries:
  - id: acme
    name: "Acme: tools # of “Engineering”, 日本"
    url: https://mcp.acme.example/registry/engineering
    auth:
      type: oauth
      oauth:
        issuer: https://login.acme.example/realms/main
        client_id: gatepass
        scopes: [openid, "true", "0755"]
        audience: api://mcp
        audience_parameter: none
        callback_host: localhost
        callback_port: 9000
        callback_path: /callback/acme
        pkce: assume-s256
        extra_authorize_parameters: { access_type: offline, max_age: 300 }
  - id: plain
    url: https://plain.example
    allow_private_ip: true
    auth: { type: oauth, oauth: { issuer: https://login.plain.example/, client_id: "null" } }
  - { id: open, url: https://open.example/registry.json }
  - { id: query, url: "https://open.example/list?rev=2", kind: static }
  - { id: ci, url: https://ci.example, auth: { type: bearer, bearer: { token_file: /run/secrets/token } } }
  - { id: named, url: https://named.example, auth: { type: bearer, bearer: { token_ref: ci-token } } }
  - { id: "no", url: ftp://blocked.example }
settings:
  sign_in_timeout_seconds: 300
  gateway: { enabled: true, port: 8123 }
  allowed_issuers: ["*.acme.example", login.plain.example]
  hidden_registries: [toolhive]
`;

const effectiveOf = (...layers: readonly Layer[]) => effectiveConfiguration(layers);

/** As another computer reads it, with nothing of its own. */
async function deployed(text: string): Promise<Effective> {
  const layers = await yamlPolicy(Buffer.from(text), '/etc/gatepass/policy.yaml');
  if (!layers.ok) throw new Error(JSON.stringify(layers.failure));
  return effectiveOf(...layers.value);
}

/** A registry without where it was read. */
const meaning = ({ source, location, line, locked, ...registry }: Registry) => {
  expect({ source, location, line, locked }).toBeDefined();
  return registry;
};
const usable = ({ registries }: Effective) =>
  registries.filter(({ blocked }) => blocked === undefined).map(meaning);

async function schemaFaults(text: string): Promise<unknown> {
  const file = resolve(import.meta.dirname, '../../../../docs/enterprise/policy.schema.json');
  const schema = JSON.parse(await readFile(file, 'utf8')) as object;
  const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(schema);
  validate(parse(text));
  return validate.errors ?? [];
}

test('what was exported and deployed is what was in force, and locked', async () => {
  const here = effectiveOf(await readText(mine));
  const there = await deployed(exportedPolicy(here));
  expect(usable(there)).toEqual(usable(here));
  expect(there.registries.map(({ id, locked }) => [id, locked])).toEqual(
    ['acme', 'plain', 'open', 'query', 'ci', 'named'].map((id) => [id, true]),
  );
  expect(there.problems).toEqual([]);
  for (const key of [
    'sign_in_timeout_seconds',
    'gateway.enabled',
    'gateway.port',
    'allowed_issuers',
  ] as const) {
    expect(there.settings[key].value, key).toEqual(here.settings[key].value);
    expect(there.settings[key].source, key).toBe('policy-default');
  }
});

test('it is valid for an editor that has the schema', async () => {
  const here = effectiveOf(await readText(mine));
  expect(await schemaFaults(exportedPolicy(here))).toEqual([]);
  expect(await schemaFaults(exportedPolicy(effectiveOf()))).toEqual([]);
});

test('a policy that is in force already stays as strict as it is, and what it suggests stays a suggestion', async () => {
  const policy = `
enforced:
  registries: [{ id: acme, url: https://mcp.acme.example }]
  settings: { allow_user_registries: false, theme: dark }
defaults:
  registries: [{ id: extra, url: https://extra.example, allow_private_ip: false }]
  settings: { sign_in_timeout_seconds: 90 }
`;
  const here = await deployed(policy);
  const there = await deployed(exportedPolicy(here));
  expect(there.registries.map(({ id, source, allowPrivateIp }) => [id, source, allowPrivateIp])).toEqual([
    ['acme', 'policy-enforced', true],
    ['extra', 'policy-default', false],
  ]);
  for (const key of ['allow_user_registries', 'theme', 'sign_in_timeout_seconds'] as const) {
    const { value, source } = here.settings[key];
    expect(there.settings[key], key).toMatchObject({ value, source });
  }
});

test('a registry that came from ToolHive is exported as it is meant, without its bookkeeping', async () => {
  const toolhive = await readText(
    `registry_api_url: https://mcp.acme.example
registry_auth:
  type: oauth
  oauth:
    issuer: https://login.acme.example
    client_id: thv
    audience: api://mcp
    cached_refresh_token_ref: REGISTRY_OAUTH_0478fe14
`,
    'toolhive',
    '/home/alice/.config/toolhive/config.yaml',
  );
  const here = effectiveOf(toolhive);
  const text = exportedPolicy(here);
  expect(text).not.toContain('REGISTRY_OAUTH');
  const [exported] = (await deployed(text)).registries;
  expect(exported?.auth).toEqual(here.registries[0]?.auth);
});

test('what cannot be used is named and left out, and nothing of a person or a place is told', async () => {
  const text = exportedPolicy(effectiveOf(await readText(mine)));
  expect(text).toContain('# Left out, as it cannot be used here: "no" (CFG_URL_SCHEME)\n');
  expect(text).not.toContain('blocked.example');
  expect(text).not.toContain('hidden_registries');
  expect(text).not.toContain('/profile');
});

test('an id that holds a line break stays within its comment', () => {
  const registry: Registry = {
    id: 'a\nenforced: {}',
    name: 'A',
    url: '',
    allowPrivateIp: false,
    auth: { type: 'unusable', intended: 'none' },
    source: 'user',
    location: 'config.yaml',
    locked: false,
    blocked: { code: 'CFG_URL_SCHEME', params: {} },
    warnings: [],
  };
  const text = exportedPolicy({ ...effectiveOf(), registries: [registry] });
  expect(parse(text)).toEqual({ enforced: {}, defaults: {} });
});
