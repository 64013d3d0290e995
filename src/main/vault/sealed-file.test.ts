import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testProfile } from './testing/test-vault';

const text = '{"locks":"all of them"}';

test('a sealed text is found again after a restart, with the time it was written, and nothing of it is readable', async () => {
  const profile = testProfile();
  const vault = await profile.open();
  expect(await vault.sealedFile('policy').read()).toBeUndefined();
  const writtenAt = profile.clock.now();
  expect(await vault.sealedFile('policy').write(text)).toEqual({ ok: true, value: undefined });
  await profile.clock.advance(1000);
  expect(await (await profile.open()).sealedFile('policy').read()).toEqual({ text, writtenAt });
  expect(readFileSync(join(profile.folder, 'policy'), 'latin1')).not.toContain('all of them');
});

test('writing the same text again needs no key and keeps its time; another one replaces it', async () => {
  const profile = testProfile();
  await (await profile.open()).sealedFile('policy').write(text);
  const writtenAt = profile.clock.now();
  await profile.clock.advance(1000);
  profile.keychain.calls.length = 0;
  const vault = await profile.open();
  await vault.sealedFile('policy').write(text);
  expect(profile.keychain.calls).toEqual([]);
  expect(await vault.sealedFile('policy').read()).toEqual({ text, writtenAt });
  await vault.sealedFile('policy').write('other');
  expect(await vault.sealedFile('policy').read()).toEqual({ text: 'other', writtenAt: profile.clock.now() });
});

test('a text that was changed, cut, or put under another name is none', async () => {
  const profile = testProfile();
  const path = join(profile.folder, 'policy');
  await (await profile.open()).sealedFile('policy').write(text);
  const good = readFileSync(path, 'utf8');
  const [header = '', body = ''] = good.split('\n');
  const later = JSON.stringify({ ...(JSON.parse(header) as object), writtenAt: 1 });
  for (const bad of [`${later}\n${body}\n`, good.slice(0, -10), `${header}\n`, 'null', '']) {
    writeFileSync(path, bad);
    expect(await (await profile.open()).sealedFile('policy').read()).toBeUndefined();
  }
  writeFileSync(join(profile.folder, 'other'), good);
  expect(await (await profile.open()).sealedFile('other').read()).toBeUndefined();
});

test('a text that turned out to be damaged is sealed anew when it is written again', async () => {
  const profile = testProfile();
  const file = (await profile.open()).sealedFile('policy');
  await file.write(text);
  const path = join(profile.folder, 'policy');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(/\n.*\n$/, `\n${Buffer.alloc(60).toString('base64')}\n`),
  );
  expect(await file.read()).toBeUndefined();
  await file.write(text);
  expect(await file.read()).toMatchObject({ text });
});

test('without a keychain nothing is written', async () => {
  const profile = testProfile();
  profile.keychain.fails = 'STORE_UNAVAILABLE';
  const vault = await profile.open();
  expect(await vault.sealedFile('policy').write(text)).toMatchObject({ ok: false });
  expect(readdirSync(profile.folder)).not.toContain('policy');
});

test('what is removed is gone, also when it was just being written, and removing nothing is fine', async () => {
  const profile = testProfile();
  const file = (await profile.open()).sealedFile('policy');
  expect(await file.remove()).toEqual({ ok: true, value: undefined });
  void file.write(text);
  await file.remove();
  expect(readdirSync(profile.folder)).not.toContain('policy');
  expect(await file.read()).toBeUndefined();
});
