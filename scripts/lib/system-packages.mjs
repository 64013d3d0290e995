import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/** Whether a program of one of these names is on the PATH. */
export const isOnPath = (...names) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => names.some((name) => existsSync(join(folder, name))));

/** What the tests and the stand-in need beside Node, with the Debian package that holds it. */
export const needs = {
  chromium: {
    has: () => isOnPath('chromium', 'chromium-browser', 'google-chrome'),
    packages: ['chromium', 'fonts-dejavu-core', 'fonts-liberation'],
  },
  keyring: {
    has: () => isOnPath('gnome-keyring-daemon') && isOnPath('dbus-run-session'),
    packages: ['gnome-keyring', 'dbus', 'libsecret-1-0'],
  },
  // With the flavour of dbconfig-common named, since the first one apt would choose needs a database server.
  glewlwyd: {
    has: () => isOnPath('glewlwyd') && isOnPath('sqlite3'),
    packages: ['glewlwyd', 'dbconfig-sqlite3', 'sqlite3'],
  },
  // As a person at a shell asks the gateway.
  curl: { has: () => isOnPath('curl'), packages: ['curl'] },
  display: { has: () => isOnPath('xvfb-run') && isOnPath('xauth'), packages: ['xvfb', 'xauth'] },
};

/** Whether packages can be installed from here: as root on a Debian-like system, as CI is. */
export const canInstall = () => process.getuid?.() === 0 && isOnPath('apt-get');

/**
 * Installs what is missing of `wanted` where that is possible (root on a Debian-like system), else says what to install.
 * @param {readonly (keyof typeof needs)[]} wanted
 * @returns {Promise<boolean>} whether everything is there now
 */
export async function ensureSystemPackages(...wanted) {
  const missing = wanted.filter((name) => !needs[name].has());
  if (missing.length === 0) return true;
  const packages = missing.flatMap((name) => needs[name].packages);
  if (!canInstall()) {
    console.error(
      `Missing on this machine: ${packages.join(' ')}. Install them with your package manager, e.g.`,
    );
    console.error(`  sudo apt-get install --no-install-recommends ${packages.join(' ')}`);
    return false;
  }
  console.log(`Installing ${packages.join(' ')} with apt-get …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  await run('apt-get', ['update', '-qq'], quiet);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
  return missing.every((name) => needs[name].has());
}
