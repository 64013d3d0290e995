import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** What a module names in `import … from` and `export … from` is loaded before it; types and `import()` are not. */
const namedSources = (text: string): string[] =>
  [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm)].map(([, source]) => source ?? '');

const moduleAt = (path: string) => (existsSync(`${path}.ts`) ? `${path}.ts` : join(path, 'index.ts'));

/** Every module that has to be loaded before the first line of `file` runs, and what is no module of ours. */
function loadedBefore(file: string, seen = new Set<string>()): ReadonlySet<string> {
  for (const source of namedSources(readFileSync(file, 'utf8'))) {
    const found = source.startsWith('.') ? moduleAt(join(dirname(file), source)) : source;
    if (seen.has(found)) continue;
    seen.add(found);
    if (source.startsWith('.')) loadedBefore(found, seen);
  }
  return seen;
}

const main = join(import.meta.dirname, 'main.ts');

it('opens the window before any library is loaded', () => {
  const loaded = [...loadedBefore(main)];
  expect(loaded).toContain(join(import.meta.dirname, 'desktop/main-window.ts'));
  const libraries = loaded.filter((one) => !one.endsWith('.ts') && !one.startsWith('node:'));
  expect(libraries).toEqual(['electron']);
});

it('loads a handful of modules before the window, not the app', () => {
  const own = [...loadedBefore(main)].filter((one) => one.endsWith('.ts'));
  expect(own.length).toBeLessThan(10);
  expect(loadedBefore(join(import.meta.dirname, 'start.ts')).size).toBeGreaterThan(100);
});
