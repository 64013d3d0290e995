import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface PortHolder {
  readonly pid: number;
  readonly name: string;
}

const run = promisify(execFile);
const longestMs = 4_000;

/** The program that listens on a TCP port of this computer; undefined where the system does not tell this account. */
export async function portHolder(
  port: number,
  platform: NodeJS.Platform = process.platform,
): Promise<PortHolder | undefined> {
  try {
    if (platform === 'linux') return await holderInProc(port);
    if (platform === 'win32') return await holderOnWindows(port);
    const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
      timeout: longestMs,
    });
    return holderInLsof(stdout);
  } catch {
    return undefined;
  }
}

/** `/proc/net/tcp` names the socket's inode, a folder of a process the same inode (proc(5)). */
async function holderInProc(port: number): Promise<PortHolder | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const sockets = new Set(
    tables.flatMap((table) => listeningInodes(table, port)).map((inode) => `socket:[${inode}]`),
  );
  if (sockets.size === 0) return undefined;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    // Those of other accounts are closed to us.
    const open = await readdir(`/proc/${pid}/fd`).catch(() => []);
    const links = await Promise.all(open.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
    if (!links.some((link) => sockets.has(link))) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    return { pid: Number(pid), name: name.trim() };
  }
  return undefined;
}

const listening = '0A';

/** Inodes of the sockets that listen on a port, from the text of `/proc/net/tcp` or `tcp6`. */
export function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return local.endsWith(suffix) && state === listening && inode !== undefined ? [inode] : [];
  });
}

/** From `lsof -Fpc`: a line `p1234`, then a line `cname`. */
export function holderInLsof(output: string): PortHolder | undefined {
  const [, pid, name] = /^p(\d+)\nc(.*)$/m.exec(output) ?? [];
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name };
}

async function holderOnWindows(port: number): Promise<PortHolder | undefined> {
  const options = { timeout: longestMs, windowsHide: true };
  const connections = await run('netstat', ['-ano', '-p', 'TCP'], options);
  const pid = pidInNetstat(connections.stdout, port);
  if (pid === undefined) return undefined;
  const tasks = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], options);
  return { pid, name: /^"([^"]*)"/.exec(tasks.stdout)?.[1] ?? '' };
}

/** A listening line of `netstat -ano` ends in the process id; its words are translated, its zero port is not. */
export function pidInNetstat(output: string, port: number): number | undefined {
  for (const line of output.split('\n')) {
    const [protocol, local = '', remote = '', , pid] = line.trim().split(/\s+/);
    if (protocol === 'TCP' && local.endsWith(`:${port}`) && remote.endsWith(':0')) return Number(pid);
  }
  return undefined;
}
