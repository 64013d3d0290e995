// `npm run bench`: every measurement that this machine can run, printed as tables; see docs/performance.md.
// `--rows=refresh,cold` runs those whose names begin so, `--rounds=N` so often, `--write` renews docs/performance/.
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureHost } from './lib/host.mjs';
import { root, run } from './lib/run.mjs';

await ensureDependencies();
await ensureHost();
await ensureBuilt();

const folder = join(root, 'dist/bench');
const { build } = await import('esbuild');
await build({
  entryPoints: [join(root, 'bench/run.ts'), join(root, 'bench/child.ts')],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'error',
});
const { build: buildPage } = await import('vite');
await buildPage({ configFile: join(root, 'bench/page/vite.config.ts') });
const order = JSON.stringify({ root, args: process.argv.slice(2) });
process.exitCode = await run(process.execPath, [join(folder, 'run.mjs'), order]);
