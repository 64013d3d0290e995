import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '../../../e2e/servers/http-server';
import { GatewayFile } from './gateway-file';
import { type Office, openOffice } from './testing/office';

const examples = resolve(import.meta.dirname, '../../../docs/examples');
let office: Office;
let folder: string;
beforeAll(async () => {
  office = await openOffice({ registry: { servers: 250 } });
  folder = mkdtempSync(join(tmpdir(), 'examples-'));
});
afterAll(async () => {
  await office.close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly complaint: string;
}

function run(program: string, ...args: string[]): Promise<Ended> {
  return new Promise((done) => {
    const child = execFile(program, args, { timeout: 30_000 }, (_error, output, complaint) => {
      done({ code: child.exitCode ?? -1, output, complaint });
    });
  });
}
const node = (file: string) =>
  run(process.execPath, join(examples, 'list-servers.mjs'), 'acme', join(folder, file));
const shell = (file: string) => run('sh', join(examples, 'list-servers.sh'), 'acme', join(folder, file));

/** What the app writes for programs. */
async function write(gateway: Parameters<GatewayFile['write']>[0]): Promise<void> {
  expect(await new GatewayFile(folder).write(gateway, 0)).toMatchObject({ ok: true });
}

test('the example for Node lists every server, page after page, and the one for the shell the first page', async () => {
  await write(office.gateway);
  await office.desk.signIn('acme');
  const listed = await node('gateway.json');
  expect(listed).toMatchObject({ code: 0, complaint: '' });
  expect(listed.output.trim().split('\n')).toHaveLength(250);
  expect(listed.output).toMatch(/^\S+\/\S+ \d+\.\d+\.\d+$/m);
  const { code, output } = await shell('gateway.json');
  expect(code).toBe(0);
  expect((JSON.parse(output) as { servers: unknown[] }).servers).toHaveLength(100);
});

test('where a person has to sign in both say so and fail', async () => {
  await write(office.gateway);
  await office.desk.sessions.signOut('acme');
  expect(await node('gateway.json')).toMatchObject({
    code: 1,
    complaint: expect.stringContaining('503 registry_auth_required') as unknown,
  });
  const { code, output } = await shell('gateway.json');
  expect(code).not.toBe(0);
  expect(JSON.parse(output)).toMatchObject({ code: 'registry_auth_required' });
});

test('where the gateway is closed both say where it is opened', async () => {
  for (const example of [node, shell])
    expect(await example('not-there.json')).toMatchObject({
      code: 1,
      output: '',
      complaint: 'The gateway is closed: open it in Gatepass, under Settings, Other programs.\n',
    });
});

test('neither sends the token to another program that has the port of an app that is gone', async () => {
  const heard: (string | undefined)[] = [];
  const other = await listen({}, () => (request, response) => {
    heard.push(request.headers.authorization);
    response.end('{"proof":"guessed"}');
  });
  await write({ url: other.origin, token: office.gateway.token });
  expect(await node('gateway.json')).toMatchObject({
    code: 1,
    complaint: 'Something else than Gatepass answers there.\n',
  });
  // No process has such a number.
  const left = { url: other.origin, pid: 99_999_999, token: 'left behind', started_at: '' };
  writeFileSync(join(folder, 'left.json'), JSON.stringify(left, undefined, 2));
  expect(await shell('left.json')).toMatchObject({ code: 1, complaint: 'Gatepass is not running.\n' });
  expect(heard).toEqual([undefined]);
  await other.close();
});
