import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigStore } from './config-store';
import { openSources, policySources, type SourceParts } from './open-sources';
import { hurriedClock } from './testing/hurried-clock';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'gatepass-sources-')));
});
afterEach(() => rm(folder, { recursive: true }));

const asked: string[] = [];
const parts = (computer: Partial<SourceParts['computer']> = {}): SourceParts => ({
  configurationFile: join(folder, 'config.yaml'),
  policyFolder: join(folder, 'policy'),
  computer: {
    platform: 'linux',
    env: { XDG_CONFIG_HOME: folder },
    homeFolder: '/nowhere',
    userName: 'alice',
    userId: process.getuid?.() ?? 0,
    ...computer,
  },
  sealed: (name) => {
    asked.push(name);
    return {
      read: () => Promise.resolve(undefined),
      write: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    };
  },
  clock: hurriedClock(),
});

async function effectiveOf(given: SourceParts) {
  const clock = hurriedClock();
  const store = new ConfigStore({ sources: openSources(given), clock });
  const effective = await store.start();
  store.close();
  return effective;
}

test('policy, the user’s file, what the policy suggests and ToolHive’s file meet in this order', async () => {
  await mkdir(join(folder, 'policy'), { mode: 0o755 });
  await mkdir(join(folder, 'toolhive'));
  await writeFile(
    join(folder, 'policy', 'policy.yaml'),
    'enforced: {settings: {theme: dark}, registries: [{id: a, url: "https://a.example"}]}\ndefaults: {settings: {sign_in_timeout_seconds: 300, theme: light}, registries: [{id: d, url: "https://d.example"}]}\n',
    { mode: 0o644 },
  );
  await writeFile(
    join(folder, 'config.yaml'),
    'settings: {theme: light}\nregistries: [{id: u, url: "https://u.example"}]\n',
  );
  await writeFile(join(folder, 'toolhive', 'config.yaml'), 'registry_url: https://t.example/registry.json\n');
  const { registries, settings, problems } = await effectiveOf(parts());
  expect(problems).toEqual([]);
  expect(registries.map(({ id, source }) => [id, source])).toEqual([
    ['a', 'policy-enforced'],
    ['u', 'user'],
    ['d', 'policy-default'],
    ['toolhive', 'toolhive'],
  ]);
  expect(settings.theme).toMatchObject({ value: 'dark', locked: true, source: 'policy-enforced' });
  expect(settings.sign_in_timeout_seconds).toMatchObject({ value: 300, source: 'policy-default' });
});

test('without anything to read there is nothing, and no complaint', async () => {
  expect(await effectiveOf(parts())).toMatchObject({ registries: [], problems: [] });
});

test.each([
  ['linux', 1],
  ['darwin', 3],
  ['win32', 2],
] as const)(
  'on %s every place of policy keeps its last good one under a name of its own: %d',
  (platform, count) => {
    asked.length = 0;
    const { policyFolder, ...others } = parts({ platform });
    expect(policyFolder).toBeDefined();
    openSources(others);
    expect(new Set(asked).size).toBe(count);
    for (const name of asked) expect(name).toMatch(/^policy-[0-9a-f]{16}\.sealed$/);
  },
);

test.each([
  ['linux', ['/etc/gatepass/policy.yaml']],
  [
    'darwin',
    [
      '/Library/Managed Preferences/alice/app.gatepass.desktop.plist',
      '/Library/Managed Preferences/app.gatepass.desktop.plist',
      '/Library/Application Support/Gatepass/policy.yaml',
    ],
  ],
  ['win32', ['HKLM\\SOFTWARE\\Policies\\Gatepass', 'HKCU\\SOFTWARE\\Policies\\Gatepass']],
] as const)('on %s policies are looked for in this order, highest first', (platform, places) => {
  const { computer, clock } = parts({ platform });
  expect(policySources({ computer, clock }).map(({ location }) => location)).toEqual(places);
});

test('a folder for development stands in for every place of the computer', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const)
    expect(policySources(parts({ platform })).map(({ location }) => location)).toEqual([
      join(folder, 'policy', 'policy.yaml'),
    ]);
});

test('the size of each file is told before it is parsed: policy, the user’s and ToolHive’s', async () => {
  await mkdir(join(folder, 'policy'), { mode: 0o755 });
  await mkdir(join(folder, 'toolhive'));
  const texts = ['enforced: {}\n', 'registries: []\n', 'registry_url: https://t.example/registry.json\n'];
  const files = ['policy/policy.yaml', 'config.yaml', 'toolhive/config.yaml'];
  for (const [index, file] of files.entries())
    await writeFile(join(folder, file), texts[index] ?? '', { mode: 0o644 });
  const sizes: number[] = [];
  const beforeParsing = (size: number) => {
    sizes.push(size);
    return Promise.resolve();
  };
  await effectiveOf({ ...parts(), beforeParsing });
  expect(new Set(sizes)).toEqual(new Set(texts.map(({ length }) => length)));
});
