import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../base/clock';
import { FileSource } from './file-source';
import { hurriedClock } from './testing/hurried-clock';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatepass-config-'));
  path = join(folder, 'config.yaml');
});
afterEach(() => rm(folder, { recursive: true }));

/** POSIX; Node has no call for it. */
const makePipe = 'mkfifo';

const acme = 'registries: [{id: acme, url: "https://mcp.acme.example"}]\n';
const source = () => new FileSource('user', path, hurriedClock());

test('a file that is not there is absent', async () => {
  expect(await source().read()).toEqual({ kind: 'absent' });
});

test('a file whose folder is not there is absent', async () => {
  const reading = await new FileSource('user', join(path, 'further', 'config.yaml'), hurriedClock()).read();
  expect(reading).toEqual({ kind: 'absent' });
});

test('a file is not parsed before whoever knows its size allows it', async () => {
  await writeFile(path, acme);
  let allow = () => {};
  const sizes: number[] = [];
  const beforeParsing = (size: number) => {
    sizes.push(size);
    return new Promise<void>((resolve) => (allow = resolve));
  };
  let hasRead = false;
  const reading = new FileSource('user', path, hurriedClock(), beforeParsing).read().finally(() => {
    hasRead = true;
  });
  await vi.waitFor(() => {
    expect(sizes).toEqual([acme.length]);
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasRead).toBe(false);
  allow();
  expect(await reading).toMatchObject({ kind: 'read', layers: [{ registries: [{ id: 'acme' }] }] });
});

test('an empty file is a configuration that says nothing', async () => {
  await writeFile(path, '');
  expect(await source().read()).toMatchObject({ kind: 'read', layers: [{ registries: [], problems: [] }] });
});

test('a file of comments is a configuration that says nothing', async () => {
  await writeFile(path, '# nothing yet\n');
  expect(await source().read()).toMatchObject({ kind: 'read', layers: [{ registries: [], problems: [] }] });
});

test('a link to a file is followed, as people keep their files elsewhere', async () => {
  await writeFile(join(folder, 'real.yaml'), acme);
  await symlink(join(folder, 'real.yaml'), path);
  expect(await source().read()).toMatchObject({ layers: [{ location: path, registries: [{ id: 'acme' }] }] });
});

test('the registry of ToolHive survives that `thv` truncates its file and then writes it', async () => {
  const toolhive = 'registry_api_url: https://mcp.acme.example\n';
  await writeFile(path, toolhive);
  await truncate(path);
  const reading = new FileSource('toolhive', path, systemClock).read();
  setTimeout(() => void appendFile(path, toolhive), 100);
  expect(await reading).toMatchObject({ kind: 'read', layers: [{ registries: [{ id: 'toolhive' }] }] });
});

test('a half-written file is waited for', async () => {
  await writeFile(path, acme);
  await truncate(path);
  const reading = new FileSource('user', path, systemClock).read();
  await appendFile(path, acme.slice(0, 30));
  setTimeout(() => void appendFile(path, acme.slice(30)), 100);
  expect(await reading).toMatchObject({ kind: 'read', layers: [{ registries: [{ id: 'acme' }] }] });
});

test('a file that stays broken is broken after one second, with its line and nothing of its text', async () => {
  await writeFile(path, 'registries:\n  - id: acme\n    url: [https://alice:hunter2@mcp.acme.example\n');
  const startedAt = performance.now();
  const reading = await new FileSource('user', path, systemClock).read();
  expect(performance.now() - startedAt).toBeGreaterThan(990);
  expect(reading).toMatchObject({ kind: 'broken', problems: [{ code: 'CFG_INVALID', location: path }] });
  expect(JSON.stringify(reading)).not.toContain('hunter2');
});

test('a folder in its place is unreadable', async () => {
  await mkdir(path);
  expect(await source().read()).toMatchObject({
    kind: 'broken',
    problems: [{ code: 'CFG_UNREADABLE', location: path }],
  });
});

test.skipIf(process.platform === 'win32')('a pipe in its place is not waited for', async () => {
  execFileSync(makePipe, [path]);
  expect(await source().read()).toMatchObject({ kind: 'broken', problems: [{ code: 'CFG_UNREADABLE' }] });
});

test('a file that cannot be opened is unreadable', async () => {
  await symlink(path, path);
  expect(await source().read()).toMatchObject({
    kind: 'broken',
    problems: [{ code: 'CFG_UNREADABLE', params: { reason: 'ELOOP' } }],
  });
});
