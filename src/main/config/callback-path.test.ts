import { expect, test } from 'vitest';
import type { Source } from '../../contract/view-model';
import { callbackPathOf, callbackRivals, type IssuerFacts } from './callback-path';
import { effectiveConfiguration } from './effective';
import { readText } from './testing/read-text';

const entry = (issuer: string, path?: string) =>
  `{id: ${issuer}, url: "https://${issuer}.example", auth: {type: oauth, oauth: {issuer: "https://${issuer}.example", client_id: x${path === undefined ? '' : `, callback_path: ${path}`}}}}`;

/** The one registry of ToolHive's file. */
const toolhiveFile = (issuer: string) =>
  `{registry_api_url: "https://${issuer}.example", registry_auth: {type: oauth, oauth: {issuer: "https://${issuer}.example", client_id: x}}}`;

/** Registries by source, each named like its issuer. */
async function registriesOf(layers: [Source, ...string[]][]) {
  const read = layers.map(([source, ...entries]) =>
    readText(source === 'toolhive' ? entries.join() : `registries: [${entries.join(', ')}]`, source),
  );
  return effectiveConfiguration(await Promise.all(read)).registries;
}

const has = (names: readonly string[], issuer: string) =>
  names.some((name) => issuer === `https://${name}.example`);
/** All issuers were asked, unless a test says otherwise. */
const facts = ({ iss = [], unasked = [], own = [] }: Partial<Record<'iss' | 'unasked' | 'own', string[]>>) =>
  ({
    advertisesIss: (issuer) => (has(unasked, issuer) ? undefined : has(iss, issuer)),
    hasOwnPath: (issuer) => has(own, issuer),
  }) satisfies IssuerFacts;

async function pathsOf(layers: [Source, ...string[]][], known: Parameters<typeof facts>[0] = {}) {
  const registries = await registriesOf(layers);
  return registries.map((registry) => callbackPathOf(registry, registries, facts(known)));
}

const three: [Source, ...string[]][] = [['user', entry('a'), entry('b'), entry('c')]];
// printf 'https://b.example' | sha256sum
const ownPathOfB = '/callback/35b22c6c';

test('a single issuer has /callback, whether it was asked or not', async () => {
  expect(await pathsOf([['user', entry('a')]], { unasked: ['a'] })).toEqual(['/callback']);
});

test('of the issuers that do not send iss, only the first has /callback', async () => {
  const paths = await pathsOf(three);
  expect(paths[0]).toBe('/callback');
  expect(paths[1]).toMatch(/^\/callback\/[0-9a-f]{8}$/);
  expect(new Set(paths).size).toBe(3);
});

test('the path of its own is made of the issuer, by SHA-256', async () => {
  expect((await pathsOf(three))[1]).toBe(ownPathOfB);
});

test('issuers that send iss share /callback with the one that does not', async () => {
  expect(await pathsOf(three, { iss: ['a', 'c'] })).toEqual(['/callback', '/callback', '/callback']);
});

test('a path that depends on an issuer nobody has asked is not certain', async () => {
  expect((await pathsOf(three, { unasked: ['a'] })).slice(0, 2)).toEqual(['/callback', undefined]);
  expect(await pathsOf(three, { unasked: ['a', 'b'], iss: ['c'] })).toEqual([
    '/callback',
    undefined,
    '/callback',
  ]);
});

test('neither is that of an issuer which nobody has asked itself, behind one that does not send iss', async () => {
  expect((await pathsOf(three, { unasked: ['b'] }))[1]).toBeUndefined();
});

test('one silent rival is enough, whatever the others would say', async () => {
  const paths = await pathsOf(three, { unasked: ['a'] });
  expect(paths[2]).toMatch(/^\/callback\/./);
});

test('an issuer that uses a path of its own keeps it, and claims no other', async () => {
  expect(await pathsOf(three, { own: ['b'], iss: ['a', 'b', 'c'] })).toEqual([
    '/callback',
    ownPathOfB,
    '/callback',
  ]);
  expect((await pathsOf([['user', entry('b'), entry('c')]], { own: ['b'] }))[1]).toBe('/callback');
});

test('a path that is written out later goes before the one that was in use', async () => {
  expect(await pathsOf([['user', entry('b', '/signed-in')]], { own: ['b'] })).toEqual(['/signed-in']);
});

test('the order is policy, ToolHive, user file', async () => {
  const registries = await registriesOf([
    ['user', entry('user'), entry('second')],
    ['policy-default', entry('policy')],
    ['toolhive', toolhiveFile('thv')],
  ]);
  const second = registries.find(({ id }) => id === 'second');
  const rivals = second === undefined ? [] : [...callbackRivals(second, registries, facts({}))];
  expect(rivals.map(({ issuer }) => issuer)).toEqual(
    ['policy', 'thv', 'user'].map((name) => `https://${name}.example`),
  );
});

test('all that come from policy may share, and nobody else with them', async () => {
  const paths = await pathsOf([
    ['policy-enforced', entry('a'), entry('b')],
    ['user', entry('c')],
    ['policy-default', entry('d')],
  ]);
  expect(paths).toEqual(['/callback', '/callback', expect.stringMatching(/^\/callback\/./), '/callback']);
});

test('a policy decides the path, also of an issuer that used one of its own before', async () => {
  expect(await pathsOf([['policy-enforced', entry('a'), entry('b')]], { own: ['b'] })).toEqual([
    '/callback',
    '/callback',
  ]);
  const layers: [Source, ...string[]][] = [
    ['policy-enforced', entry('b')],
    ['user', entry('c')],
  ];
  expect((await pathsOf(layers, { own: ['b'] }))[1]).toMatch(/^\/callback\/./);
});

test('a path that was written out is used, but two issuers cannot share that either', async () => {
  const paths = await pathsOf([['user', entry('a', '/signed-in'), entry('b', '/signed-in'), entry('c')]]);
  expect(paths).toEqual(['/signed-in', expect.stringMatching(/^\/callback\/./), '/callback']);
});

test('a registry without OAuth has none', async () => {
  expect(await pathsOf([['user', '{id: x, url: "https://x.example"}']])).toEqual([undefined]);
});
