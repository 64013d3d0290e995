import { createServer as createHttpServer, get } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { CheckOutcome } from '../../../contract/self-test';
import { failure, plainText } from '../../base/failure';
import { SerialQueue } from '../../base/serial-queue';
import { fact, passed, refused } from './check';
import type { PortHolder } from './port-holder';

/** Two that take the same port at once would find each other. */
const turns = new SerialQueue();

type CallbackHost = '127.0.0.1' | 'localhost';

/**
 * Whether the port that the browser returns to is free on both addresses of this computer, by taking it for a moment. Held
 * by this very program it is fine: a sign-in is running.
 */
export async function checkCallbackPort(
  port: number,
  holderOf: (port: number) => Promise<PortHolder | undefined>,
): Promise<CheckOutcome> {
  const tried = `127.0.0.1:${port}, [::1]:${port}`;
  const taken = await turns.run(
    String(port),
    async () => (await isTaken('127.0.0.1', port)) || (await isTaken('::1', port)),
  );
  if (!taken) return passed({ tried });
  const holder = await holderOf(port);
  const facts =
    holder === undefined ? [] : [fact('port-holder', `${plainText(holder.name)} (${holder.pid})`)];
  return holder?.pid === process.pid
    ? passed({ tried, facts })
    : refused(failure('LOGIN_PORT_BUSY', { port }), { tried, facts });
}

async function isTaken(host: string, port: number): Promise<boolean> {
  try {
    const server = await listenOn(host, port);
    await closed(server);
    return false;
  } catch (error) {
    // A computer without the IPv6 loopback cannot have it taken.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT';
  }
}

/** Whether a program of this computer can reach this one over the loopback, as the browser has to after a sign-in. */
export async function checkLoopback(
  host: CallbackHost,
  signal: AbortSignal,
  dial: (host: CallbackHost, port: number, signal: AbortSignal) => Promise<string> = ask,
): Promise<CheckOutcome> {
  const answer = 'gatepass';
  const server = createHttpServer((_request, response) => {
    response.writeHead(200, { connection: 'close' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const tried = `http://${host}:${port}`;
  const heard = await dial(host, port, signal).catch(() => undefined);
  await closed(server);
  return heard === answer
    ? passed({ tried })
    : refused(failure('CHECK_LOOPBACK_BLOCKED', { host: `${host}:${port}` }), { tried });
}

/** Straight, whatever proxy there is: so does the browser. */
function ask(host: CallbackHost, port: number, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host, port, agent: false, family: 4, signal }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece.slice(0, 100)));
      response.on('end', () => {
        resolve(text);
      });
      response.on('error', reject);
    }).on('error', reject);
  });
}

function listenOn(host: string, port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      resolve(server);
    });
  });
}

const closed = (server: Pick<Server, 'close'>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
