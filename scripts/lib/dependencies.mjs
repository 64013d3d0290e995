import { statSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root, run } from './run.mjs';

const tries = 3;

/** Installs the locked npm packages unless they are there and as new as the lock file. A mirror may need more than one try. */
export async function ensureDependencies() {
  const lock = modifiedAt('package-lock.json');
  if (modifiedAt('node_modules/.package-lock.json') >= lock) return;
  for (let attempt = 1; attempt <= tries; attempt++) {
    console.log(
      attempt === 1 ? 'Installing npm packages …' : `Installing npm packages, try ${attempt} of ${tries} …`,
    );
    const [program, args] = npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
    if ((await run(program, args)) === 0) return;
  }
  console.error('npm ci did not succeed; its messages above say why.');
  process.exit(1);
}

function modifiedAt(file) {
  return statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
