import { build } from 'esbuild';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const bundles = new Map<string, Promise<string>>();

/** Makes a plain script of a TypeScript entry, for tests that need a process of their own to kill. @returns its path */
export function bundleForNode(entry: string): Promise<string> {
  const known = bundles.get(entry) ?? bundle(entry);
  bundles.set(entry, known);
  return known;
}

async function bundle(entry: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gatepass-bundle-'));
  const outfile = join(folder, `${basename(entry, '.ts')}.cjs`);
  const define = { 'import.meta.url': '__filename' };
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define,
    logLevel: 'error',
  });
  return outfile;
}
