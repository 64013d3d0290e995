import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * What stands on both sides of a gateway, each in a process of its own, so that a contestant's process does nothing but
 * pass on: a registry with ready answers, and programs that ask.
 */

export const listPath = '/v0.1/servers';
export const bigListPath = '/v0.1/servers?big';

const entry = {
  server: { name: 'example/server', description: 'x'.repeat(200), version: '1.0.0' },
};
const page = (count: number): Buffer =>
  Buffer.from(JSON.stringify({ servers: Array.from({ length: count }, () => entry), metadata: { count } }));

/** A registry that answers a page of a hundred servers, or a list of about 10 MB. */
export async function startRegistryProcess(): Promise<void> {
  const [small, big] = [page(100), page(38_000)];
  const server = createServer((request, response) => {
    const body = request.url?.endsWith('?big') === true ? big : small;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  process.once('disconnect', () => process.exit(0));
}

/** What a program asks, `callers` at once, `requests` in all. */
export interface Load {
  readonly url: string;
  readonly token: string;
  readonly callers: number;
  readonly requests: number;
}

/** Asks, and tells its parent how long each request took, in milliseconds, and all of them together. */
export async function runLoad({ url, token, callers, requests }: Load): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent, headers }, (answer: IncomingMessage) => {
        if (answer.statusCode !== 200) reject(new Error(`answered ${answer.statusCode}`));
        answer.on('error', reject).on('end', resolve).resume();
      }).on('error', reject);
    });
  for (let warmUp = 0; warmUp < Math.min(requests, 100); warmUp++) await ask();
  const each: number[] = [];
  let left = requests;
  const caller = async () => {
    while (left-- > 0) {
      const startedAt = performance.now();
      await ask();
      each.push(performance.now() - startedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  const all = performance.now() - startedAt;
  process.send?.({ each, all });
  process.once('disconnect', () => process.exit(0));
}
