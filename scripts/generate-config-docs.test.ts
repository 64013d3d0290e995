import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { oauthSchema, registrySchema, settingKeys } from '../src/main/config/schema';
import { readText } from '../src/main/config/testing/read-text';

const here = import.meta.dirname;
const page = () => readFile(resolve(here, '../docs/configuration.md'), 'utf8');

test('docs/configuration.md is what the schema says today', { timeout: 30_000 }, async () => {
  const script = resolve(here, 'generate-config-docs.mjs');
  await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({
    stderr: '',
  });
});

test('it describes every key', async () => {
  const text = await page();
  const keys = [...Object.keys(registrySchema.shape), ...Object.keys(oauthSchema.shape), ...settingKeys];
  for (const key of keys) expect(text).toMatch(new RegExp(`\\| \`${key}\` +\\|.*\\| [^|]{10,}\\|\n`));
});

test('its example is valid', async () => {
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(await page()) ?? [];
  const { registries, problems } = await readText(example);
  expect(problems).toEqual([]);
  expect(registries).toMatchObject([{ auth: { type: 'oauth' } }]);
});
