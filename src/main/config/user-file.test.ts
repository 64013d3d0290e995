import { writeFileSync } from 'node:fs';
import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../base/clock';
import type { Result } from '../base/failure';
import { ConfigStore } from './config-store';
import { FileSource } from './file-source';
import type { ConfigSource } from './layer';
import type { RegistryEntry } from './schema';
import { hurriedClock } from './testing/hurried-clock';
import { readText } from './testing/read-text';
import { UserFile } from './user-file';

let folder: string;
let path: string;
let store: ConfigStore;
let file: UserFile;

const policySource = (kind: 'policy-enforced' | 'policy-default', content: string): ConfigSource => ({
  read: async () => ({
    kind: 'read',
    layers: [await readText(content, kind, `/etc/gatepass/${kind}.yaml`)],
  }),
  watch: () => () => {},
});

/** @param policy what an enforced policy says, if there is one */
async function open(text?: string, policy = '', defaults = '') {
  if (text !== undefined) await writeFile(path, text);
  store = new ConfigStore({
    sources: [
      policySource('policy-enforced', policy),
      new FileSource('user', path, hurriedClock()),
      policySource('policy-default', defaults),
    ],
    clock: systemClock,
  });
  await store.start();
  file = new UserFile({ path, configuration: store, clock: systemClock });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatepass-config-'));
  path = join(folder, 'config.yaml');
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

const text = () => readFile(path, 'utf8');
const ids = () => store.current().registries.map(({ id }) => id);
const codeOf = (result: Result<unknown>) => (result.ok ? undefined : result.failure.code);

const oauth = { issuer: 'https://login.acme.example', client_id: 'gatepass' };
const acme: RegistryEntry = { name: 'Acme', url: 'https://mcp.acme.example', auth: { type: 'oauth', oauth } };

const commented = `# Our registries
version: 1
registries:
  # The main one
  - id: acme            # do not rename
    name: "Acme"
    url: 'https://mcp.acme.example'
    colour: blue
    auth:
      type: oauth
      oauth:
        issuer: https://login.acme.example # ask Bob
        client_id: gatepass
        audience: api://old
        scopes: [ openid,   offline_access ]

  - id: other # stays as it is
    url: https://other.example
settings:
  theme: dark # please
`;

describe('adding', () => {
  test('makes a commented file, for its owner only, where there is none', async () => {
    await open();
    const saved = await file.saveRegistry(acme);
    expect(saved).toMatchObject({ ok: true, value: { id: 'acme', source: 'user', location: path } });
    expect(await text()).toContain('# Gatepass reads this file again');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(ids()).toEqual(['acme']);
    expect(await readdir(folder)).toEqual(['config.yaml']);
  });

  test('keeps everything that was in the file', async () => {
    await open(commented);
    expect(codeOf(await file.saveRegistry({ name: 'Third', url: 'https://third.example' }))).toBeUndefined();
    const after = await text();
    for (const line of commented.split('\n').filter((l) => l !== ''))
      expect(after).toContain(line.trim().replace(/ {2,}/g, ' ').slice(0, 20));
    expect(ids()).toEqual(['acme', 'other', 'third']);
  });

  test('gives a second registry of the same name another id', async () => {
    await open(commented);
    await file.saveRegistry({ ...acme, url: 'https://second.example' });
    expect(ids()).toEqual(['acme', 'other', 'acme-2']);
  });

  test.each([
    ['an id that is taken', { ...acme, id: 'OTHER', url: 'https://x.example' }, 'CFG_DUPLICATE_ID'],
    ['a registry that is there', { ...acme, id: 'again' }, 'CFG_DUPLICATE_REGISTRY'],
    ['a bad address', { ...acme, url: 'http://x.example' }, 'CFG_URL_SCHEME'],
    [
      'a bad issuer',
      {
        ...acme,
        url: 'https://x.example',
        auth: { type: 'oauth', oauth: { ...oauth, issuer: 'http://x.example' } },
      },
      'CFG_ISSUER_NOT_HTTPS',
    ],
    ['a bad name', { ...acme, url: 'https://x.example', name: 'x\u202ey' }, 'CFG_INVALID'],
  ] as [string, RegistryEntry, string][])(
    'refuses %s, as a loaded file would be, and writes nothing',
    async (_what, entry, code) => {
      await open(commented);
      expect(codeOf(await file.checkRegistry(entry))).toBe(code);
      expect(codeOf(await file.saveRegistry(entry))).toBe(code);
      expect(await text()).toBe(commented);
    },
  );

  test('checking writes nothing and says what would be in force', async () => {
    await open(commented);
    const checked = await file.checkRegistry({ url: 'https://\u0430cme.example' });
    expect(checked).toMatchObject({ ok: true, value: { warnings: [{ code: 'CFG_HOST_SUSPICIOUS' }] } });
    expect(await text()).toBe(commented);
    expect(ids()).toEqual(['acme', 'other']);
  });
});

describe('replacing', () => {
  test('changes only what changed, and keeps comments, quotes, order and unknown keys', async () => {
    await open(commented);
    const saved = await file.saveRegistry(
      {
        ...acme,
        auth: { type: 'oauth', oauth: { ...oauth, client_id: 'new', scopes: ['openid', 'offline_access'] } },
      },
      'ACME',
    );
    expect(codeOf(saved)).toBeUndefined();
    expect(await text()).toBe(
      commented
        .replace('client_id: gatepass', 'client_id: new')
        .replace('        audience: api://old\n', '')
        .replace('            # do not', ' # do not')
        .replace('[ openid,   offline_access ]', '[ openid, offline_access ]'),
    );
    expect(store.current().registries[0]).toMatchObject({ id: 'acme', auth: { oauth: { clientId: 'new' } } });
  });

  test('another way to sign in takes the old one out', async () => {
    await open(commented);
    await file.saveRegistry({ ...acme, auth: { type: 'none' } }, 'acme');
    expect(await text()).not.toContain('client_id');
    expect(store.current().registries[0]).toMatchObject({ auth: { type: 'none' } });
  });

  test('parameters that are not wanted any more go', async () => {
    const entry = (extra: Record<string, string>): RegistryEntry => ({
      ...acme,
      auth: { type: 'oauth', oauth: { ...oauth, extra_authorize_parameters: extra } },
    });
    await open();
    await file.saveRegistry(entry({ access_type: 'offline', login_hint: 'a' }));
    await file.saveRegistry(entry({ login_hint: 'b' }), 'acme');
    expect(store.current().registries[0]).toMatchObject({
      auth: { oauth: { extraAuthorizeParameters: { login_hint: 'b' } } },
    });
    expect(await text()).not.toContain('access_type');
  });

  test('a part that entries share through an anchor is not changed behind their back', async () => {
    const shared = `registries:
  - { id: a, url: "https://a.example", auth: &corp { type: oauth, oauth: { issuer: "https://i.example", client_id: x } } }
  - { id: b, url: "https://b.example", auth: *corp }
`;
    await open(shared);
    const changed: RegistryEntry = {
      url: 'https://a.example',
      auth: { type: 'oauth', oauth: { issuer: 'https://i.example', client_id: 'y' } },
    };
    expect(codeOf(await file.saveRegistry(changed, 'a'))).toBe('CFG_INVALID');
    expect(codeOf(await file.removeRegistry('a'))).toBe('CFG_INVALID');
    expect(await text()).toBe(shared);
    expect(codeOf(await file.saveRegistry({ ...changed, url: 'https://b.example' }, 'b'))).toBeUndefined();
    expect(store.current().registries).toMatchObject([
      { auth: { oauth: { clientId: 'x' } } },
      { auth: { oauth: { clientId: 'y' } } },
    ]);
  });
});

describe('the ToolHive shape', () => {
  const toolhive = `# for thv
registry_api_url: https://registry.acme.example # main
registry_auth:
  type: oauth
  oauth:
    issuer: https://login.acme.example # ask Bob
    client_id: thv
    cached_refresh_token_ref: REF
`;

  test('is kept, with what means something else there written out', async () => {
    await open(toolhive);
    const entry: RegistryEntry = {
      url: 'https://registry.acme.example',
      auth: { type: 'oauth', oauth: { ...oauth, audience: 'api://mcp' } },
    };
    const saved = await file.saveRegistry(entry, 'toolhive');
    expect(saved).toMatchObject({
      value: {
        id: 'toolhive',
        auth: { oauth: { clientId: 'gatepass', audienceParameter: 'audience', callbackHost: '127.0.0.1' } },
      },
    });
    expect(await text())
      .toBe(`${toolhive.replace('client_id: thv', 'client_id: gatepass')}    audience: api://mcp
    callback_host: 127.0.0.1
    audience_parameter: audience
`);
  });

  test('becomes an item of the list when it cannot say what is wanted', async () => {
    await open(toolhive);
    const saved = await file.saveRegistry({ ...acme, name: 'A name' }, 'toolhive');
    expect(saved).toMatchObject({ ok: true, value: { id: 'toolhive', name: 'A name' } });
    expect(await text()).not.toContain('registry_api_url');
    expect(ids()).toEqual(['toolhive']);
  });

  test('can be removed', async () => {
    await open(`${toolhive}registries: [{ id: other, url: "https://other.example" }]\n`);
    expect(codeOf(await file.removeRegistry('toolhive'))).toBeUndefined();
    expect(ids()).toEqual(['other']);
    expect(await text()).not.toContain('registry_auth');
  });
});

describe('removing', () => {
  test('takes out the entry and leaves the others as they are', async () => {
    await open(commented);
    expect(codeOf(await file.removeRegistry('acme'))).toBeUndefined();
    expect(ids()).toEqual(['other']);
    expect(await text()).toContain('- id: other # stays as it is');
    expect(await text()).toContain('theme: dark # please');
  });

  test('of a registry from a policy’s defaults puts it away', async () => {
    await open(commented, '', 'registries: [{ id: default, url: "https://default.example" }]');
    expect(ids()).toEqual(['acme', 'other', 'default']);
    await file.removeRegistry('default');
    expect(ids()).toEqual(['acme', 'other']);
    expect(store.current().settings.hidden_registries.value).toEqual(['default']);
  });

  test('of one that is not there is told', async () => {
    await open(commented);
    expect(codeOf(await file.removeRegistry('nobody'))).toBe('OP_STALE');
  });
});

describe('settings', () => {
  test('are changed in place, added with what is around them, and taken out', async () => {
    await open(commented);
    await file.changeSetting('theme', 'light');
    await file.changeSetting('gateway.port', 4000);
    expect(await text())
      .toBe(`${commented.replace('            #', ' #').replace('[ openid,   ', '[ openid, ').replace('theme: dark', 'theme: light')}  gateway:
    port: 4000
`);
    await file.changeSetting('theme', undefined);
    expect(store.current().settings.theme).toMatchObject({ value: 'system', source: 'built-in' });
    expect(store.current().settings['gateway.port'].value).toBe(4000);
  });

  test('that are out of bounds are refused', async () => {
    await open(commented);
    expect(codeOf(await file.changeSetting('sign_in_timeout_seconds', 5))).toBe('CFG_INVALID');
    expect(await text()).toBe(commented);
  });

  test.each(['', 'settings:\n', 'settings: []\n', 'settings: { gateway: off }\n', '# nothing\n'])(
    'can be added to %j',
    async (before) => {
      await open(before);
      expect(codeOf(await file.changeSetting('gateway.enabled', true))).toBeUndefined();
      expect(store.current().settings['gateway.enabled']).toMatchObject({ value: true, source: 'user' });
    },
  );
});

describe('what a policy locks', () => {
  const policy = `settings: { theme: light }
registries: [{ id: managed, url: "https://managed.example" }]
`;

  test('cannot be changed, removed or replaced', async () => {
    await open(commented, policy);
    expect(codeOf(await file.changeSetting('theme', 'dark'))).toBe('SETTING_LOCKED');
    expect(codeOf(await file.changeSetting('theme', undefined))).toBe('SETTING_LOCKED');
    expect(codeOf(await file.removeRegistry('managed'))).toBe('SETTING_LOCKED');
    expect(codeOf(await file.saveRegistry({ url: 'https://x.example' }, 'Managed'))).toBe('SETTING_LOCKED');
    expect(codeOf(await file.saveRegistry({ id: 'managed', url: 'https://x.example' }))).toBe(
      'SETTING_LOCKED',
    );
    expect(await text()).toBe(commented);
  });

  test('is locked also for an edit that comes before the policy was read', async () => {
    await open(commented);
    const late = new ConfigStore({ sources: [policySource('policy-enforced', policy)], clock: systemClock });
    const early = new UserFile({ path, configuration: late, clock: systemClock });
    const [setting, registry] = [early.changeSetting('theme', 'dark'), early.removeRegistry('managed')];
    await late.start();
    expect([codeOf(await setting), codeOf(await registry)]).toEqual(['SETTING_LOCKED', 'SETTING_LOCKED']);
    late.close();
  });

  test('cannot be shadowed by its address', async () => {
    await open(commented, policy);
    expect(codeOf(await file.saveRegistry({ url: 'https://MANAGED.example:443/' }))).toBe('CFG_MANAGED_URL');
    expect(codeOf(await file.saveRegistry({ url: 'https://managed.example' }, 'acme'))).toBe(
      'CFG_MANAGED_URL',
    );
    expect(await text()).toBe(commented);
  });

  test.each([
    ['allow_user_registries: false', 'SETTING_LOCKED'],
    ['allowed_issuers: [login.other.example]', 'CFG_ISSUER_NOT_ALLOWED'],
  ])('with %s nothing can be added', async (setting, code) => {
    await open('', `settings: { ${setting} }`);
    expect(codeOf(await file.saveRegistry(acme))).toBe(code);
    expect(await text()).toBe('');
  });
});

describe('the file itself', () => {
  test.each([
    [0o644, 0o600],
    [0o600, 0o600],
    [0o400, 0o400],
  ])('with mode %o has mode %o afterwards', async (before, after) => {
    await open(commented);
    await chmod(path, before);
    expect(codeOf(await file.changeSetting('theme', 'light'))).toBeUndefined();
    expect((await stat(path)).mode & 0o777).toBe(after);
  });

  test('stays a link where it is one', async () => {
    const target = join(folder, 'dotfiles.yaml');
    await writeFile(target, commented);
    await symlink(target, path);
    await open();
    await file.changeSetting('theme', 'light');
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(await readFile(target, 'utf8')).toContain('theme: light');
  });

  test('keeps the line breaks of Windows', async () => {
    await open(commented.replaceAll('\n', '\r\n'));
    await file.changeSetting('theme', 'light');
    expect(await text()).toContain('theme: light # please\r\n');
    expect((await text()).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('that is broken is not overwritten', async () => {
    await open('registries: [');
    expect(codeOf(await file.saveRegistry(acme))).toBe('CFG_INVALID');
    expect(await text()).toBe('registries: [');
  });

  test('loses nothing that another program writes meanwhile', async () => {
    await open(commented);
    // The second reading of the configuration during an edit is the moment between reading and writing.
    const original = store.preview.bind(store);
    let isFirst = true;
    store.preview = (layer) => {
      if (isFirst) writeFileSync(path, commented.replace('theme: dark', 'theme: system'));
      isFirst = false;
      return original(layer);
    };
    expect(codeOf(await file.saveRegistry({ url: 'https://third.example' }))).toBeUndefined();
    expect(await text()).toContain('theme: system # please');
    expect(ids()).toEqual(['acme', 'other', 'third-example']);
  });

  test('takes many edits at once, one after another', async () => {
    await open(commented);
    const names = Array.from({ length: 10 }, (_, n) => `r${n}`);
    await Promise.all(names.map((name) => file.saveRegistry({ id: name, url: `https://${name}.example` })));
    expect(ids()).toEqual(['acme', 'other', ...names]);
    expect(await readdir(folder)).toEqual(['config.yaml']);
  });

  test('that cannot be written is told', async () => {
    await open();
    await rm(folder, { recursive: true });
    expect(codeOf(await file.saveRegistry(acme))).toBe('CFG_NOT_WRITABLE');
    folder = await mkdtemp(join(tmpdir(), 'gatepass-config-'));
  });
});

test('set aside, it counts no more, is kept under another name, and a new one can begin', async () => {
  await open('registries: [{id: a, url: "https://a.example"}]\n');
  expect(await file.setAside()).toEqual({ ok: true, value: undefined });
  expect(store.current().registries).toEqual([]);
  const [kept = ''] = await readdir(folder);
  expect(kept).toMatch(/^config\.before-reset-.*\.yaml$/);
  expect(await readFile(join(folder, kept), 'utf8')).toContain('https://a.example');
  expect(await file.setAside()).toEqual({ ok: true, value: undefined });
  expect(await file.saveRegistry({ id: 'b', url: 'https://b.example' })).toMatchObject({ ok: true });
});

test('a folder that does not allow it is told as such', async () => {
  await open('registries: []\n');
  await rm(folder, { recursive: true });
  await writeFile(folder, '');
  expect(await file.setAside()).toMatchObject({ failure: { code: 'CFG_NOT_WRITABLE' } });
});
