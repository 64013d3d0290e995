import { expect, test } from 'vitest';
import type { Source } from '../../contract/view-model';
import { callbackClaims, callbackPathOf, callbackPathOwner } from './callback-path';
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

async function pathsOf(layers: [Source, ...string[]][], advertising: string[] = []) {
  const registries = await registriesOf(layers);
  const advertises = (issuer: string) => advertising.some((name) => issuer === `https://${name}.example`);
  return registries.map((registry) => callbackPathOf(registry, registries, advertises));
}

const own = (digits: string) => `/callback/${digits}`;

test('a single issuer has /callback', async () => {
  expect(await pathsOf([['user', entry('a')]])).toEqual(['/callback']);
});

test('of the issuers that do not send iss, only the first has /callback', async () => {
  const paths = await pathsOf([['user', entry('a'), entry('b'), entry('c')]]);
  expect(paths[0]).toBe('/callback');
  expect(paths[1]).toMatch(/^\/callback\/[0-9a-f]{8}$/);
  expect(new Set(paths).size).toBe(3);
});

test('the path of its own is made of the issuer, by SHA-256', async () => {
  // printf 'https://b.example' | sha256sum
  expect((await pathsOf([['user', entry('a'), entry('b')]]))[1]).toBe(own('35b22c6c'));
});

test('issuers that send iss share /callback with the one that does not', async () => {
  expect(await pathsOf([['user', entry('a'), entry('b'), entry('c')]], ['a', 'c'])).toEqual([
    '/callback',
    '/callback',
    '/callback',
  ]);
});

test('the order is policy, ToolHive, user file', async () => {
  const registries = await registriesOf([
    ['user', entry('user')],
    ['policy-default', entry('policy')],
    ['toolhive', toolhiveFile('thv')],
  ]);
  expect(callbackClaims('/callback', registries)).toEqual(
    ['policy', 'thv', 'user'].map((name) => `https://${name}.example`),
  );
  const owner = (advertising: string[]) =>
    callbackPathOwner('/callback', registries, (issuer) => advertising.includes(issuer));
  expect(owner([])).toBe('https://policy.example');
  expect(owner(['https://policy.example'])).toBe('https://thv.example');
  expect(owner(['https://policy.example', 'https://thv.example', 'https://user.example'])).toBeUndefined();
});

test('all that come from policy may share, and nobody else with them', async () => {
  const paths = await pathsOf([
    ['policy-enforced', entry('a'), entry('b')],
    ['user', entry('c')],
    ['policy-default', entry('d')],
  ]);
  expect(paths).toEqual(['/callback', '/callback', expect.stringMatching(/^\/callback\/./), '/callback']);
});

test('a path that was written out is used, but two issuers cannot share that either', async () => {
  const paths = await pathsOf([['user', entry('a', '/signed-in'), entry('b', '/signed-in'), entry('c')]]);
  expect(paths).toEqual(['/signed-in', expect.stringMatching(/^\/callback\/./), '/callback']);
});

test('a registry without OAuth has none', async () => {
  expect(await pathsOf([['user', '{id: x, url: "https://x.example"}']])).toEqual([undefined]);
});
