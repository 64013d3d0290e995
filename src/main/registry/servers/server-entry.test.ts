import { describe, expect, test } from 'vitest';
import type { ServerDetails } from '../../../contract/server-list';
import { readListEntry, readServer } from './server-entry';
import { published, publishedEntry } from './testing/published';

const read = (changes: Readonly<Record<string, unknown>> = {}, official = {}): ServerDetails => {
  const entry = readListEntry(publishedEntry(changes, official));
  if (typeof entry === 'string') throw new Error(entry);
  return entry;
};

test('everything that is shown is taken from an entry as published', () => {
  expect(readListEntry(published.servers[0])).toEqual({
    name: 'io.acme/files',
    title: 'Files',
    description: 'Reads and writes files below one folder.',
    version: '1.0.2',
    runs: ['remote', 'npm', 'pypi', 'oci', 'other'],
    isDeprecated: false,
    packages: [
      {
        type: 'npm',
        identifier: '@acme/files-mcp',
        version: '1.0.2',
        inputs: [
          { name: 'FILES_TOKEN', description: 'Token of the share', isRequired: true, isSecret: true },
          { name: 'FILES_LOG', description: '', isRequired: false, isSecret: false },
        ],
      },
      { type: 'pypi', identifier: 'acme-files-mcp', version: '1.0.2', inputs: [] },
      { type: 'oci', identifier: 'images.acme.example/files-mcp:1.0.2', inputs: [] },
      { type: 'mcpb', identifier: 'https://git.acme.example/tools/files/releases/1.0.2.mcpb', inputs: [] },
    ],
    remotes: [
      {
        type: 'streamable-http',
        url: 'https://{tenant}.files.acme.example/mcp',
        inputs: [{ name: 'X-Files-Key', description: 'Key of the tenant', isRequired: true, isSecret: true }],
      },
      { type: 'sse', url: 'https://files.acme.example/sse', inputs: [] },
    ],
    links: [
      { kind: 'website', url: 'https://files.acme.example/start', host: 'files.acme.example' },
      { kind: 'repository', url: 'https://git.acme.example/tools/files', host: 'git.acme.example' },
    ],
  });
});

test('the least that is published is enough; an entry of a static file is the server alone', () => {
  const least = { name: 'io.acme/least', description: 'Least.', version: '1' };
  const shown = { ...least, runs: [], isDeprecated: false, packages: [], remotes: [], links: [] };
  expect(readListEntry({ server: least })).toEqual(shown);
  expect(readServer(least)).toEqual(shown);
});

test('what its registry says of it counts: deprecated is marked, deleted and older versions are passed over', () => {
  expect(read({}, { status: 'deprecated' }).isDeprecated).toBe(true);
  expect(readListEntry(publishedEntry({}, { status: 'deleted' }))).toBe('passed-over');
  expect(readListEntry(publishedEntry({}, { isLatest: false }))).toBe('passed-over');
  expect(read({}, { status: 7, isLatest: 'no' }).name).toBe('io.acme/files');
});

test.each([
  ['no object', 7],
  ['null', null],
  ['a list', []],
  ['no server', {}],
  ['no name', publishedEntry({ name: undefined })],
  ['a name without a namespace', publishedEntry({ name: 'files' })],
  ['a name that leads somewhere', publishedEntry({ name: 'io.acme/../../v1/me' })],
  ['a name with what cannot be seen', publishedEntry({ name: 'io.acme/fi\u202eles' })],
  ['a name without end', publishedEntry({ name: `io.acme/${'x'.repeat(200)}` })],
  ['no version', publishedEntry({ version: 2 })],
])('an entry with %s is no server', (_what, entry) => {
  expect(readListEntry(entry)).toBe('unreadable');
});

describe('texts of strangers', () => {
  test('are one line, without what cannot be seen, and cut', () => {
    const { title, description, version } = read({
      title: 'Pay\u202epal\u200b',
      description: `one\ntwo ${'x'.repeat(10_000)}`,
      version: `1.0\u0000${'9'.repeat(500)}`,
    });
    expect(title).toBe('Paypal');
    expect(description).toMatch(/^one two x+…$/);
    expect([description.length, version.length]).toEqual([300, 100]);
    expect(read({ title: '\u200b' })).not.toHaveProperty('title');
  });

  test('a part that is wrong is left out, and takes nothing along', () => {
    const { packages, remotes, title } = read({
      title: 7,
      packages: [
        { registryType: 'npm' },
        { registryType: 'npm', identifier: 'ok', environmentVariables: {} },
        null,
      ],
      remotes: 'none',
    });
    expect(packages).toEqual([{ type: 'npm', identifier: 'ok', inputs: [] }]);
    expect([remotes, title]).toEqual([[], undefined]);
  });

  test('of parts without end some are kept', () => {
    const one = { registryType: 'npm', identifier: 'x' };
    expect(read({ packages: Array.from({ length: 5000 }, () => one) }).packages).toHaveLength(20);
  });
});

test.each([
  'http://files.acme.example/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'https://user:password@files.acme.example/',
  'https://login.acme.example@evil.example/',
  'ms-msdt:/id',
  'not an address',
  `https://files.acme.example/${'x'.repeat(2000)}`,
])('%s is no link', (address) => {
  expect(read({ websiteUrl: address, repository: { url: address } }).links).toEqual([]);
});

test('a host that looks like another one is told as what it is', () => {
  expect(read({ websiteUrl: 'https://аcme.example/' }).links[0]?.host).toBe('xn--cme-5cd.example');
});
