import { act, fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { FakeMain } from '../testing/fake-main';
import { buttonIn } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aFlow, aRegistry } from '../testing/views';

const three = ['Acme', 'Globex', 'Initech'].map((name) => aRegistry({ id: name.toLowerCase(), name }));
const focused = () => document.activeElement?.textContent;
/** Goes to the first row, which the list has after the actions of its header. */
const enterList = () => {
  act(() => {
    buttonIn('Acme', 'Acme').focus();
  });
};

const nextFrame = () => act(() => new Promise((resolve) => requestAnimationFrame(resolve)));

test('arrows, Home and End move between the rows, from wherever in a row one is', async () => {
  const { user } = await renderApp(new FakeMain(three));
  enterList();
  expect(focused()).toBe('Acme');
  await user.keyboard('{ArrowDown}');
  expect(focused()).toBe('Globex');
  await user.tab();
  expect(focused()).toBe('Sign in');
  await user.keyboard('{ArrowDown}');
  expect(focused()).toBe('Initech');
  await user.keyboard('{ArrowDown}');
  expect(focused()).toBe('Initech');
  await user.keyboard('{Home}');
  expect(focused()).toBe('Acme');
  await user.keyboard('{ArrowUp}{End}');
  expect(focused()).toBe('Initech');
});

test('Space on a row presses its button, and only once while it is held', async () => {
  const main = new FakeMain(three);
  const { user } = await renderApp(main);
  enterList();
  await user.keyboard('{ArrowDown}[Space]');
  fireEvent.keyDown(document.activeElement ?? document.body, { key: ' ', repeat: true });
  expect(main.sent).toEqual([{ command: 'signIn', input: { registryId: 'globex', account: 'default' } }]);
  expect(screen.queryByRole('region')).toBeNull();
});

test('Enter opens the details with the focus on them, Esc closes them and comes back to the row', async () => {
  const { user } = await renderApp(new FakeMain(three));
  enterList();
  await user.keyboard('{ArrowDown}{Enter}');
  screen.getByRole('region', { name: 'Globex' });
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Globex' }));
  await user.keyboard('{Escape}');
  await nextFrame();
  expect(screen.queryByRole('region')).toBeNull();
  expect(document.activeElement).toBe(buttonIn('Globex', 'Globex'));
});

test('Esc in a row whose sign-in is running cancels it and goes to the button of the row', async () => {
  const main = new FakeMain([aRegistry({ session: aFlow(Date.now()) })]);
  const { user } = await renderApp(main);
  enterList();
  await user.keyboard('{Escape}');
  expect(main.sent).toEqual([{ command: 'cancelSignIn', input: { registryId: 'acme' } }]);
  expect(document.activeElement).toBe(buttonIn('Acme', 'Cancel sign-in to Acme'));
});

test('Esc closes what lies on top first: the details, and the sign-in only after that', async () => {
  const main = new FakeMain([aRegistry({ session: aFlow(Date.now()) })]);
  const { user } = await renderApp(main);
  enterList();
  await user.keyboard('{Enter}{Escape}');
  await nextFrame();
  expect(main.sent).toEqual([]);
  await user.keyboard('{Escape}');
  expect(main.sent).toHaveLength(1);
});

test('Esc elsewhere does nothing', async () => {
  const main = new FakeMain([aRegistry({ session: aFlow(Date.now()) })]);
  const { user } = await renderApp(main);
  await user.keyboard('{Escape}');
  expect(main.sent).toEqual([]);
});

test('keys with a modifier belong to the system', async () => {
  const { user } = await renderApp(new FakeMain(three));
  enterList();
  await user.keyboard('{Control>}{End}{/Control}');
  expect(focused()).toBe('Acme');
});
