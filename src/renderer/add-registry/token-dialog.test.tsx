import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { RegistryView, TokenView } from '../../contract/view-model';
import { FakeMain } from '../testing/fake-main';
import { buttonIn, row, spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aProblem, aRegistry } from '../testing/views';

const registryWith = (token: TokenView, changes: Partial<RegistryView> = {}): RegistryView => {
  const { oauth, ...registry } = aRegistry({ authType: 'bearer', token, ...changes });
  expect(oauth).toBeDefined();
  return registry;
};
const refused: Partial<RegistryView> = {
  status: 'authenticated',
  session: { kind: 'needs-attention', next: 'sign-in', problem: aProblem({ code: 'TOKEN_REFUSED' }) },
};

async function open(token: TokenView, button: string, changes?: Partial<RegistryView>) {
  const main = new FakeMain([registryWith(token, changes)]);
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', button));
  return { main, user, dialog: within(await screen.findByRole('dialog', { name: button })) };
}

test('the token on the clipboard is used by main; the page only says so', async () => {
  const { main, user, dialog } = await open({ kind: 'absent' }, 'Add token to Acme');
  await user.click(dialog.getByRole('button', { name: 'Use the token on the clipboard' }));
  expect(main.sent).toEqual([{ command: 'useTokenOnClipboard', input: { registryId: 'acme' } }]);
  await waitFor(() => {
    expect(screen.queryByRole('dialog')).toBeNull();
  });
  expect(spoken()).toBe('Acme: token added');
  expect(document.activeElement).toBe(buttonIn('Acme', 'Add token to Acme'));
});

test('something else on the clipboard is said where one can try again', async () => {
  const { main, user, dialog } = await open({ kind: 'absent' }, 'Add token to Acme');
  const problem = aProblem({ code: 'TOKEN_UNUSABLE', params: { reason: 'token-clipboard' } });
  main.answer = () => Promise.resolve({ ok: false, problem });
  await user.click(dialog.getByRole('button', { name: 'Use the token on the clipboard' }));
  const alert = (await dialog.findByRole('alert')).textContent;
  expect(alert).toContain('There is no token in the clipboard.');
  expect(alert).toContain('TOKEN_UNUSABLE');
});

test.each<[TokenView, string]>([
  [{ kind: 'environment', name: 'GATEPASS_REGISTRY_TOKEN_ACME' }, 'variable GATEPASS_REGISTRY_TOKEN_ACME'],
  [{ kind: 'file', path: '/run/secrets/mcp' }, 'file /run/secrets/mcp'],
])('a refused token that stands elsewhere is replaced there: %j', async (token, place) => {
  const { main, user, dialog } = await open(token, 'Replace token of Acme', refused);
  dialog.getByText(new RegExp(place));
  expect(dialog.queryByRole('button', { name: 'Use the token on the clipboard' })).toBeNull();
  await user.click(dialog.getByRole('button', { name: 'Close' }));
  expect(main.sent).toEqual([]);
});

test('nobody is offered to sign out of a token that was refused', async () => {
  await renderApp(new FakeMain([registryWith({ kind: 'stored' }, refused)]));
  expect(within(row('Acme')).queryByRole('button', { name: /Sign out|another account/ })).toBeNull();
});

test('the details say where the token comes from; one that the app keeps can be removed there', async () => {
  const main = new FakeMain([
    registryWith({ kind: 'stored' }, { status: 'authenticated', session: { kind: 'signed-in' } }),
  ]);
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Acme'));
  screen.getByText('Gatepass, encrypted on this computer');
  await user.click(screen.getByRole('button', { name: 'Remove token of Acme' }));
  expect(main.sent).toContainEqual({ command: 'removeToken', input: { registryId: 'acme' } });
});
