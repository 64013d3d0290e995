import { act, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ActivityEntry } from '../../contract/activity';
import { FakeMain } from '../testing/fake-main';
import { renderApp } from '../testing/render-app';
import { someComputerFacts } from '../testing/support-views';
import { aRegistry } from '../testing/views';

const moment = (seq: number) => ({ seq, at: Date.UTC(2026, 0, 5, 9, seq) });
const entry = (seq: number, changes: Partial<ActivityEntry>): ActivityEntry => ({
  ...moment(seq),
  level: 'info',
  name: 'session-changed',
  registryId: 'acme',
  ...changes,
});
const known: ActivityEntry[] = [
  { ...moment(1), level: 'info', name: 'app-started' },
  entry(2, { kind: 'opening-browser', correlationId: 'aaaa0001' }),
  entry(3, { kind: 'sign-in-succeeded', durationMs: 4200, correlationId: 'aaaa0001' }),
  entry(4, { level: 'debug', kind: 'refresh-started', correlationId: 'bbbb0002' }),
  entry(5, {
    level: 'warn',
    kind: 'refresh-failed',
    registryId: 'globex',
    code: 'NET_DNS',
    correlationId: 'bbbb0002',
  }),
];

async function openActivity() {
  const main = new FakeMain([aRegistry(), aRegistry({ id: 'globex', name: 'Globex' })]);
  main.answer = (command) => Promise.resolve(command === 'readActivity' ? known : someComputerFacts());
  const app = await renderApp(main);
  await app.user.click(screen.getByRole('button', { name: 'Support' }));
  await app.user.click(await screen.findByRole('tab', { name: 'Activity' }));
  await screen.findByRole('table');
  return { main, ...app };
}

const whatHappened = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[1]?.textContent);

test('what people did and what failed is shown, newest first, without silent work', async () => {
  await openActivity();
  expect(whatHappened()).toEqual([
    'Renewal failed, session kept',
    'Signed in',
    'Sign-in: opening the browser',
    'Gatepass started',
  ]);
  const failed = screen.getAllByRole('row')[1];
  expect(failed?.textContent).toContain('Globex');
  expect(failed?.textContent).toContain('NET_DNS');
  expect(screen.getAllByRole('row')[2]?.textContent).toContain('4200 ms');
});

test('it is filtered by how much, by registry and by a search for words or a code', async () => {
  const { user } = await openActivity();
  await user.selectOptions(screen.getByLabelText('How much'), 'Everything');
  expect(whatHappened()).toContain('Renewal started');
  await user.selectOptions(screen.getByLabelText('How much'), 'Failures');
  expect(whatHappened()).toEqual(['Renewal failed, session kept']);
  await user.selectOptions(screen.getByLabelText('Registry'), 'Acme');
  expect(screen.getByText('Nothing to show.')).toBeTruthy();
  await user.selectOptions(screen.getByLabelText('Registry'), 'Every registry');
  await user.type(screen.getByRole('searchbox'), 'net_dns');
  expect(whatHappened()).toEqual(['Renewal failed, session kept']);
  await user.clear(screen.getByRole('searchbox'));
  await user.type(screen.getByRole('searchbox'), 'browser');
  expect(screen.getByText('Nothing to show.')).toBeTruthy();
});

test('a press on an operation shows all of it, silent work too', async () => {
  const { user } = await openActivity();
  await user.click(screen.getByRole('button', { name: 'bbbb0002' }));
  expect(whatHappened()).toEqual(['Renewal failed, session kept', 'Renewal started']);
});

test('what happens now appears at once, unless it is not followed; then it is caught up with', async () => {
  const { main, user } = await openActivity();
  const tell = (seq: number, kind: ActivityEntry['kind']) => {
    act(() => {
      main.tell('activity', entry(seq, { ...(kind !== undefined && { kind }) }));
    });
  };
  tell(6, 'signed-out');
  expect(whatHappened()[0]).toBe('Signed out');
  await user.click(screen.getByRole('checkbox', { name: 'Follow' }));
  tell(7, 'ended');
  expect(whatHappened()[0]).toBe('Signed out');
  main.answer = () => Promise.resolve([...known, entry(7, { kind: 'ended' })]);
  await user.click(screen.getByRole('checkbox', { name: 'Follow' }));
  expect(await screen.findByText('Session ended')).toBeTruthy();
});

test('tabs are moved through with the arrow keys', async () => {
  const { user } = await openActivity();
  screen.getByRole('tab', { name: 'Activity' }).focus();
  await user.keyboard('{ArrowLeft}{ArrowLeft}');
  const state = screen.getByRole('tab', { name: 'State' });
  expect(document.activeElement).toBe(state);
  expect(state.getAttribute('aria-selected')).toBe('true');
  expect(screen.queryByRole('table')).toBeNull();
});
