import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CdpConnection, ConnectionClosed } from './connection';
import { requireRecentChromium, versionLine } from './find-chromium';
import { guardChromium } from './guardian';

export interface LaunchOptions {
  readonly executable: string;
  /** Chromium's profile folder; created when missing. */
  readonly profile: string;
  readonly headless: boolean;
  /** For other programs (Playwright, a spec over CDP); the stand-in itself uses a pipe. */
  readonly debuggingPort: string | undefined;
  readonly userAgent: string;
  readonly extraArguments: readonly string[];
  /** Every line Chromium writes to its standard error. */
  onLine(line: string): void;
}

export interface LaunchedChromium {
  readonly connection: CdpConnection;
  readonly process: ChildProcess;
  /** "156.0.8078.79" */
  readonly version: string;
  readonly temporaryFolder: string;
}

/** Parts of a browser that an app's window does not have; the address bar's pop-ups alone double a start's cost. */
const DISABLED_FEATURES = [
  'AimEnabled',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'MediaRouter',
  'OmniboxAimPopup',
  'OmniboxPopupWebUI',
  'OptimizationHints',
  'SpareRendererForSitePerProcess',
  'Translate',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxPopup',
];

const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-popup-blocking',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-breakpad',
  '--disable-search-engine-choice-screen',
  `--disable-features=${DISABLED_FEATURES.join(',')}`,
  '--password-store=basic',
  '--force-color-profile=srgb',
  '--disable-infobars',
  '--test-type',
];

/** `--app=` gives the first window no tabs and no address bar; a window's end must not end the program. */
const REAL_WINDOW = ['--app=data:text/html,', '--keep-alive-for-test'];
const HEADLESS = ['--headless=new', '--no-startup-window', '--disable-gpu'];

/** Chromium's caches and certificate stores go beside its profile, never into the person's home. */
function chromiumEnvironment(profile: string, temporaryFolder: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TMPDIR: temporaryFolder,
    XDG_CONFIG_HOME: path.join(profile, 'xdg-config'),
    XDG_CACHE_HOME: path.join(profile, 'xdg-cache'),
    XDG_DATA_HOME: path.join(profile, 'xdg-data'),
  };
  delete env['NODE_OPTIONS'];
  return env;
}

function splitLines(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}

/** Kills Chromium and all its helpers; harmless when they are gone. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: the group has ended.
  }
}

/** Starts Chromium in its own process group, watched by the guardian, and waits until it answers. */
export async function launchChromium(options: LaunchOptions): Promise<LaunchedChromium> {
  fs.mkdirSync(options.profile, { recursive: true });
  const temporaryFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'stand-in-'));
  const child = spawn(
    options.executable,
    [
      ...(options.headless ? HEADLESS : REAL_WINDOW),
      ...QUIET,
      `--user-agent=${options.userAgent}`,
      `--user-data-dir=${options.profile}`,
      '--remote-debugging-pipe',
      ...(options.debuggingPort === undefined ? [] : [`--remote-debugging-port=${options.debuggingPort}`]),
      ...options.extraArguments,
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
      env: chromiumEnvironment(options.profile, temporaryFolder),
    },
  );
  if (child.pid !== undefined) guardChromium(child.pid, temporaryFolder);
  // Also when the host ends while Chromium is still starting.
  process.once('exit', () => {
    killGroup(child);
  });
  let tail: string[] = [];
  child.stderr?.on(
    'data',
    splitLines((line) => {
      tail = [...tail.slice(-19), line];
      options.onLine(line);
    }),
  );
  const [, , , output, input] = child.stdio;
  if (!output || !input || !('write' in output) || !('read' in input))
    throw new Error('Chromium has no pipes');
  const connection = new CdpConnection(output, input);
  const failure = new Promise<never>((_resolve, reject) => {
    child.once('error', (error) => {
      reject(new Error(`[electron stand-in] ${options.executable} could not be started: ${error.message}`));
    });
    child.once('exit', (code, signal) => {
      const why = [
        `[electron stand-in] ${options.executable} ended at once (${signal ?? `exit code ${String(code)}`}).`,
      ];
      const version = versionLine(options.executable);
      if (version !== '') why.push(`It says it is ${version}.`);
      reject(new Error([...why, ...tail].join('\n')));
    });
  });
  const version = connection.root.send('Browser.getVersion').catch((error: unknown) => {
    // Its pipe closed before its process ended; the end says why.
    if (error instanceof ConnectionClosed) return failure;
    throw error;
  });
  const answer = await Promise.race([version, failure]);
  failure.catch(() => {});
  requireRecentChromium(answer.product, options.executable);
  return { connection, process: child, version: answer.product.split('/')[1] ?? '', temporaryFolder };
}
