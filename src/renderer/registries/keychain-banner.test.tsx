import { act, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { KeychainStatus } from '../../contract/view-model';
import { FakeMain } from '../testing/fake-main';
import { spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { anApp, aProblem, aRegistry } from '../testing/views';

const missing = (code: 'STORE_LOCKED' | 'STORE_UNAVAILABLE'): KeychainStatus => ({
  kind: 'missing',
  problem: aProblem({ code }),
});
const mainWith = (keychain: KeychainStatus) => new FakeMain([aRegistry()], anApp({ keychain }));

test('while the keychain works nothing is said of it', async () => {
  await renderApp(mainWith({ kind: 'nothing-to-say' }));
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a locked keychain is said with the one thing to do, and unlocking it takes the banner away', async () => {
  const main = mainWith(missing('STORE_LOCKED'));
  const { user } = await renderApp(main);
  const banner = screen.getByRole('alert');
  expect(banner.textContent).toContain(
    'The keychain of your computer is locked. Unlock it to stay signed in',
  );
  main.answer = () => {
    main.changeApp(anApp({ keychain: { kind: 'opened' } }));
    return Promise.resolve({ ok: true });
  };
  await user.click(within(banner).getByRole('button', { name: 'Try again' }));
  expect(main.sent).toEqual([{ command: 'retryKeychain', input: undefined }]);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(spoken()).toContain('The keychain is open.');
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Registries' }));
  await user.click(within(screen.getByRole('note')).getByRole('button', { name: 'OK' }));
  expect(screen.queryByRole('note')).toBeNull();
});

test('while the keychain is asked the button says so and cannot be pressed twice; a refusal is spoken', async () => {
  const main = mainWith(missing('STORE_LOCKED'));
  const { user } = await renderApp(main);
  let answer: (outcome: unknown) => void = () => undefined;
  main.answer = () => new Promise((resolve) => (answer = resolve));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  const asking = screen.getByRole('button', { name: 'Asking the keychain…' });
  expect(asking.getAttribute('aria-disabled')).toBe('true');
  await user.click(asking);
  expect(main.sent).toHaveLength(1);
  await act(async () => {
    answer({ ok: false, problem: aProblem({ code: 'STORE_LOCKED' }) });
    await Promise.resolve();
  });
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Try again' }));
  expect(spoken()).toBe('The keychain still cannot be used.');
});

test('a computer without a keychain is told that sign-ins are in memory only', async () => {
  await renderApp(mainWith(missing('STORE_UNAVAILABLE')));
  expect(screen.getByRole('alert').textContent).toContain('sign-ins are kept only while Gatepass runs');
});

test('a key that was replaced is explained', async () => {
  await renderApp(mainWith({ kind: 'key-replaced' }));
  expect(screen.getByRole('note').textContent).toContain('Gatepass made a new one');
});

test('it speaks German too', async () => {
  await renderApp(mainWith(missing('STORE_LOCKED')), { language: 'de' });
  expect(screen.getByRole('button', { name: 'Erneut versuchen' })).toBeTruthy();
});
