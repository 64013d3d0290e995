import { Ajv2020 } from 'ajv/dist/2020.js';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { build as buildPlist, parse as parsePlist } from 'plist';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { settingNamed } from '../src/main/config/policy/native-policy';
import { plistPolicy } from '../src/main/config/policy/plist-policy';
import { yamlPolicy } from '../src/main/config/policy/yaml-policy';
import { settingKeys } from '../src/main/config/schema';
import { configurationTemplate } from '../src/main/config/template';
import { descendants, parseXml } from './lib/parse-xml.mjs';

const here = import.meta.dirname;
const file = (name: string) => readFile(resolve(here, '../docs/enterprise', name), 'utf8');
const xmlOf = async (name: string) => parseXml(await file(name));

const policyKeys = settingKeys.filter((key) => key !== 'hidden_registries');

test('docs/enterprise is what the schema says today', { timeout: 30_000 }, async () => {
  const script = resolve(here, 'generate-enterprise-docs.mjs');
  await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({
    stderr: '',
  });
});

const validator = async (name: string) => {
  const schema = JSON.parse(await file(name)) as object;
  return new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(schema);
};

test('the sample policy is valid for an editor and read by the app without a complaint', async () => {
  const text = await file('policy.yaml');
  const validate = await validator('policy.schema.json');
  expect(validate(parseYaml(text)), JSON.stringify(validate.errors)).toBe(true);
  const layers = await yamlPolicy(Buffer.from(text), '/etc/gatepass/policy.yaml');
  if (!layers.ok) throw new Error(layers.failure.code);
  const [enforced, defaults] = layers.value;
  expect(enforced).toMatchObject({ problems: [], registries: [{ id: 'acme', locked: true }] });
  expect(enforced?.settings).toMatchObject({ allow_user_registries: { kind: 'value', value: false } });
  expect(defaults).toMatchObject({ problems: [], settings: { sign_in_timeout_seconds: { value: 180 } } });
});

test('the sample policy stays valid when everything in it is uncommented', async () => {
  const text = await file('policy.yaml');
  const keys = policyKeys.map((key) => key.replace(/^.*\./, '')).join('|');
  const everything = text.replaceAll(
    new RegExp(`^    # ((?:gateway|  (?:${keys})|${keys}):)`, 'gm'),
    '    $1',
  );
  const layers = await yamlPolicy(Buffer.from(everything), 'policy.yaml');
  if (!layers.ok) throw new Error(layers.failure.code);
  expect(layers.value[0]?.problems).toEqual([]);
  expect(Object.keys(layers.value[0]?.settings ?? {}).sort()).toEqual([...policyKeys].sort());
});

test.each([
  ['a number as text', { enforced: { settings: { sign_in_timeout_seconds: '120' } } }],
  ['a number out of range', { enforced: { settings: { sign_in_timeout_seconds: 5 } } }],
  ['an unknown setting', { enforced: { settings: { colour: 'red' } } }],
  ['a registry without an address', { enforced: { registries: [{ id: 'a' }] } }],
  ['a client secret', { enforced: { registries: [{ url: 'https://a.example', client_secret: 'x' }] } }],
  ['settings outside of the two parts', { settings: {} }],
])('the JSON Schema marks %s', async (_what, policy) => {
  expect((await validator('policy.schema.json'))(policy)).toBe(false);
});

test('the JSON Schema of the configuration accepts the file a person starts from', async () => {
  expect((await validator('config.schema.json'))(parseYaml(configurationTemplate))).toBe(true);
});

test('Group Policy: every setting is there twice, enforced and as a default', async () => {
  const policies = descendants(await xmlOf('windows/gatepass.admx'), 'policy');
  const ids = ['Registries', ...policyKeys.map((key) => key.replace('.', '_'))];
  expect(policies.map(({ attributes }) => attributes['name']).sort()).toEqual(
    [...ids, ...ids.map((id) => `Default_${id}`)].sort(),
  );
});

