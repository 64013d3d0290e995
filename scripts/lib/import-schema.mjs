import { build } from 'esbuild';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../src/main/config');

/** The modules of the app are TypeScript; this makes one JavaScript module of what `contents` exports. */
export async function importSchema(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
