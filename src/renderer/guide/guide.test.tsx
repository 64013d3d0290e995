import { act, screen, within } from '@testing-library/react';
import { guide } from 'virtual:support-guide';
import { expect, test } from 'vitest';
import { helpSections } from '../../contract/help-sections';
import { FakeMain } from '../testing/fake-main';
import { buttonIn, row } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { anApp, aProblem, aRegistry } from '../testing/views';

/** jsdom has no layout. */
Element.prototype.scrollIntoView = () => undefined;

const busyPort = aRegistry({
  name: 'Acme',
  session: { kind: 'needs-attention', next: 'sign-in', problem: aProblem({ code: 'LOGIN_PORT_BUSY' }) },
});
const portLink = 'How to solve this: “The port is taken”';

test('every section that an error can name is a heading of the guide', () => {
  const headings = guide.flatMap((block) => (block.kind === 'heading' ? [block.id] : []));
  expect(headings.filter((id) => id !== undefined)).toEqual([...helpSections]);
});

test('the link of an error opens the guide at its section, and Back returns to the link', async () => {
  const { user } = await renderApp(new FakeMain([busyPort]));
  await user.click(buttonIn('Acme', 'Details'));
  const link = buttonIn('Acme', portLink);
  await user.click(link);
  const dialog = await screen.findByRole('dialog', { name: 'Support guide' });
  expect(document.activeElement).toBe(
    within(dialog).getByRole('heading', { level: 3, name: 'The port is taken' }),
  );
  expect(row('Acme').closest('[inert]')).not.toBeNull();
  await user.click(within(dialog).getByRole('button', { name: 'Back' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(row('Acme').closest('[inert]')).toBeNull();
  expect(document.activeElement).toBe(link);
});

test('by keyboard: Enter on the link, Escape back, and the contents lead to another section', async () => {
  const { user } = await renderApp(new FakeMain([busyPort]));
  await user.click(buttonIn('Acme', 'Details'));
  await user.tab();
  expect(document.activeElement).toBe(buttonIn('Acme', portLink));
  await user.keyboard('{Enter}');
  const contents = await screen.findByRole('navigation', { name: 'Contents' });
  within(contents).getByRole('button', { name: 'The clock is wrong' }).focus();
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'The clock is wrong' }));
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.activeElement).toBe(buttonIn('Acme', portLink));
});

test('when the error is gone meanwhile, the focus goes to the heading of the page', async () => {
  const main = new FakeMain([busyPort]);
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Details'));
  await user.click(buttonIn('Acme', portLink));
  await screen.findByRole('dialog');
  act(() => {
    main.change({ ...busyPort, session: { kind: 'signed-out' } });
  });
  await user.keyboard('{Escape}');
  expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
});

test('the reason on the screen of an app that has stopped leads there too', async () => {
  const { user } = await renderApp(
    new FakeMain([], anApp({ stopped: aProblem({ code: 'STORE_CONTENDED' }) })),
  );
  await user.click(screen.getByRole('button', { name: 'Details' }));
  await user.click(screen.getByRole('button', { name: /^How to solve this/ }));
  const heading = await screen.findByRole('heading', { name: 'The keychain is locked or missing' });
  expect(document.activeElement).toBe(heading);
});

test('where there is room for the code only, the code is the link', async () => {
  const problem = {
    ...aProblem({ code: 'CFG_UNKNOWN_KEY' }),
    location: '/etc/gatepass/policy.yaml',
    line: 3,
  };
  const { user } = await renderApp(new FakeMain([], anApp({ configurationProblems: [problem] })));
  await user.click(
    screen.getByRole('button', {
      name: 'CFG_UNKNOWN_KEY. How to solve this: “Something is wrong in a configuration file”',
    }),
  );
  const heading = await screen.findByRole('heading', { name: 'Something is wrong in a configuration file' });
  expect(document.activeElement).toBe(heading);
});

test('Support has the guide to read', async () => {
  const main = new FakeMain([busyPort]);
  main.answer = () => Promise.resolve(undefined);
  const { user } = await renderApp(main);
  await user.click(screen.getByRole('button', { name: 'Support' }));
  await user.click(await screen.findByRole('tab', { name: 'Guide' }));
  expect(screen.getByRole('heading', { level: 2, name: 'The port is taken' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'A policy is not applied' }));
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'A policy is not applied' }));
});

test('a window that speaks another language says first that the guide is in English', async () => {
  const main = new FakeMain([busyPort]);
  main.answer = () => Promise.resolve(undefined);
  const { user } = await renderApp(main, { language: 'de' });
  await user.click(screen.getByRole('button', { name: 'Support' }));
  await user.click(await screen.findByRole('tab', { name: 'Anleitung' }));
  const note = await screen.findByText('Diese Anleitung gibt es nur auf Englisch.');
  expect(note.closest('[lang="en"]')).toBeNull();
  const contents = screen.getByRole('navigation', { name: 'Inhalt' });
  expect(note.compareDocumentPosition(contents) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});

test('a window in English needs no such note', async () => {
  const main = new FakeMain([busyPort]);
  main.answer = () => Promise.resolve(undefined);
  const { user } = await renderApp(main);
  await user.click(screen.getByRole('button', { name: 'Support' }));
  await user.click(await screen.findByRole('tab', { name: 'Guide' }));
  await screen.findByRole('navigation', { name: 'Contents' });
  expect(screen.queryByText(/English only/)).toBeNull();
});
