// `npm run demo`: a whole company on this computer (an identity provider and two registries) and the app, signed out.
// Further arguments go to the app, as with `npm start`. State lives in .demo/; delete that folder to begin anew.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureHost, hostArguments } from './lib/host.mjs';
import { root, run } from './lib/run.mjs';
import { ensureSystemPackages } from './lib/system-packages.mjs';

await ensureDependencies();
const host = await ensureHost();
await ensureBuilt();

const folder = join(root, '.demo');
const args = process.argv.slice(2);
const userDataSwitch = '--user-data-dir=';
const given = args.findLast((arg) => arg.startsWith(userDataSwitch))?.slice(userDataSwitch.length);
const userDataFolder = given ? resolve(given) : join(folder, 'profile');

const { startDemo } = await loadServers();
const demo = await startDemo(join(folder, 'company'), userDataFolder).catch((error) => {
  console.error(`The demo's servers could not start: ${error.message}`);
  process.exit(1);
});
console.log(
  ['', 'The demo company is running on this computer:', ...demo.lines.map((line) => `  ${line}`), ''].join(
    '\n',
  ),
);

const app = [...hostArguments(), root, ...args, `${userDataSwitch}${userDataFolder}`];
process.exitCode = (await hasKeychain())
  ? await run(host.executable, app)
  : await run(process.execPath, [
      'scripts/with-keyring.mjs',
      `--home=${join(folder, 'keyring')}`,
      host.executable,
      ...app,
    ]);
await demo.close();

/** A Linux machine without a desktop session has no keychain; the demo then brings its own, or does without. */
async function hasKeychain() {
  if (process.platform !== 'linux' || process.env.DBUS_SESSION_BUS_ADDRESS) return true;
  if (await ensureSystemPackages('keyring')) return false;
  console.error('Without a keychain the demo cannot remember sign-ins after it quits.');
  return true;
}

/** The servers are TypeScript, shared with the tests; Node 20 runs JavaScript only. */
async function loadServers() {
  const { build } = await import('esbuild');
  const outfile = join(folder, 'servers.mjs');
  await build({
    entryPoints: [join(root, 'e2e/demo/start-demo.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
