import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ActivityEvent } from '../base/event-sink';
import { failed } from '../base/failure';
import { Secret } from '../base/secret';
import { freePort } from '../../../e2e/servers/free-port';
import { Gateway } from './gateway';
import type { GatewayServices } from './services';
import { askGateway } from './testing/office';

let folder: string;
let file: string;
let gateway: Gateway;
let events: ActivityEvent[];
let changes: number;

const services = (): GatewayServices => ({
  registries: () => [],
  registry: () => undefined,
  authStatus: () => 'none',
  sessions: {
    state: () => undefined,
    signIn: () => failed('OP_STALE'),
    signOut: () => Promise.resolve(failed('OP_STALE')),
    onChange: () => () => undefined,
  },
  client: { request: () => Promise.resolve(failed('OP_STALE')) },
  sessionControl: () => ({ isAllowed: false, isLocked: false }),
  askPerson: () => undefined,
  events: { record: (event) => events.push(event) },
  version: '1.2.3',
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  file = join(folder, 'gateway.json');
  events = [];
  changes = 0;
  gateway = new Gateway({
    services: services(),
    clock: { now: () => Date.parse('2026-01-15T09:00:00Z') },
    folder,
    changed: () => (changes += 1),
  });
});
afterEach(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

const on = { enabled: true, port: 0 };
const off = { enabled: false, port: 0 };

interface Written {
  readonly url: string;
  readonly pid: number;
  readonly token: string;
  readonly started_at: string;
}
const written = (): Written => JSON.parse(readFileSync(file, 'utf8')) as Written;

/** Asks as a program that has read gateway.json. */
const ask = ({ url, token }: Written) =>
  askGateway({ url, token: new Secret(token) }, '/api/v1beta/registry');

test('it is off until someone wants it', async () => {
  expect(gateway.view).toEqual({ kind: 'off' });
  await gateway.follow(off);
  expect(gateway.view).toEqual({ kind: 'off' });
  expect(readdirSync(folder)).toEqual([]);
  expect(events).toEqual([]);
});

test('a program that reads gateway.json gets in, and nothing else stands there', async () => {
  await gateway.follow(on);
  const contents = written();
  expect(contents).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    pid: process.pid,
    token: expect.stringMatching(/^[\w-]{43}$/) as string,
    started_at: '2026-01-15T09:00:00.000Z',
  });
  expect(gateway.view).toEqual({ kind: 'on', url: contents.url, file });
  expect((await ask(contents)).status).toBe(200);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['gateway.json']);
});

test('switched off, the file is gone and nobody listens', async () => {
  await gateway.follow(on);
  const contents = written();
  await gateway.follow(off);
  expect(readdirSync(folder)).toEqual([]);
  expect(gateway.view).toEqual({ kind: 'off' });
  await expect(ask(contents)).rejects.toThrow(/ECONNREFUSED/);
});

test('every start has another token', async () => {
  await gateway.follow(on);
  const first = written();
  await gateway.follow(off);
  await gateway.follow(on);
  expect(written().token).not.toBe(first.token);
});

test('a file that a crash left behind goes when the app starts with the gateway off', async () => {
  writeFileSync(file, '{"url":"http://127.0.0.1:1","pid":1,"token":"old","started_at":""}');
  await gateway.follow(off);
  expect(readdirSync(folder)).toEqual([]);
});

test('a link that stands in its place is replaced, not followed', async () => {
  const elsewhere = join(folder, 'elsewhere');
  writeFileSync(elsewhere, 'untouched');
  symlinkSync(elsewhere, file);
  await gateway.follow(on);
  expect(readFileSync(elsewhere, 'utf8')).toBe('untouched');
  expect(written().pid).toBe(process.pid);
});

test('a second process that never got the profile leaves the first one’s file alone', async () => {
  writeFileSync(file, 'the first one’s');
  await gateway.close();
  expect(readFileSync(file, 'utf8')).toBe('the first one’s');
});

test('another port moves it; the same wish again changes nothing', async () => {
  const port = await freePort();
  await gateway.follow(on);
  await gateway.follow({ enabled: true, port });
  const contents = written();
  expect(contents.url).toBe(`http://127.0.0.1:${port}`);
  await gateway.follow({ enabled: true, port });
  expect(written()).toEqual(contents);
});

test('a port that another program has is named, and no other one is taken instead', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await gateway.follow({ enabled: true, port });
  expect(gateway.view).toEqual({
    kind: 'failed',
    problem: { code: 'GATEWAY_PORT_UNAVAILABLE', params: { port } },
  });
  expect(readdirSync(folder)).toEqual([]);
  expect(events.at(-1)).toEqual({
    level: 'warn',
    name: 'gateway',
    kind: 'failed',
    code: 'GATEWAY_PORT_UNAVAILABLE',
  });
  await new Promise((resolve) => other.close(resolve));
  await gateway.follow(off);
  await gateway.follow({ enabled: true, port });
  expect(gateway.view.kind).toBe('on');
});

test('without its file nobody could find it, so it does not stay open', async () => {
  rmSync(folder, { recursive: true });
  await gateway.follow(on);
  expect(gateway.view).toEqual({ kind: 'failed', problem: { code: 'GATEWAY_FILE_FAILED', params: {} } });
});

test('of several changes at once the last one counts', async () => {
  void gateway.follow(on);
  void gateway.follow(off);
  void gateway.follow(on);
  await gateway.follow(off);
  expect(gateway.view).toEqual({ kind: 'off' });
  expect(readdirSync(folder)).toEqual([]);
});

test('going on and off is told and noted, without the token', async () => {
  await gateway.follow(on);
  await gateway.follow(off);
  expect(changes).toBe(2);
  expect(events.map(({ kind }) => kind)).toEqual(['on', 'off']);
  expect(JSON.stringify([events, gateway])).not.toMatch(/[\w-]{43}/);
});
