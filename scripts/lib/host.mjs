import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureStandInBuilt } from './build.mjs';
import { root, run } from './run.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const electronFolder = join(root, 'node_modules/electron');
const longestDownloadMs = 10 * 60_000;

/**
 * What the app runs on: Electron, or, where its binary cannot be had, the stand-in. `E2E_HOST` decides when set.
 * @returns {Promise<{ kind: 'electron' | 'stand-in', executable: string }>}
 */
export async function ensureHost() {
  if (process.env.E2E_HOST !== 'stand-in') {
    const executable = await ensureElectron();
    if (executable !== undefined) return { kind: 'electron', executable };
    if (process.env.E2E_HOST === 'electron') {
      console.error("E2E_HOST=electron, but Electron's binary is not installed and could not be downloaded.");
      process.exit(1);
    }
    console.log(
      "Electron's binary could not be downloaded here: using the stand-in (Node and Chromium) instead.",
    );
  }
  if (!(await ensureSystemPackages('chromium'))) process.exit(1);
  await ensureStandInBuilt();
  return { kind: 'stand-in', executable: join(root, 'e2e/electron-stand-in/dist/electron') };
}

async function ensureElectron() {
  if (installedElectron() === undefined) {
    console.log("Looking for Electron's binary …");
    const silent = { stdio: 'ignore', timeoutMs: longestDownloadMs };
    await run(process.execPath, [join(electronFolder, 'install.js')], silent);
  }
  return installedElectron();
}

function installedElectron() {
  const pathFile = join(electronFolder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const executable = join(electronFolder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? executable : undefined;
}

/** Arguments a host needs on this machine: Chromium's sandbox refuses to start as root. */
export const hostArguments = () =>
  process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
