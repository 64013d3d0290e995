import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program with our own input and output, passing signals on, and resolves with its exit code
 * (128 + signal number where a signal ended it; 127 where it does not exist).
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeoutMs?: number }} [options]
 * @returns {Promise<number>}
 */
export function run(program, args, { timeoutMs, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    for (const signal of forwarded) process.on(signal, pass);
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const finish = (code) => {
      clearTimeout(timer);
      for (const signal of forwarded) process.off(signal, pass);
      resolve(code);
    };
    child.once('error', () => finish(127));
    child.once('close', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** Runs a program and ends this one with its exit code unless that is 0. */
export async function must(program, args, options) {
  const code = await run(program, args, options);
  if (code !== 0) {
    console.error(`\n${program} ${args.join(' ')} ended with ${code}.`);
    process.exit(code);
  }
}

/** npm's own program, as a script for `node`: on Windows `npm` is a batch file that cannot be spawned. */
export const npm = (...args) =>
  process.env.npm_execpath === undefined
    ? ['npm', args]
    : [process.execPath, [process.env.npm_execpath, ...args]];
