import { act, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Outcome } from '../../contract/bridge';
import type { ServersAnswer } from '../../contract/server-list';
import type { RegistryView } from '../../contract/view-model';
import { FakeMain } from '../testing/fake-main';
import { buttonIn, spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aServer, listed, someServers, theDetails } from '../testing/server-views';
import { aProblem, aRegistry } from '../testing/views';

const signedIn = (changes: Partial<RegistryView> = {}) =>
  aRegistry({
    status: 'authenticated',
    session: { kind: 'signed-in', account: 'alice@acme.example' },
    ...changes,
  });

let main: FakeMain;
/** What main answers; a test may change them at any time. */
let answer: ServersAnswer;
let opening: Outcome;

beforeEach(() => {
  // jsdom lays nothing out: a window of 600 px over rows of 103 px.
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(380);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(function (this: HTMLElement) {
    return this.classList.contains('servers-scroll') ? 600 : 103;
  });
  main = new FakeMain([signedIn()]);
  answer = listed([
    aServer(),
    aServer({ name: 'io.acme/wiki', title: 'Wiki', description: 'Finds pages.', runs: ['remote', 'pypi'] }),
  ]);
  opening = { ok: true };
  main.answer = (command) => {
    if (command === 'readServers') return Promise.resolve(answer);
    if (command === 'readServer') return Promise.resolve({ server: theDetails() });
    return Promise.resolve(command === 'openServerLink' ? opening : { ok: true });
  };
});

async function openServers(options?: Parameters<typeof renderApp>[1]) {
  const { user } = await renderApp(main, options);
  await user.click(buttonIn('Acme', 'Acme'));
  await user.click(screen.getByRole('button', { name: 'Show servers' }));
  await screen.findByRole('heading', { name: 'Servers' });
  return user;
}
const servers = () => screen.findByRole('list', { name: 'Servers of Acme' });
const noServers = () => {
  expect(screen.queryByRole('list', { name: 'Servers of Acme' })).toBeNull();
};
const shown = async () =>
  within(await servers())
    .getAllByRole('button')
    .map(({ textContent }) => textContent);
const questions = () =>
  main.sent.filter(({ command }) => command === 'readServers').map(({ input }) => input);
const change = (changes: Partial<RegistryView>) => {
  act(() => {
    main.change(signedIn(changes));
  });
};
const search = () => screen.getByRole('searchbox', { name: 'Search servers' });

describe('the servers of a registry', () => {
  test('show what they are called, what they do, which version, and how they run', async () => {
    await openServers();
    // The heading may be found before React has run what belongs to it; the list comes after that.
    const [files, wiki] = within(await servers()).getAllByRole('listitem');
    expect(questions()).toContainEqual({ registryId: 'acme', search: '', again: false });
    expect(files?.textContent).toBe('Filesio.acme/files 1.0.2Reads and writes files below one folder.npm');
    expect(wiki?.textContent).toBe('Wikiio.acme/wiki 1.0.2Finds pages.RemotePyPI');
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Servers' }));
    screen.getByText(/^2 servers/);
  });

  test('one that its registry advises against says so; one without a title is called by its name', async () => {
    const { name, description, version, runs } = aServer({ runs: [] });
    answer = listed([{ name, description, version, runs, isDeprecated: true }]);
    await openServers();
    expect(await shown()).toEqual(['io.acme/files']);
    screen.getByText('Deprecated');
  });

  test('of ten thousand only those in sight are in the page, and each says where it stands', async () => {
    answer = listed(someServers(10_000));
    await openServers();
    const rows = within(await servers()).getAllByRole('listitem');
    expect(rows.length).toBeLessThan(20);
    expect(rows[1]?.getAttribute('aria-posinset')).toBe('2');
    expect(rows[1]?.getAttribute('aria-setsize')).toBe('10000');
  });

  test('are said to be on their way, to be none, and to be not all', async () => {
    let give: (answered: ServersAnswer) => void = () => undefined;
    main.answer = () => new Promise((resolve) => (give = resolve));
    await openServers();
    screen.getByText('Reading the servers…');
    act(() => {
      give(listed([], { unreadable: 3 }));
    });
    await screen.findByText('This registry lists no servers.');
    screen.getByText('3 entries are no description of a server and are left out.');
    expect(screen.queryByText('Reading the servers…')).toBeNull();
  });
});

