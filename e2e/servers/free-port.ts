import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems lend to outgoing connections (Linux from 32768 on, macOS and Windows from 49152 on): a port
 * that is free here stays so until the test uses it, also while a hundred other tests open connections.
 */
const lowest = 12_000;
const blocks = 20;
const blockSize = 1_000;

/** Whoever runs at the same time has another thousand: what is free for two at once is taken by one of them first. */
function ownBlock(): number {
  const { TEST_PARALLEL_INDEX: playwrightWorker, VITEST_POOL_ID: vitestWorker } = process.env;
  if (playwrightWorker !== undefined) return Number(playwrightWorker) % (blocks / 2);
  return vitestWorker === undefined ? randomInt(blocks) : blocks / 2 + (Number(vitestWorker) % (blocks / 2));
}

const first = lowest + ownBlock() * blockSize;
let next = randomInt(blockSize);

/** A port of 127.0.0.1 that nothing uses, another one each time. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < 100; tried++) {
    const port = first + (next++ % blockSize);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port from ${first} to ${first + blockSize - 1}`);
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
