import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { RegistryFormCheck } from '../../contract/registry-form';
import type { RegistryView } from '../../contract/view-model';
import { FakeMain } from '../testing/fake-main';
import { buttonIn, spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aProblem, aRegistry } from '../testing/views';
import { emptyForm } from './empty-form';

const thv = aRegistry({
  id: 'toolhive',
  source: 'toolhive',
  location: '/home/alice/.config/toolhive/config.yaml:1',
  status: 'authenticated',
  session: { kind: 'signed-in', account: 'alice@acme.example' },
  toolhive: { isSignedIn: true },
});
const values = { ...emptyForm, url: thv.url, issuer: 'https://login.acme.example', clientId: 'gatepass' };
const good: RegistryFormCheck = {
  kind: 'good',
  facts: { name: 'Acme', url: thv.url, registryHost: 'mcp.acme.example' },
  warnings: [],
  consequences: [],
  toConfirm: [],
};

/** Opens "Keep as my own…" in the details of ToolHive's registry. */
async function askToKeep(check: RegistryFormCheck, registry: RegistryView = thv) {
  const main = new FakeMain([registry]);
  const answers: Readonly<Record<string, unknown>> = {
    readRegistryForm: { ok: true, values },
    checkRegistryForm: check,
    saveRegistry: { kind: 'saved', registryId: 'toolhive' },
  };
  main.answer = (command) => Promise.resolve(answers[command] ?? { ok: true });
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Acme'));
  await user.click(screen.getByRole('button', { name: 'Keep as my own…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Keep Acme as your own?' });
  return { main, user, dialog };
}
const sentBy = (main: FakeMain, command: string) =>
  main.sent.filter((sent) => sent.command === command).map(({ input }) => input);
const details = () => within(screen.getByRole('region', { name: 'Acme' }));

test('details say that it came from ToolHive, and whether thv is signed in itself', async () => {
  const main = new FakeMain([thv]);
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Acme'));
  details().getByText('Taken over from ToolHive');
  details().getByText(/^thv: signed in\./);
  act(() => {
    main.change({ ...thv, toolhive: { isSignedIn: false } });
  });
  details().getByText(/^thv: not signed in\./);
});

test('what becomes of the entry and of the sign-in is said first; then it is one’s own', async () => {
  const { main, user, dialog } = await askToKeep(good);
  await within(dialog).findByText(/is added to \/home\/alice\/\.config\/Gatepass\/config\.yaml\./);
  within(dialog).getByText('You stay signed in.');
  within(dialog).getByText('thv keeps its own sign-in.');
  expect(sentBy(main, 'saveRegistry')).toEqual([]);
  const keep = within(dialog).getByRole('button', { name: 'Keep as my own' });
  expect(document.activeElement).toBe(keep);
  await user.keyboard('{Enter}');
  expect(sentBy(main, 'saveRegistry')).toEqual([{ values, replaces: 'toolhive', confirmed: [] }]);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(spoken()).toBe('Acme is now an entry of your own');
  act(() => {
    const { toolhive, ...own } = thv;
    expect(toolhive).toBeDefined();
    main.change({ ...own, source: 'user' });
  });
  expect(screen.queryByRole('button', { name: 'Keep as my own…' })).toBeNull();
  await waitFor(() => {
    expect(document.activeElement).toBe(details().getByRole('heading', { name: 'Acme' }));
  });
});

test('who is not signed in reads nothing of staying so', async () => {
  const { dialog } = await askToKeep(good, {
    ...thv,
    status: 'configured',
    session: { kind: 'signed-out' },
    toolhive: { isSignedIn: false },
  });
  await within(dialog).findByText(/is added to/);
  expect(within(dialog).queryByText(/You stay signed in|keeps its own/)).toBeNull();
});

test('Escape leaves everything as it is', async () => {
  const { main, user, dialog } = await askToKeep(good);
  await within(dialog).findByText(/is added to/);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(sentBy(main, 'saveRegistry')).toEqual([]);
  await waitFor(() => {
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep as my own…' }));
  });
});

test('what stands against it is said, and nothing can be kept', async () => {
  const { dialog } = await askToKeep({
    kind: 'refused',
    problems: [{ problem: aProblem({ code: 'SETTING_LOCKED' }) }],
  });
  expect((await within(dialog).findByRole('alert')).textContent).toContain('SETTING_LOCKED');
  expect(within(dialog).queryByRole('button', { name: 'Keep as my own' })).toBeNull();
});

test('it is offered for nothing but what came from ToolHive', async () => {
  const { user } = await renderApp(new FakeMain([aRegistry()]));
  await user.click(buttonIn('Acme', 'Acme'));
  screen.getByRole('button', { name: 'Edit' });
  expect(screen.queryByRole('button', { name: 'Keep as my own…' })).toBeNull();
});
