import { act, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { FakeMain } from '../testing/fake-main';
import { renderApp } from '../testing/render-app';
import { anApp, aProblem, aRegistry } from '../testing/views';

const stopped = anApp({ stopped: aProblem({ code: 'STORE_CONTENDED' }) });

test('an app that another one took the profile from says so in place of everything, and can be ended', async () => {
  const main = new FakeMain([aRegistry({ name: 'Acme' })]);
  const { user } = await renderApp(main);
  expect(screen.getByRole('heading', { name: 'Registries' })).toBeTruthy();
  act(() => {
    main.changeApp(stopped);
  });
  expect(screen.getByRole('heading', { name: 'Gatepass has stopped' })).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('Gatepass is already running with these sign-ins.');
  expect(screen.getByRole('alert').textContent).toContain('STORE_CONTENDED');
  const quit = screen.getByRole('button', { name: 'Quit Gatepass' });
  expect(document.activeElement).toBe(quit);
  expect(screen.queryByRole('list', { name: 'Registries' })).toBeNull();
  await user.click(quit);
  expect(main.sent).toEqual([{ command: 'quit', input: undefined }]);
});

test('it says so in German too', async () => {
  await renderApp(new FakeMain([], stopped), { language: 'de' });
  expect(screen.getByRole('heading', { name: 'Gatepass arbeitet nicht mehr' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Gatepass beenden' })).toBeTruthy();
});
