import { execFileSync } from 'node:child_process';
import { chmod, link, lstat, mkdir, mkdtemp, open, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { largestFile } from '../text-file';
import { type FileSystem, readTrustedFile, type TrustRule } from './trusted-file';

/** POSIX; Node has no call for it. */
const makePipe = 'mkfifo';
const me = process.getuid?.() ?? 0;
const rule: TrustRule = { owners: [0, me], adminGroups: [0] };

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'gatepass-policy-')));
  path = join(folder, 'gatepass', 'policy.yaml');
  await mkdir(dirname(path), { mode: 0o755 });
  await writeFile(path, 'enforced: {}\n', { mode: 0o644 });
});
afterEach(() => rm(folder, { recursive: true }));

/** The real calls, and what a test says of one path instead. */
function filesWhere(said: string, status: Partial<{ uid: number; gid: number; mode: number }>): FileSystem {
  const saying = <T extends object>(at: string, real: T): T =>
    at === said ? Object.assign(real, status) : real;
  return {
    async open(at, flags) {
      const file = await open(at, flags);
      return {
        stat: async () => saying(at, await file.stat()),
        readFile: () => file.readFile(),
        close: () => file.close(),
      } as Awaited<ReturnType<FileSystem['open']>>;
    },
    lstat: async (at) => saying(at, await lstat(at)),
  };
}

const untrusted = (reason: string, at?: string) => ({
  kind: 'untrusted',
  failure: { code: 'CFG_POLICY_UNTRUSTED', params: { reason, ...(at !== undefined && { folder: at }) } },
});
const regular = 0o100000;
const directory = 0o040000;
const stranger = 4711;

describe.skipIf(process.platform === 'win32')('a policy file', () => {
  test('that only an administrator can have written is read', async () => {
    expect(await readTrustedFile(path, rule)).toEqual({
      kind: 'read',
      content: Buffer.from('enforced: {}\n'),
    });
  });

  test('that is not there is absent, as is one whose folder is not there or is a file', async () => {
    for (const missing of [`${path}.none`, join(folder, 'none', 'policy.yaml'), join(path, 'policy.yaml')])
      expect(await readTrustedFile(missing, rule)).toEqual({ kind: 'absent' });
  });

  test('that belongs to somebody else does not count', async () => {
    expect(await readTrustedFile(path, rule, filesWhere(path, { uid: stranger }))).toEqual(
      untrusted('owner'),
    );
  });

  test('of the current user does not count where only root is trusted', async () => {
    const files = filesWhere(path, { uid: 1000 });
    expect(await readTrustedFile(path, { ...rule, owners: [0] }, files)).toEqual(untrusted('owner'));
  });

  test.each([0o664, 0o646, 0o666, 0o602])('of the mode %o does not count', async (mode) => {
    await chmod(path, mode);
    expect(await readTrustedFile(path, rule)).toEqual(untrusted('writable'));
  });

  test.each([0o600, 0o444, 0o755])('of the mode %o counts', async (mode) => {
    await chmod(path, mode);
    expect(await readTrustedFile(path, rule)).toMatchObject({ kind: 'read' });
  });

  test('that is a link does not count, wherever it leads', async () => {
    const linked = join(folder, 'gatepass', 'linked.yaml');
    await symlink(path, linked);
    expect(await readTrustedFile(linked, rule)).toEqual(untrusted('link'));
  });

  test('in a folder that is a link does not count', async () => {
    await symlink(dirname(path), join(folder, 'elsewhere'));
    const through = join(folder, 'elsewhere', 'policy.yaml');
    expect(await readTrustedFile(through, rule)).toEqual(untrusted('folder-link', join(folder, 'elsewhere')));
  });

  test('below a link higher up does not count', async () => {
    await symlink(folder, `${folder}-link`);
    const through = join(`${folder}-link`, 'gatepass', 'policy.yaml');
    const reading = await readTrustedFile(through, rule).finally(() => rm(`${folder}-link`));
    expect(reading).toEqual(untrusted('folder-link', `${folder}-link`));
  });

  test('under a second name is the same file', async () => {
    await link(path, join(folder, 'gatepass', 'second.yaml'));
    expect(await readTrustedFile(path, rule)).toMatchObject({ kind: 'read' });
  });

  test('that is a pipe is not waited for', async () => {
    const pipe = join(folder, 'gatepass', 'pipe.yaml');
    execFileSync(makePipe, ['-m', '600', pipe]);
    expect(await readTrustedFile(pipe, rule)).toEqual(untrusted('not-a-file'));
  });

  test('that is a folder or a socket does not count', async () => {
    expect(await readTrustedFile(dirname(path), rule)).toEqual(untrusted('not-a-file'));
    const socket = join(folder, 'socket');
    const server = createServer().listen(socket);
    await new Promise((resolve) => server.once('listening', resolve));
    const reading = await readTrustedFile(socket, rule);
    await new Promise((resolve) => server.close(resolve));
    expect(reading).toEqual(untrusted('not-a-file'));
  });

  test.each([
    ['belongs to somebody else', { uid: stranger }, 'folder-owner'],
    ['everybody may write', { mode: directory | 0o757 }, 'folder-writable'],
    ['an ordinary group may write', { mode: directory | 0o775, gid: stranger }, 'folder-writable'],
  ] as const)('in a folder that %s does not count, nor further below', async (_what, status, reason) => {
    for (const at of [dirname(path), folder])
      expect(await readTrustedFile(path, rule, filesWhere(at, status))).toEqual(untrusted(reason, at));
  });

  test('in a folder that administrators may write counts', async () => {
    const files = filesWhere(dirname(path), { mode: directory | 0o775, gid: 80 });
    expect(await readTrustedFile(path, { ...rule, adminGroups: [0, 80] }, files)).toMatchObject({
      kind: 'read',
    });
    expect(await readTrustedFile(path, rule, files)).toMatchObject({ kind: 'untrusted' });
  });

  test('is judged as it was opened: another one under its name a moment later changes nothing', async () => {
    const files: FileSystem = {
      async open(at, flags) {
        const file = await open(at, flags);
        await rm(path);
        await writeFile(path, 'enforced: {settings: {allow_user_registries: true}}\n', { mode: 0o666 });
        return file;
      },
      lstat,
    };
    expect(await readTrustedFile(path, rule, files)).toMatchObject({
      content: Buffer.from('enforced: {}\n'),
    });
  });

  test('that the system does not hand out is unreadable, not absent', async () => {
    const files: FileSystem = {
      open: () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })),
      lstat,
    };
    expect(await readTrustedFile(path, rule, files)).toEqual({
      kind: 'unreadable',
      failure: { code: 'CFG_UNREADABLE', params: { reason: 'EACCES' } },
    });
  });

  test('of more than 5 MB is refused, and not because somebody could have written it', async () => {
    await writeFile(path, Buffer.alloc(largestFile + 1, '#'), { mode: regular | 0o644 });
    expect(await readTrustedFile(path, rule)).toMatchObject({
      kind: 'unreadable',
      failure: { code: 'CFG_TOO_LARGE' },
    });
  });
});
