import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { KeptRecords } from '../../contract/recovery-view';
import { FakeMain } from '../testing/fake-main';
import { spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { someComputerFacts } from '../testing/support-views';
import { aProblem, aRegistry } from '../testing/views';

const owner = {
  registry: 'https://mcp.acme.example',
  issuer: 'https://login.acme.example',
  account: 'alice',
};
const kept = {
  setAside: [
    { id: 'one', at: Date.UTC(2026, 0, 5), kind: 'sign-in', owner },
    { id: 'two', at: Date.UTC(2026, 0, 6), kind: 'sign-in' },
  ],
  unused: [{ owner: { ...owner, registry: 'https://old.acme.example' }, since: Date.UTC(2026, 0, 7) }],
} satisfies KeptRecords;

async function openRecovery(answer: unknown = { ok: true }, records: KeptRecords = kept) {
  const main = new FakeMain([aRegistry(), aRegistry({ id: 'globex', name: 'Globex' })]);
  main.answer = (command) => {
    if (command === 'readKept') return Promise.resolve(records);
    return Promise.resolve(command === 'readComputerFacts' ? someComputerFacts() : answer);
  };
  const app = await renderApp(main);
  await app.user.click(screen.getByRole('button', { name: 'Support' }));
  await app.user.click(await screen.findByRole('tab', { name: 'Recovery' }));
  await screen.findByText('https://old.acme.example');
  return { main, ...app };
}
const dialog = () => within(screen.getByRole('alertdialog'));
const commandsOf = (main: FakeMain) =>
  main.sent.map(({ command }) => command).filter((command) => !command.startsWith('read'));

test('what was set aside and what is unused is listed with its owner, where that is known', async () => {
  await openRecovery();
  expect(screen.getByText('https://mcp.acme.example')).toBeTruthy();
  expect(screen.getByText('Cannot be told any more')).toBeTruthy();
});

test('a session is reset only after it was said what is lost; the other way out has the focus', async () => {
  const { user, main } = await openRecovery();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Registry' }), 'Globex');
  const reset = screen.getByRole('button', { name: 'Reset this registry’s session…' });
  await user.click(reset);
  expect(dialog().getByText(/Its sign-in is deleted from this computer/)).toBeTruthy();
  expect(document.activeElement).toBe(dialog().getByRole('button', { name: 'Keep everything' }));
  await user.keyboard('{Escape}');
  expect(commandsOf(main)).toEqual([]);
  expect(document.activeElement).toBe(reset);
  await user.click(reset);
  await user.click(dialog().getByRole('button', { name: 'Reset' }));
  expect(commandsOf(main)).toEqual(['resetSession']);
  expect(main.sent.find(({ command }) => command === 'resetSession')?.input).toEqual({
    registryId: 'globex',
  });
  expect(spoken()).toBe('The session of Globex was reset');
});

test('one that was set aside is deleted, or all of them', async () => {
  const { user, main } = await openRecovery();
  await user.click(screen.getAllByRole('button', { name: 'Delete' })[1] ?? document.body);
  await user.click(dialog().getByRole('button', { name: 'Delete' }));
  expect(main.sent.find(({ command }) => command === 'deleteSetAside')?.input).toEqual({ id: 'two' });
  await user.click(screen.getByRole('button', { name: 'Delete all' }));
  expect(dialog().getByRole('heading').textContent).toBe('Delete all 2 files that were set aside?');
  await user.click(dialog().getByRole('button', { name: 'Delete' }));
  expect(main.sent.findLast(({ command }) => command === 'deleteSetAside')?.input).toEqual({});
});

test('a data key that was set aside is told apart: what it was, and what is lost with it', async () => {
  const { user, main } = await openRecovery(
    { ok: true },
    { ...kept, setAside: [...kept.setAside, { id: 'key', at: Date.UTC(2026, 0, 8), kind: 'data-key' }] },
  );
  const row = within(screen.getByText('A data key that could not be used.').closest('li') ?? document.body);
  expect(row.getByText(/ask you to sign in again/)).toBeTruthy();
  expect(screen.getAllByText('Cannot be told any more')).toHaveLength(1);
  await user.click(row.getByRole('button', { name: 'Delete' }));
  expect(dialog().getByRole('heading').textContent).toBe('Delete this data key?');
  expect(dialog().getByText(/nobody can repair the sign-ins it had encrypted/)).toBeTruthy();
  await user.click(dialog().getByRole('button', { name: 'Delete' }));
  expect(main.sent.find(({ command }) => command === 'deleteSetAside')?.input).toEqual({ id: 'key' });
  await user.click(screen.getByRole('button', { name: 'Delete all' }));
  expect(dialog().getAllByRole('listitem')).toHaveLength(2);
});

test('while the folder of what was set aside cannot be read, it is not called empty', async () => {
  await openRecovery({ ok: true }, { ...kept, setAside: 'unreadable' });
  expect(screen.getByText(/the folder of what was set aside cannot be read now/)).toBeTruthy();
  expect(screen.getByRole('button', { name: /^STORE_READ_FAILED/ })).toBeTruthy();
  expect(screen.queryByText('None.')).toBeNull();
});

test('resetting Gatepass says everything that is lost, and what could not be done', async () => {
  const { user, main } = await openRecovery({ ok: false, problem: aProblem({ code: 'CFG_NOT_WRITABLE' }) });
  await user.click(screen.getByRole('button', { name: 'Reset Gatepass…' }));
  expect(dialog().getAllByRole('listitem')).toHaveLength(4);
  expect(dialog().getByText(/all 2 registries/)).toBeTruthy();
  await user.click(dialog().getByRole('button', { name: 'Reset Gatepass' }));
  expect(commandsOf(main)).toEqual(['resetGatepass']);
  expect(dialog().getByRole('alert').textContent).toContain('CFG_NOT_WRITABLE');
});
