import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { adml, admx } from './lib/enterprise/admx.mjs';
import { jsonSchemas } from './lib/enterprise/json-schemas.mjs';
import { manifest, mobileconfig } from './lib/enterprise/property-lists.mjs';
import { samplePolicy } from './lib/enterprise/sample-policy.mjs';
import { policySettings } from './lib/enterprise/settings.mjs';
import { importSchema } from './lib/import-schema.mjs';

// Writes docs/enterprise/ from the schema of the configuration. With `--check` it only compares.
const folder = resolve(import.meta.dirname, '../docs/enterprise');

const schema = await importSchema("export { z } from 'zod'; export * from './schema';");
const settings = policySettings(schema);
const schemas = jsonSchemas(schema);

const files = {
  'policy.yaml': samplePolicy(settings),
  'policy.schema.json': JSON.stringify(schemas.policy),
  'config.schema.json': JSON.stringify(schemas.config),
  'windows/gatepass.admx': admx(settings),
  'windows/en-US/gatepass.adml': adml(settings),
  'macos/gatepass.mobileconfig': mobileconfig(),
  'macos/app.gatepass.desktop.plist': manifest(settings),
};

let isCurrent = true;
for (const [name, text] of Object.entries(files)) {
  const target = resolve(folder, name);
  const isFormatted = /\.(json|yaml)$/.test(name);
  const wanted = isFormatted
    ? await format(text, { ...(await resolveConfig(target)), filepath: target })
    : text;
  if (process.argv.includes('--check')) {
    const present = await readFile(target, 'utf8').catch(() => '');
    if (present !== wanted) {
      console.error(`docs/enterprise/${name} is not current: run npm run docs:enterprise`);
      isCurrent = false;
    }
  } else {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, wanted);
  }
}
if (!isCurrent) process.exitCode = 1;
