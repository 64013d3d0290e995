import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../../e2e/servers/free-port';
import { systemClock } from '../../src/main/base/clock';
import { CallbackListeners } from '../../src/main/identity';
import type { Row } from '../lib/contest';
import { milliseconds } from '../lib/sampling';

async function listening() {
  const port = await freePort();
  const redirectUri = `http://127.0.0.1:${port}/callback`;
  const expected = await new CallbackListeners(systemClock).expect({ redirectUri, state: 'expected' });
  if (!expected.ok) throw new Error(expected.failure.code);
  return { port, redirectUri, expectation: expected.value };
}

const idleSockets = (port: number): Promise<Socket[]> =>
  Promise.all(
    Array.from({ length: 200 }, () => {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      return new Promise<Socket>((resolve) => socket.once('connect', () => { resolve(socket); }));
    }),
  ); // prettier-ignore

async function shutDown(): Promise<number[]> {
  const samples: number[] = [];
  for (let run = 0; run < 10; run++) {
    const { port, expectation } = await listening();
    const sockets = await idleSockets(port);
    samples.push(
      await milliseconds(async () => {
        await expectation.release();
        const again = createServer();
        await new Promise<void>((resolve, reject) =>
          again.once('error', reject).listen(port, '127.0.0.1', resolve),
        );
        again.close();
      }),
    );
    for (const socket of sockets) socket.destroy();
  }
  return samples;
}

/** Until the real callback is answered, which is sent last of all. */
async function amongHostile(): Promise<number[]> {
  const samples: number[] = [];
  for (let run = 0; run < 5; run++) {
    const { redirectUri, expectation } = await listening();
    samples.push(
      await milliseconds(async () => {
        const hostile = Array.from({ length: 500 }, (_, index) =>
          fetch(`${redirectUri}?state=${index}&code=x`),
        );
        await fetch(`${redirectUri}?state=expected&code=real`);
        await expectation.response;
        const answers = await Promise.all(hostile);
        if (answers.some(({ status }) => status !== 400))
          throw new Error('A hostile request was not refused');
      }),
    );
    await expectation.release();
  }
  return samples;
}

export const listenerShutDown: Row = {
  id: 'listener-shut-down',
  task: '12. Callback listener: port free again with 200 idle sockets',
  unit: 'ms',
  floor: 'Gatepass',
  target: '< 100 ms',
  contestants: { Gatepass: shutDown },
};

export const listenerHostile: Row = {
  id: 'listener-hostile',
  task: '12. Callback listener: 500 hostile requests refused and the real one served',
  unit: 'ms',
  floor: 'Gatepass',
  target: '< 1 s, real callback served',
  contestants: { Gatepass: amongHostile },
};
