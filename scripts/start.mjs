// `npm start -- [--user-data-dir=DIR] [--remote-debugging-port=N] [--hidden]`: the app alone, set up first where needed.
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureHost, hostArguments } from './lib/host.mjs';
import { root, run } from './lib/run.mjs';

await ensureDependencies();
const host = await ensureHost();
await ensureBuilt();
process.exitCode = await run(host.executable, [...hostArguments(), root, ...process.argv.slice(2)], {
  // Where the person stands: npm itself goes to the folder of package.json.
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
