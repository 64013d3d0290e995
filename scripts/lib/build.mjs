import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { must, npm, root } from './run.mjs';

/** Builds main, preload and renderer unless `out/` is newer than everything it is made from. */
export async function ensureBuilt() {
  const [program, args] = npm('run', '--silent', 'build');
  if (isOlder('out/main/main.js', ['src', 'electron.vite.config.ts', 'package-lock.json']))
    await must(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Builds Electron's stand-in unless its executable is newer than its sources. */
export async function ensureStandInBuilt() {
  const [program, args] = npm('run', '--silent', 'build:stand-in');
  if (isOlder('e2e/electron-stand-in/dist/electron', ['e2e/electron-stand-in', 'package-lock.json']))
    await must(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

function isOlder(product, sources) {
  const built = modifiedAt(join(root, product));
  return sources.some((source) => newest(join(root, source)) > built);
}

function newest(path) {
  if (!statSync(path).isDirectory()) return modifiedAt(path);
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.split(/[\\/]/).includes('dist'))
    .reduce((latest, entry) => Math.max(latest, modifiedAt(join(entry.parentPath, entry.name))), 0);
}

const modifiedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
