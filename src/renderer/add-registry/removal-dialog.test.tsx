import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { FakeMain } from '../testing/fake-main';
import { list } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aProblem, aRegistry } from '../testing/views';

const acme = aRegistry();
const globex = aRegistry({ id: 'globex', name: 'Globex' });

async function askToRemoveAcme(main: FakeMain) {
  const { user } = await renderApp(main);
  await user.click(within(list()).getByRole('button', { name: 'Acme' }));
  await user.click(screen.getByRole('button', { name: 'Remove…' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Remove Acme?' });
  return { user, inDialog: within(dialog) };
}
const expectFocusOn = (element: () => Element | null) =>
  waitFor(() => {
    expect(document.activeElement).toBe(element());
  });
const addRegistry = () => screen.getByRole('button', { name: 'Add registry' });
const removeAcme = (main: FakeMain) => {
  act(() => {
    main.remove('acme');
  });
};

test('the focus is on keeping it; keeping it asks main for nothing and goes back to where one was', async () => {
  const main = new FakeMain([acme]);
  const { user, inDialog } = await askToRemoveAcme(main);
  expect(document.activeElement).toBe(inDialog.getByRole('button', { name: 'Keep it' }));
  await user.keyboard('{Enter}');
  await expectFocusOn(() => screen.getByRole('button', { name: 'Remove…' }));
  expect(main.sent).toEqual([]);
});

test('when the list follows after the answer, the focus ends where one can go on', async () => {
  const main = new FakeMain([acme]);
  const { user, inDialog } = await askToRemoveAcme(main);
  await user.click(inDialog.getByRole('button', { name: 'Remove' }));
  await expectFocusOn(() => screen.getByRole('button', { name: 'Remove…' }));
  removeAcme(main);
  await expectFocusOn(addRegistry);
});

test('when the list follows before the answer, it does so too', async () => {
  const main = new FakeMain([acme]);
  main.answer = () => {
    removeAcme(main);
    return Promise.resolve({ ok: true });
  };
  const { user, inDialog } = await askToRemoveAcme(main);
  await user.click(inDialog.getByRole('button', { name: 'Remove' }));
  await expectFocusOn(addRegistry);
});

test('the list that follows takes no focus from somebody who has gone on', async () => {
  const main = new FakeMain([acme, globex]);
  const { user, inDialog } = await askToRemoveAcme(main);
  await user.click(inDialog.getByRole('button', { name: 'Remove' }));
  const elsewhere = () => within(list()).getByRole('button', { name: 'Globex' });
  await expectFocusOn(() => screen.getByRole('button', { name: 'Remove…' }));
  elsewhere().focus();
  removeAcme(main);
  await act(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  expect(document.activeElement).toBe(elsewhere());
});

test('a refusal stays in the dialog, with its code', async () => {
  const main = new FakeMain([acme]);
  main.answer = () => Promise.resolve({ ok: false, problem: aProblem({ code: 'CFG_NOT_WRITABLE' }) });
  const { user, inDialog } = await askToRemoveAcme(main);
  await user.click(inDialog.getByRole('button', { name: 'Remove' }));
  expect((await inDialog.findByRole('alert')).textContent).toContain('CFG_NOT_WRITABLE');
});

test.each([
  ['signed out', aRegistry(), 'You are not signed in to it, so there is no sign-in to delete.'],
  [
    'blocked',
    aRegistry({
      session: {
        kind: 'needs-attention',
        next: 'none',
        problem: aProblem({ code: 'CFG_ISSUER_NOT_ALLOWED' }),
      },
    }),
    'If a sign-in of yours is still kept for it on this computer, it is deleted.',
  ],
])('forgetting says what becomes of a sign-in: %s', async (_, registry, sentence) => {
  const { user } = await renderApp(new FakeMain([registry]));
  await user.click(within(list()).getByRole('button', { name: 'Acme' }));
  await user.click(screen.getByRole('button', { name: 'Forget…' }));
  within(await screen.findByRole('alertdialog', { name: 'Forget Acme?' })).getByText(sentence);
});
