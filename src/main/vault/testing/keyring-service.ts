import { spawnSync } from 'node:child_process';

/**
 * The real gnome-keyring that scripts/with-keyring.mjs started, to be locked, stopped, killed and brought back. `env` is
 * the environment of the command that runs beside it; this process's own if it is that command.
 */

const name = 'org.freedesktop.secrets';

function dbusSend(env: NodeJS.ProcessEnv, destination: string, ...args: string[]): string {
  const all = ['--session', '--print-reply', `--dest=${destination}`, ...args];
  return spawnSync('dbus-send', all, { encoding: 'utf8', timeout: 5_000, env }).stdout;
}

/** Locks the default collection, as a screen lock or a person may. */
export function lockKeyring(env = process.env): void {
  const path = '/org/freedesktop/secrets';
  const reply = dbusSend(env, name, path, 'org.freedesktop.Secret.Service.ReadAlias', 'string:default');
  const collection = /object path "(\/org\/.+)"/.exec(reply)?.[1];
  if (collection === undefined) throw new Error('The keyring has no default collection.');
  dbusSend(env, name, path, 'org.freedesktop.Secret.Service.Lock', `array:objpath:${collection}`);
}

/** Unlocks the keyring with its password, starting the daemon anew. */
export function unlockKeyring(env = process.env): void {
  const password = env['GATEPASS_KEYRING_PASSWORD'];
  if (password === undefined) throw new Error('Run this under scripts/with-keyring.mjs.');
  const args = ['--replace', '--unlock', '--components=secrets'];
  spawnSync('gnome-keyring-daemon', args, { input: password, timeout: 10_000, env });
}

/** Sends a signal to whichever process is the Secret Service. */
export function signalKeyring(signal: NodeJS.Signals, env = process.env): void {
  const bus = ['/org/freedesktop/DBus', 'org.freedesktop.DBus.GetConnectionUnixProcessID', `string:${name}`];
  const pid = /uint32 (\d+)/.exec(dbusSend(env, 'org.freedesktop.DBus', ...bus))?.[1];
  if (pid === undefined) throw new Error('No Secret Service is running.');
  process.kill(Number(pid), signal);
}
