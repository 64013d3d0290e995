import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GlewlwydAccount } from './account';
import { configure } from './admin';
import { modules, program, schema, sqlite } from './installed';

export interface Glewlwyd {
  readonly issuer: string;
  /** Plays the browser and Alice in it: login page, consent page, back to the app. */
  finishSignIn(authorizeUrl: string): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  readonly port: number;
  readonly clientId: string;
  /** The one address the client may send its answers to. */
  readonly redirectUri: string;
}

const alice = { username: 'alice', password: 'correct horse', email: 'alice@acme.example' };
const longestStartMs = 20_000;

/** A real Glewlwyd on loopback with a SQLite database of its own, set up for one public client. */
export async function startGlewlwyd({ port, clientId, redirectUri }: Options): Promise<Glewlwyd> {
  const folder = mkdtempSync(join(tmpdir(), 'glewlwyd-'));
  const origin = `http://127.0.0.1:${port}`;
  const issuer = `${origin}/api/oidc`;
  execFileSync(sqlite, [join(folder, 'glewlwyd.db')], { input: readFileSync(schema) });
  writeFileSync(join(folder, 'glewlwyd.conf'), configurationFile(folder, port));
  const log = openSync(join(folder, 'glewlwyd.log'), 'w');
  const server = spawn(program, ['-c', join(folder, 'glewlwyd.conf')], { stdio: ['ignore', log, log] });
  const close = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGKILL');
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answers(`${origin}/config/`, server);
    await configure({ origin, issuer, person: alice, clientId, redirectUri });
  } catch (error) {
    const said = readFileSync(join(folder, 'glewlwyd.log'), 'utf8').slice(-2_000);
    await close();
    throw new Error(`Glewlwyd did not start. It said:\n${said}`, { cause: error });
  }
  return { issuer, finishSignIn: (url) => finishSignIn(origin, url), close };
}

async function finishSignIn(origin: string, authorizeUrl: string): Promise<void> {
  const browser = new GlewlwydAccount(origin);
  const { client_id: clientId = '', scope = '' } = Object.fromEntries(new URL(authorizeUrl).searchParams);
  const loginPage = await browser.redirectOf(authorizeUrl);
  await browser.signIn(alice);
  await browser.consent(clientId, scope);
  // The page's script goes back with this mark, which says that the person has pressed "Continue".
  const back = `${loginPage.searchParams.get('callback_url') ?? ''}&g_continue`;
  await fetch(await browser.redirectOf(back));
}

function configurationFile(folder: string, port: number): string {
  const settings = {
    bind_address: '127.0.0.1',
    external_url: `http://127.0.0.1:${port}`,
    login_url: 'login.html',
    api_prefix: 'api',
    log_mode: 'console',
    log_level: 'WARNING',
    session_key: 'GLEWLWYD2_SESSION_ID',
    admin_scope: 'g_admin',
    profile_scope: 'g_profile',
    user_module_path: `${modules}/user`,
    client_module_path: `${modules}/client`,
    user_auth_scheme_module_path: `${modules}/scheme`,
    plugin_module_path: `${modules}/plugin`,
    hash_algorithm: 'SHA512',
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key}="${value}"`);
  const database = `database = { type = "sqlite3" path = "${join(folder, 'glewlwyd.db')}" };`;
  return [`port=${port}`, ...lines, database, ''].join('\n');
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  const until = Date.now() + longestStartMs;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`It ended with ${server.exitCode}`);
    const answer = await fetch(url).catch((error: unknown) => error);
    if (answer instanceof Response) return;
    if (Date.now() > until) throw new Error(`${url} did not answer`, { cause: answer });
    await delay(50);
  }
}
