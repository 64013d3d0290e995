import { readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '../../base/secret';
import { testProfile } from '../../vault/testing/test-vault';
import { aBearerRegistry } from '../testing/bearer';
import { StoredTokens } from './stored-tokens';

const acme = aBearerRegistry('https://mcp.acme.example');
const token = new Secret('canary-token');

/** The store as after a start of the app on this profile. */
async function openOn(profile: ReturnType<typeof testProfile>): Promise<StoredTokens> {
  const vault = await profile.open();
  return new StoredTokens((name) => vault.sealedFile(name));
}
const readIn = async (stored: StoredTokens, registry = acme) => (await stored.read(registry))?.token.reveal();

test('a token is there after a restart, and neither it nor a digest of it is readable on disk', async () => {
  const profile = testProfile();
  await (await openOn(profile)).write(acme, token);
  expect(await readIn(await openOn(profile))).toBe('canary-token');
  const files = readdirSync(profile.folder).filter((name) => name.startsWith('token-'));
  expect(files).toHaveLength(1);
  const text = readFileSync(join(profile.folder, files[0] ?? ''), 'latin1');
  expect(text).not.toContain('canary-token');
  expect(text).not.toContain(createHash('sha256').update('canary-token').digest('hex'));
});

test('a registry at another address, or of another name, does not get it', async () => {
  const stored = await openOn(testProfile());
  await stored.write(acme, token);
  for (const other of [
    { ...acme, url: 'https://mcp.evil.example' },
    { ...acme, url: `${acme.url}/finance` },
    { ...acme, id: 'other' },
    aBearerRegistry(acme.url, { tokenRef: 'acme' }),
  ])
    expect(await readIn(stored, other)).toBeUndefined();
});

test('entries that name the same token for the same address share it', async () => {
  const stored = await openOn(testProfile());
  await stored.write(aBearerRegistry(acme.url, { tokenRef: 'shared' }), token);
  const other = aBearerRegistry(acme.url, { tokenRef: 'shared' }, { id: 'other' });
  expect(await readIn(stored, other)).toBe('canary-token');
});

test('a removed one is gone, in memory and after a restart', async () => {
  const profile = testProfile();
  const stored = await openOn(profile);
  await stored.write(acme, token);
  void stored.read(acme);
  expect(await stored.remove(acme)).toEqual({ ok: true, value: undefined });
  expect(await readIn(stored)).toBeUndefined();
  expect(await readIn(await openOn(profile))).toBeUndefined();
});

test('where nothing can be sealed it is in memory only, says so, and the one before it does not come back', async () => {
  const profile = testProfile();
  await (await openOn(profile)).write(acme, new Secret('the-old-one'));
  profile.keychain.fails = 'STORE_LOCKED';
  const stored = await openOn(profile);
  await stored.write(acme, token);
  expect(await stored.read(acme)).toMatchObject({ notRemembered: { code: 'STORE_LOCKED' } });
  expect(await readIn(stored)).toBe('canary-token');
  profile.keychain.fails = undefined;
  expect(await readIn(await openOn(profile))).toBeUndefined();
});