describe('the search', () => {
  test('finds words of title, name and description, says how many, and Esc empties it', async () => {
    answer = listed(someServers(50));
    const user = await openServers();
    await servers();
    await user.type(search(), 'number 4');
    await vi.waitFor(async () => {
      expect((await shown())[0]).toBe('Server 4');
    });
    screen.getByText(/^14 of 50 servers/);
    await vi.waitFor(() => {
      expect(spoken()).toBe('14 servers found');
    });
    await user.keyboard('{Escape}');
    await screen.findByText(/^50 servers/);
    expect(questions().every((question) => (question as { search: string }).search === '')).toBe(true);
  });

  test('without a result says so and leads back', async () => {
    const user = await openServers();
    await servers();
    await user.type(search(), 'nothing like it');
    await screen.findByText('No server matches.');
    await user.click(screen.getByRole('button', { name: 'Show all servers' }));
    expect(await shown()).toEqual(['Files', 'Wiki']);
    expect(document.activeElement).toBe(search());
  });

  test('is the registry\u2019s own where there are too many servers', async () => {
    answer = { kind: 'failed', problem: aProblem({ code: 'REGISTRY_TOO_MANY_SERVERS' }) };
    const user = await openServers();
    expect((await screen.findByRole('alert')).textContent).toContain('more than 10,000 servers');
    answer = listed([aServer({ description: 'Not a word of what was typed.' })]);
    await user.type(search(), 'xyz');
    expect(await shown()).toEqual(['Files']);
    expect(questions().at(-1)).toEqual({ registryId: 'acme', search: 'xyz', again: false });
  });
});

describe('a registry that cannot be reached', () => {
  const stale = aProblem({ code: 'NET_REFUSED', params: { host: 'mcp.acme.example' } });

  test('leaves the older list, which says its age, and why', async () => {
    answer = listed([aServer()], { readAt: Date.now() - 12 * 60_000, stale });
    await openServers();
    expect(await shown()).toEqual(['Files']);
    screen.getByText('This list may be out of date: it was read 12 minutes ago.');
    expect(screen.getByRole('alert').textContent).toContain('NET_REFUSED');
  });

  test('is asked again when that changes, not while it is being checked', async () => {
    await openServers();
    await servers();
    const before = questions().length;
    change({ reachability: { kind: 'answers', checkedAt: 1 } });
    change({ reachability: { kind: 'checking' } });
    expect(questions()).toHaveLength(before);
    answer = listed([aServer()], { stale });
    change({ reachability: { kind: 'fails', checkedAt: 2, problem: stale } });
    await screen.findByText(/^This list may be out of date/);
    change({ reachability: { kind: 'checking' } });
    expect(questions()).toHaveLength(before + 1);
    answer = listed([aServer()]);
    change({ reachability: { kind: 'answers', checkedAt: 3 } });
    await vi.waitFor(() => {
      expect(screen.queryByText(/^This list may be out of date/)).toBeNull();
    });
  });

  test('is asked by a person\u2019s Check now, whatever is held', async () => {
    const user = await openServers();
    await servers();
    await user.click(screen.getByRole('button', { name: 'Check now' }));
    expect(questions().at(-1)).toEqual({ registryId: 'acme', search: '', again: true });
  });
});

describe('nothing is shown to whoever is not signed in', () => {
  test('a failure takes the place of the list', async () => {
    const user = await openServers();
    await servers();
    answer = { kind: 'failed', problem: aProblem({ code: 'REGISTRY_FORBIDDEN' }) };
    await user.click(screen.getByRole('button', { name: 'Check now' }));
    await screen.findByText('You are signed in, but this account may not read this registry.');
    noServers();
  });

  test('main going wrong is a failure as well', async () => {
    main.answer = () => Promise.reject(new Error('gone'));
    await openServers();
    expect((await screen.findByRole('alert')).textContent).toContain('INTERNAL_ERROR');
  });

  test.each([
    ['signed-out', { kind: 'signed-out' }, 'Sign in to Acme'],
    ['expired', { kind: 'expired', problem: aProblem() }, 'Sign in again to Acme'],
  ] as const)(
    '%s: the list is gone at once, with the way back beside it',
    async (_state, session, button) => {
      await openServers();
      await servers();
      change({ session, status: session.kind === 'expired' ? 'expired' : 'configured' });
      noServers();
      within(screen.getByRole('region', { name: 'Servers' })).getByRole('button', { name: button });
      expect(screen.queryByText('Files')).toBeNull();
    },
  );

  test('a refused token is told instead of the list', async () => {
    await openServers();
    await servers();
    const problem = aProblem({ code: 'REGISTRY_REJECTED_TOKEN' });
    change({ session: { kind: 'needs-attention', next: 'none', problem } });
    noServers();
  });

  test('another account begins with nothing of the one before', async () => {
    await openServers();
    await servers();
    main.answer = () => new Promise(() => undefined);
    change({ session: { kind: 'signed-in', account: 'bob@acme.example' } });
    noServers();
    screen.getByText('Reading the servers…');
  });

  test('what was asked as one account is not shown to the next', async () => {
    let give: (answered: ServersAnswer) => void = () => undefined;
    main.answer = () => new Promise((resolve) => (give = resolve));
    await openServers();
    const giveAlice = give;
    change({ session: { kind: 'signed-in', account: 'bob@acme.example' } });
    await act(() => {
      giveAlice(answer);
      return Promise.resolve();
    });
    noServers();
  });

  test('while the same person signs in once more, the list stays', async () => {
    await openServers();
    await servers();
    const flow = {
      kind: 'signing-in',
      step: 'opening-browser',
      startedAt: 0,
      deadline: 1,
      canExtend: true,
    } as const;
    change({ session: flow });
    await servers();
  });
});

