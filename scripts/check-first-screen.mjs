// Weighs what the window loads before it draws for the first time, against scripts/first-screen-budget.json.
// Needs a build in out/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureFirstScreen } from './lib/first-screen.mjs';
import { root } from './lib/run.mjs';

const budget = JSON.parse(readFileSync(join(root, 'scripts/first-screen-budget.json'), 'utf8'));
const { files, total, faults } = measureFirstScreen(join(root, 'out/renderer'), budget);
for (const { name, bytes } of files) console.log(`${String(bytes).padStart(8)}  ${name}`);
console.log(`${String(total).padStart(8)}  of ${budget.gzipBytes} bytes, gzip: the first screen`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
