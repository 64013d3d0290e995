import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { RegistryFacts } from '../../contract/support-view';
import { FakeMain } from '../testing/fake-main';
import { renderApp } from '../testing/render-app';
import { someComputerFacts, someRegistryFacts } from '../testing/support-views';
import { aProblem, aRegistry } from '../testing/views';

const globex = aRegistry({
  id: 'globex',
  name: 'Globex',
  session: { kind: 'needs-attention', next: 'sign-in', problem: aProblem({ code: 'LOGIN_PORT_BUSY' }) },
});

async function openSupport(facts: Partial<RegistryFacts> = {}, language: 'en' | 'de' = 'en') {
  const main = new FakeMain([aRegistry(), globex]);
  const told = { facts: someRegistryFacts(facts) };
  main.answer = (command) => Promise.resolve(command === 'readRegistryFacts' ? told : someComputerFacts());
  const app = await renderApp(main, { language });
  await app.user.click(screen.getByRole('button', { name: 'Support' }));
  await screen.findByRole('heading', { level: 1, name: 'Support' });
  return { main, told, ...app };
}

const state = (name: string) => screen.getByRole('listitem', { name });
const unfold = (name: string) => within(state(name)).getByRole('button', { name: new RegExp(`^${name}`) });
const fact = async (term: string) =>
  (await screen.findByText(term, { selector: 'dt' })).nextElementSibling?.textContent;

test('each registry shows its state and the code of what is wrong, without asking for more', async () => {
  const { main } = await openSupport();
  expect(unfold('Acme').textContent).toBe('AcmeSigned out');
  expect(unfold('Globex').textContent).toBe('GlobexNeeds attention');
  expect(state('Globex').textContent).toBe('GlobexNeeds attentionLOGIN_PORT_BUSY');
  expect(main.sent.map(({ command }) => command)).not.toContain('readRegistryFacts');
});

test('unfolded, a registry tells all of its session but the tokens', async () => {
  const { user, main } = await openSupport({
    state: 'signed-in',
    refreshToken: { kind: 'present', length: '64–511', kept: 'sealed' },
    accessToken: { kind: 'present', length: '512–4095', kept: 'memory' },
    counters: { signIns: 1, refreshes: 4, failures: 2 },
    lastError: { code: 'NET_DNS', at: Date.UTC(2026, 0, 5) },
    scopesGranted: 'openid',
    discovered: {
      issuer: 'https://login.acme.example/found',
      endpoints: [{ name: 'token_endpoint', url: 'https://login.acme.example/token' }],
      namesItselfInAnswers: true,
      clockAheadSeconds: 7,
    },
  });
  await user.click(unfold('Acme'));
  expect(await fact('State')).toBe('signed-in · configured');
  expect(await fact('Refresh token')).toBe('Kept, encrypted on disk; 64–511 characters');
  expect(await fact('Access token')).toBe('In memory only; 512–4095 characters');
  expect(await fact('Last error')).toMatch(/^NET_DNS Jan/);
  expect(await fact('Since the app started')).toBe('Sign-ins: 1 · renewals: 4 · failures: 2');
  expect(await fact('Granted')).toBe('openid');
  expect(await fact('token_endpoint')).toBe('https://login.acme.example/token');
  expect(await fact('Its clock')).toBe('7 seconds ahead of this computer');
  expect(main.sent.at(-1)).toEqual({ command: 'readRegistryFacts', input: { registryId: 'acme' } });
});

test('what is unfolded is read again when its session changes', async () => {
  const { user, main, told } = await openSupport();
  await user.click(unfold('Acme'));
  expect(await fact('State')).toBe('signed-out · configured');
  told.facts = someRegistryFacts({ state: 'signed-in' });
  main.change(aRegistry({ status: 'authenticated', session: { kind: 'signed-in' } }));
  expect(await screen.findByText('signed-in · authenticated')).toBeTruthy();
});

test('the computer tells its versions and where secrets are sealed, with the code of why they are not', async () => {
  const { main } = await openSupport();
  expect(await fact('Runs on')).toBe('linux 6.8.0 x64 · electron 45.4.1');
  expect(await fact('Key that seals tokens')).toBe('In the system’s keychain');
  main.answer = () =>
    Promise.resolve(someComputerFacts({ keySource: { kind: 'memory', code: 'STORE_LOCKED' } }));
  main.change(aRegistry({ status: 'authenticated', session: { kind: 'signed-in' } }));
  expect(await screen.findByRole('button', { name: /^STORE_LOCKED\. How to solve this/ })).toBeTruthy();
  expect(await fact('Key that seals tokens')).toBe('None: tokens are kept in memory only STORE_LOCKED');
});

test('the page speaks German', async () => {
  const { user } = await openSupport({ refreshToken: { kind: 'absent' } }, 'de');
  await user.click(unfold('Acme'));
  expect(await fact('Zustand')).toBe('signed-out · configured');
});