describe('the details of a server', () => {
  const openFiles = async () => {
    const user = await openServers();
    await user.click(within(await servers()).getByRole('button', { name: 'Files' }));
    await screen.findByText('How it runs');
    return { user, panel: within(screen.getByRole('region', { name: 'Files' })) };
  };

  test('say how it runs and what it wants to be given', async () => {
    const { panel } = await openFiles();
    expect(main.sent).toContainEqual({
      command: 'readServer',
      input: { registryId: 'acme', name: 'io.acme/files' },
    });
    for (const text of [
      'Remote · streamable-http',
      'https://{tenant}.files.acme.example/mcp',
      'npm · 1.0.2',
      '@acme/files-mcp',
      'OCI',
      'images.acme.example/files-mcp:1.0.2',
      'FILES_FOLDER',
    ])
      panel.getByText(text);
    expect(panel.getAllByRole('list', { name: 'What it wants to be given' })[0]?.textContent).toBe(
      'X-Files-KeyrequiredsecretKey of the tenant',
    );
    expect(document.activeElement).toBe(panel.getByRole('heading', { name: 'Files' }));
  });

  test('a page is opened by main, which alone knows the address; its host is told in full', async () => {
    const { user, panel } = await openFiles();
    expect(panel.queryByRole('link')).toBeNull();
    await user.click(panel.getByRole('button', { name: 'Source code: git.acme.example' }));
    expect(main.sent.at(-1)).toEqual({
      command: 'openServerLink',
      input: { registryId: 'acme', name: 'io.acme/files', link: 'repository' },
    });
    opening = { ok: false, problem: aProblem({ code: 'REGISTRY_LINK_NOT_OPENED' }) };
    await user.click(panel.getByRole('button', { name: 'Website: files.acme.example' }));
    expect((await panel.findByRole('alert')).textContent).toContain('could not be opened');
  });

  test('Esc leads back step by step: to the list, to the registry, to the registries', async () => {
    const { user } = await openFiles();
    await user.keyboard('{Escape}');
    await vi.waitFor(() => {
      expect(document.activeElement?.textContent).toBe('Files');
    });
    await user.keyboard('{Escape}');
    await vi.waitFor(() => {
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Show servers' }));
    });
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('region', { name: 'Acme' })).toBeNull();
  });

  test('of one that is no longer listed say just that', async () => {
    const answerBefore = main.answer;
    main.answer = (command, input) =>
      command === 'readServer' ? Promise.resolve({}) : answerBefore(command, input);
    const user = await openServers();
    await user.click(within(await servers()).getByRole('button', { name: 'Files' }));
    await screen.findByText('This server is no longer in the list.');
  });
});

test('arrows, Home and End move between the servers, a slash goes to their search', async () => {
  const user = await openServers();
  await servers();
  screen.getByRole('button', { name: 'Files' }).focus();
  const focused = () => document.activeElement?.textContent;
  for (const [key, name] of [
    ['{ArrowDown}', 'Wiki'],
    ['{ArrowDown}', 'Wiki'],
    ['{ArrowUp}', 'Files'],
    ['{End}', 'Wiki'],
    ['{Home}', 'Files'],
  ] as const) {
    await user.keyboard(key);
    expect(focused(), key).toBe(name);
  }
  await user.keyboard('/');
  expect(document.activeElement).toBe(search());
});
