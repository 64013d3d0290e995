import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems lend to outgoing connections (Linux from 32768 on, macOS and Windows from 49152 on): a port
 * that is free here stays so until the test uses it, also while a hundred other tests open connections.
 */
const lowest = 12_000;
const count = 20_000;
let next = randomInt(count);

/** A port of 127.0.0.1 that nothing uses, another one each time. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < 100; tried++) {
    const port = lowest + (next++ % count);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port from ${lowest} to ${lowest + count - 1}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
