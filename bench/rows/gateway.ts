import { fork } from 'node:child_process';
import { systemClock } from '../../src/main/base/clock';
import { failed, success } from '../../src/main/base/failure';
import { Secret } from '../../src/main/base/secret';
import { openGateway } from '../../src/main/gateway/open-gateway';
import { RegistryClient } from '../../src/main/registry';
import { aBearerRegistry } from '../../src/main/registry/testing/bearer';
import { directNetwork } from '../../src/main/registry/testing/registries';
import type { Order } from '../child';
import type { Row } from '../lib/contest';
import { bigListPath, listPath, type Load } from '../lib/gateway-far-side';
import { median } from '../lib/statistics';
import { startPlainProxy } from '../peers/plain-proxy';

/** Base address of what is asked, and the token that it wants. */
interface Front {
  readonly url: string;
  readonly token: string;
}
type Open = (registry: string) => Promise<Front>;

const direct: Open = (registry) => Promise.resolve({ url: registry, token: 'token-of-the-registry' });
const plainProxy: Open = async (registry) => ({ url: await startPlainProxy(registry), token: 'none' });

async function gatepass(url: string): Promise<Front> {
  const registry = aBearerRegistry(url);
  const token = success(new Secret('token-of-the-registry'));
  const gateway = await openGateway(
    {
      registries: () => [registry],
      registry: (id) => (id === registry.id ? registry : undefined),
      authStatus: () => 'authenticated',
      sessions: {
        state: () => undefined,
        signIn: () => failed('OP_STALE'),
        signOut: () => Promise.resolve(failed('OP_STALE')),
        onChange: () => () => undefined,
      },
      client: new RegistryClient({
        network: directNetwork(),
        clock: systemClock,
        registry: () => registry,
        accessToken: () => Promise.resolve(token),
        judged: () => undefined,
      }),
      sessionControl: () => ({ isAllowed: false, isLocked: false }),
      askPerson: () => undefined,
      events: { record: () => undefined },
      version: '0.0.0',
    },
    0,
  );
  if (!gateway.ok) throw new Error(gateway.failure.code);
  return { url: `${gateway.value.url}/registry/acme`, token: gateway.value.token.reveal() };
}

/** Starts one of the processes beside the contestant and gives what it tells. */
function beside<T>(order: Order): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1] ?? '', [JSON.stringify(order)], { silent: true });
    let words = '';
    child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()));
    child.once('exit', (code) => {
      reject(new Error(`ended with ${code}: ${words.slice(-500)}`));
    });
    child.once('message', (message) => {
      resolve(message as T);
    });
  });
}

interface Times {
  readonly each: readonly number[];
  readonly all: number;
}

async function loaded(open: Open, load: Pick<Load, 'callers' | 'requests'>, path = listPath): Promise<Times> {
  const { url, token } = await open(await beside<string>({ kind: 'registry' }));
  return beside<Times>({ kind: 'load', load: { url: `${url}${path}`, token, ...load } });
}

const perSecond = (open: Open) => async () => {
  const requests = 2_000;
  const { all } = await loaded(open, { callers: 16, requests });
  return [(requests / all) * 1000];
};
const latency = (open: Open, share: number) => async () => {
  const { each } = await loaded(open, { callers: 1, requests: 1_000 });
  const sorted = [...each].sort((a, b) => a - b);
  return [sorted[Math.floor(sorted.length * share)] ?? Number.NaN];
};
const streaming = (open: Open) => async () => {
  const { each } = await loaded(open, { callers: 1, requests: 20 }, bigListPath);
  return [median(each)];
};
/** How much more memory the process takes at most, while ten lists of 10 MB pass through it at once. */
const memory = (open: Open) => async () => {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
  await loaded(open, { callers: 10, requests: 60 }, bigListPath);
  clearInterval(watch);
  return [(most - before) / 1e6];
};

const peer = '20-line proxy (fastify, @fastify/http-proxy)';
const contestants = (measure: (open: Open) => () => Promise<number[]>) => ({
  'direct to the registry': measure(direct),
  [peer]: measure(plainProxy),
  Gatepass: measure(gatepass),
});

export const gatewayRows: readonly Row[] = [
  {
    id: 'gateway-requests',
    task: '11. Gateway: a page of 100 servers, 16 callers at once',
    unit: 'requests/s',
    floor: peer,
    target: '≥ 0.9 × that proxy',
    contestants: contestants(perSecond),
  },
  {
    id: 'gateway-p50',
    task: '11. Gateway: a page of 100 servers, one caller, median',
    unit: 'ms',
    floor: peer,
    target: 'close to that proxy',
    contestants: contestants((open) => latency(open, 0.5)),
  },
  {
    id: 'gateway-p99',
    task: '11. Gateway: a page of 100 servers, one caller, p99',
    unit: 'ms',
    floor: peer,
    target: 'close to that proxy',
    contestants: contestants((open) => latency(open, 0.99)),
  },
  {
    id: 'gateway-stream',
    task: '11. Gateway: a list of 10 MB',
    unit: 'ms',
    floor: peer,
    target: '≤ 1.1 × that proxy',
    contestants: contestants(streaming),
  },
  {
    id: 'gateway-memory',
    task: '11. Gateway: memory that ten lists of 10 MB take at most, passing at once',
    unit: 'MB',
    floor: peer,
    target: 'flat: less than the 100 MB that pass',
    contestants: { [peer]: memory(plainProxy), Gatepass: memory(gatepass) },
  },
];
