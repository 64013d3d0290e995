import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** The oldest Chromium the stand-in is known to drive; the version Electron 45 is built from is newer. */
export const MINIMUM_CHROMIUM_MAJOR = 130;

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/**
 * The Chromium to drive: STAND_IN_CHROMIUM, else the distribution's. Throws one paragraph that says what to do
 * when there is none.
 */
export function findChromium(
  env: Readonly<Partial<Record<string, string>>>,
  places: readonly string[] = PLACES,
): string {
  const named = env['STAND_IN_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (fs.existsSync(named)) return named;
    throw new Error(`[electron stand-in] STAND_IN_CHROMIUM names ${named}, which does not exist.`);
  }
  const found = places.find((place) => fs.existsSync(place));
  if (found !== undefined) return found;
  throw new Error(
    `[electron stand-in] The app waits for a window system, which the stand-in takes from Chromium, and no Chromium ` +
      `was found (looked at ${places.join(', ')}). Install it with "apt-get install chromium", or name one in ` +
      `STAND_IN_CHROMIUM.`,
  );
}

/** Reads "Chromium 156.0.8078.79 …" or "Chrome/156.0.8078.79"; undefined when there is no version in it. */
export function majorVersion(text: string): number | undefined {
  const match = /(\d+)\.\d+\.\d+\.\d+/.exec(text);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** Throws one paragraph when the running browser's version (`Browser.getVersion`'s product) is too old. */
export function requireRecentChromium(product: string, executable: string): void {
  const major = majorVersion(product);
  if (major !== undefined && major >= MINIMUM_CHROMIUM_MAJOR) return;
  throw new Error(
    `[electron stand-in] ${executable} is ${product === '' ? 'of unknown version' : product}; the stand-in needs ` +
      `Chromium ${MINIMUM_CHROMIUM_MAJOR} or newer. Update it with "apt-get install chromium", or name a newer one ` +
      `in STAND_IN_CHROMIUM.`,
  );
}

/** The version line a Chromium prints; used to explain a start that failed. Empty when it cannot even print that. */
export function versionLine(executable: string): string {
  try {
    return execFileSync(executable, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    }).trim();
  } catch {
    return '';
  }
}
