import { expect, test } from 'vitest';
import type { ServerDetails } from '../../contract/server-list';
import { failed, type Result, success } from '../base/failure';
import type { ReadServers } from '../registry';
import { serverHandlers } from './server-handlers';

const files: ServerDetails = {
  name: 'io.acme/files',
  title: 'Files',
  description: 'Reads files.',
  version: '1.0.2',
  runs: ['npm'],
  isDeprecated: false,
  packages: [{ type: 'npm', identifier: '@acme/files-mcp', inputs: [] }],
  remotes: [],
  links: [{ kind: 'website', url: 'https://files.acme.example/', host: 'files.acme.example' }],
};

function handlers(read: Result<ReadServers>, opens: Result<void> = success(undefined)) {
  const asked: unknown[] = [];
  const opened: string[] = [];
  const lists = {
    read: (...question: unknown[]) => {
      asked.push(question);
      return Promise.resolve(read);
    },
    server: (_id: string, name: string) => (name === files.name ? files : undefined),
  };
  const open = (url: string) => {
    opened.push(url);
    return Promise.resolve(opens);
  };
  return { ...serverHandlers(lists, { open }), asked, opened };
}

const read: ReadServers = { servers: new Map([[files.name, files]]), unreadable: 1, readAt: 7 };
const list = success(read);
const about = { registryId: 'acme', name: files.name };

test('a list crosses as rows: what a row does not show stays', async () => {
  const { readServers, asked } = handlers(list);
  expect(await readServers({ registryId: 'acme', search: ' files ', again: true })).toEqual({
    kind: 'servers',
    servers: [
      {
        name: 'io.acme/files',
        title: 'Files',
        description: 'Reads files.',
        version: '1.0.2',
        runs: ['npm'],
        isDeprecated: false,
      },
    ],
    unreadable: 1,
    readAt: 7,
  });
  expect(asked).toEqual([['acme', { search: 'files', again: true }]]);
});

test('why there is none crosses as it is, as does why a list is old', async () => {
  const question = { registryId: 'acme', search: '', again: false };
  const problem = { code: 'REGISTRY_FORBIDDEN', params: { name: 'Acme' } } as const;
  const refused = handlers({ ok: false, failure: problem });
  expect(await refused.readServers(question)).toEqual({ kind: 'failed', problem });
  const stale = { code: 'NET_REFUSED', params: {} } as const;
  const old = handlers(success({ ...read, stale }));
  expect(await old.readServers(question)).toMatchObject({ kind: 'servers', stale });
});

test('one server crosses whole; one that is not in the list is not invented', async () => {
  const { readServer } = handlers(list);
  expect(await readServer(about)).toEqual({ server: files });
  expect(await readServer({ ...about, name: 'io.acme/other' })).toEqual({});
});

test('a page is opened by its name alone: the address is main\u2019s', async () => {
  const { openServerLink, opened } = handlers(list);
  expect(await openServerLink({ ...about, link: 'website' })).toEqual({ ok: true });
  expect(opened).toEqual(['https://files.acme.example/']);
});

test('a page that the entry does not name is not opened', async () => {
  const { openServerLink, opened } = handlers(list);
  const stale = { ok: false, problem: { code: 'OP_STALE', params: {} } };
  expect(await openServerLink({ ...about, link: 'repository' })).toEqual(stale);
  expect(await openServerLink({ ...about, name: 'io.acme/other', link: 'website' })).toEqual(stale);
  expect(opened).toEqual([]);
});

test('a browser that does not open is told without words about signing in', async () => {
  const { openServerLink } = handlers(list, failed('LOGIN_BROWSER_FAILED'));
  expect(await openServerLink({ ...about, link: 'website' })).toEqual({
    ok: false,
    problem: { code: 'REGISTRY_LINK_NOT_OPENED', params: {} },
  });
});