test('Group Policy: every text, presentation and category that is named exists', async () => {
  const [admx, adml] = [await xmlOf('windows/gatepass.admx'), await xmlOf('windows/en-US/gatepass.adml')];
  const text = await file('windows/gatepass.admx');
  const references = [...text.matchAll(/\$\((string|presentation)\.([^)]+)\)/g)];
  expect(references.length).toBeGreaterThan(4 * policyKeys.length);
  const there = (kind = '', id = '') =>
    descendants(adml, kind).some(({ attributes }) => attributes['id'] === id);
  expect(references.filter(([, kind, id]) => !there(kind, id)).map(([name]) => name)).toEqual([]);
  const categories = descendants(admx, 'category').map(({ attributes }) => attributes['name']);
  for (const { attributes } of descendants(admx, 'parentCategory'))
    expect(categories).toContain(attributes['ref']);
});

test('Group Policy: each input of a policy has its field in the presentation', async () => {
  const [admx, adml] = [await xmlOf('windows/gatepass.admx'), await xmlOf('windows/en-US/gatepass.adml')];
  const presentations = descendants(adml, 'presentation');
  for (const policy of descendants(admx, 'policy')) {
    const inputs = descendants(policy, 'elements').flatMap(({ children }) => children);
    const shown = presentations.find(({ attributes }) => attributes['id'] === policy.attributes['name']);
    expect(shown?.children.map(({ attributes }) => attributes['refId']) ?? []).toEqual(
      inputs.map(({ attributes }) => attributes['id']),
    );
  }
});

test('Group Policy: values stand where the app reads them, booleans and numbers as DWORD', async () => {
  const policies = descendants(await xmlOf('windows/gatepass.admx'), 'policy');
  const policy = (name: string) => {
    const found = policies.find(({ attributes }) => attributes['name'] === name);
    if (found === undefined) throw new Error(`No policy ${name}`);
    return found;
  };
  const gateway = policy('Default_gateway_enabled');
  expect(gateway.attributes).toMatchObject({
    key: 'SOFTWARE\\Policies\\Gatepass\\Defaults',
    valueName: 'gateway.enabled',
  });
  expect(descendants(gateway, 'decimal').map(({ attributes }) => attributes['value'])).toEqual(['1', '0']);
  expect(descendants(policy('sign_in_timeout_seconds'), 'decimal')[0]?.attributes).toMatchObject({
    minValue: '30',
    maxValue: '900',
  });
  // Numbered values: without a prefix, Windows would name each value after its own data.
  expect(descendants(policy('allowed_issuers'), 'list')[0]?.attributes).toEqual({
    id: 'Value',
    key: 'SOFTWARE\\Policies\\Gatepass\\allowed_issuers',
    valuePrefix: '',
  });
});

test('the configuration profile carries the sample as the app reads it', async () => {
  const profile = parsePlist(await file('macos/gatepass.mobileconfig')) as Record<string, unknown>;
  expect(profile).toMatchObject({ PayloadType: 'Configuration', PayloadVersion: 1 });
  const [payload] = profile['PayloadContent'] as Record<string, unknown>[];
  expect(payload).toMatchObject({ PayloadType: 'app.gatepass.desktop' });
  const content = Object.entries(payload ?? {}).filter(([key]) => !key.startsWith('Payload'));
  const delivered = buildPlist(Object.fromEntries(content) as Parameters<typeof buildPlist>[0]);
  const layers = await plistPolicy(Buffer.from(delivered), 'app.gatepass.desktop.plist');
  if (!layers.ok) throw new Error(layers.failure.code);
  expect(layers.value.flatMap(({ problems }) => problems)).toEqual([]);
  expect(layers.value[0]?.registries).toMatchObject([{ id: 'acme', auth: { type: 'oauth' } }]);
});

test('the manifest names every setting, enforced and as a default', async () => {
  interface Key {
    readonly pfm_name: string;
    readonly pfm_subkeys?: readonly Key[];
  }
  const manifest = parsePlist(await file('macos/app.gatepass.desktop.plist')) as unknown as Key;
  const named = (key: Key): string[] =>
    (key.pfm_subkeys ?? []).flatMap((inner) => [
      inner.pfm_name,
      ...named(inner).map((name) => `${inner.pfm_name}.${name}`),
    ]);
  const names = named(manifest);
  const known = (name: string) => settingNamed(name.replace(/^Defaults\./, '')) !== undefined;
  expect(names.filter((name) => !/registries(\.|$)|^Defaults$|\.item$/i.test(name)).every(known)).toBe(true);
  for (const key of policyKeys) expect(names).toEqual(expect.arrayContaining([key, `Defaults.${key}`]));
});
