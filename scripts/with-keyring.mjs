// Runs a command beside a real keychain of its own: a private D-Bus session with an unlocked gnome-keyring.
//   node scripts/with-keyring.mjs [--home=DIR] COMMAND [ARGUMENT…]
// The keyring lives in a temporary folder and goes with it; with --home=DIR it stays in DIR for the next run. Ends with
// the command's exit code and passes signals on. The command finds the keyring's password in GATEPASS_KEYRING_PASSWORD.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { isOnPath } from './lib/system-packages.mjs';

/** `EX_UNAVAILABLE` of sysexits.h: something this needs is not installed. */
const unavailable = 69;
const readyWithinMs = 10_000;
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const password = 'gatepass-test-keyring';

/** Runs a program to its end with our input and output; resolves with its exit code, 128 + n for signal n. */
function run(program, args, env) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    for (const signal of forwarded) process.on(signal, () => child.kill(signal));
    child.once('error', (error) => {
      console.error(`${program}: ${error.message}`);
      done(127);
    });
    child.once('close', (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
}

/** A session bus of our own. @returns the process and its address */
async function startBus(env) {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env,
  });
  for await (const address of createInterface(bus.stdout)) return { bus, address };
  return { bus, address: undefined };
}

/** Asks something on the bus; the empty text if that fails. */
function ask(env, ...args) {
  const options = { encoding: 'utf8', timeout: 5_000, env };
  return spawnSync('dbus-send', ['--session', '--print-reply', ...args], options).stdout ?? '';
}

/**
 * Whether the Secret Service has an unlocked default collection: before that, reading says "no such entry". Asks the bus
 * first who is there, because a question to the service itself would start a second, locked one.
 */
function isReady(env) {
  const name = 'org.freedesktop.secrets';
  const bus = ['--dest=org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner'];
  if (!ask(env, ...bus, `string:${name}`).includes('boolean true')) return false;
  const service = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.ReadAlias', 'string:default'];
  const path = /object path "(\/org\/.+)"/.exec(ask(env, `--dest=${name}`, ...service))?.[1];
  if (path === undefined) return false;
  const locked = [
    'org.freedesktop.DBus.Properties.Get',
    'string:org.freedesktop.Secret.Collection',
    'string:Locked',
  ];
  return ask(env, `--dest=${name}`, path, ...locked).includes('boolean false');
}

async function startKeyring(env) {
  const options = ['--foreground', '--unlock', '--components=secrets'];
  const keyring = spawn(
    'gnome-keyring-daemon',
    [...options, `--control-directory=${env.GNOME_KEYRING_CONTROL}`],
    { stdio: ['pipe', 'ignore', 'ignore'], env },
  );
  keyring.stdin.end(password);
  const until = Date.now() + readyWithinMs;
  let isUp = isReady(env);
  while (!isUp && Date.now() < until && keyring.exitCode === null) {
    await new Promise((done) => setTimeout(done, 50));
    isUp = isReady(env);
  }
  return { keyring, isUp };
}

/** Runs the command with the keyring in `data`; everything else is in `temporary`. */
async function runBeside(data, temporary, [program, ...args]) {
  const control = join(temporary, 'control');
  for (const folder of [data, control]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = { XDG_DATA_HOME: data, GNOME_KEYRING_CONTROL: control, GATEPASS_KEYRING_PASSWORD: password };
  const env = { ...process.env, ...own };
  const { bus, address } = await startBus(env);
  try {
    env.DBUS_SESSION_BUS_ADDRESS = address;
    const { keyring, isUp } = address === undefined ? {} : await startKeyring(env);
    if (!isUp) console.error('The session bus or gnome-keyring-daemon did not come up.');
    const code = isUp ? await run(program, args, env) : unavailable;
    keyring?.kill();
    return code;
  } finally {
    bus.kill();
  }
}

async function main(args) {
  const missing = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'].filter((name) => !isOnPath(name));
  if (process.platform !== 'linux') {
    console.error(
      'Only Linux has a keyring of its own for a command; run it itself to use this system’s keychain.',
    );
    return unavailable;
  }
  if (missing.length > 0) {
    console.error(`Missing on this machine: ${missing.join(', ')}. On Debian and Ubuntu:`);
    console.error('  sudo apt-get install gnome-keyring dbus libsecret-1-0');
    return unavailable;
  }
  const home = args[0]?.startsWith('--home=') ? resolve(args[0].slice('--home='.length)) : undefined;
  const command = home === undefined ? args : args.slice(1);
  if (command.length === 0) {
    console.error('Usage: node scripts/with-keyring.mjs [--home=DIR] COMMAND [ARGUMENT…]');
    return 64;
  }
  const temporary = mkdtempSync(join(tmpdir(), 'gatepass-keyring-'));
  try {
    return await runBeside(home ?? join(temporary, 'data'), temporary, command);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
