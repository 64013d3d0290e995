import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** Sends bytes exactly as given and returns everything that comes back until the other side closes. */
export function sendRaw(port: number, bytes: string | Uint8Array, host = '127.0.0.1'): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(answer);
    });
  });
}

/** A GET as browsers send it, with its `Host`; more header lines can be added, or the host replaced. */
export function get(
  port: number,
  target: string,
  more: readonly string[] = [],
  host = `127.0.0.1:${port}`,
): string {
  const hostLine = host === '' ? [] : [`Host: ${host}`];
  return [`GET ${target} HTTP/1.1`, ...hostLine, ...more, '', ''].join('\r\n');
}

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

/** An open connection on which nothing is said. */
export function openIdle(port: number, host = '127.0.0.1'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => {
      resolve(socket);
    });
    socket.on('error', reject);
  });
}
