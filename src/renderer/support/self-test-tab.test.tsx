import { act, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { CheckView, SelfTestRun } from '../../contract/self-test';
import { FakeMain } from '../testing/fake-main';
import { spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { someComputerFacts } from '../testing/support-views';
import { aProblem, aRegistry } from '../testing/views';

const dns: CheckView = {
  name: 'registry-dns',
  state: 'done',
  durationMs: 12,
  outcome: {
    verdict: 'fail',
    tried: 'mcp.acme.example',
    problem: aProblem({ code: 'NET_DNS', params: { host: 'mcp.acme.example' } }),
  },
};
const port: CheckView = {
  name: 'callback-port',
  state: 'done',
  durationMs: 3,
  outcome: { verdict: 'pass', facts: [{ name: 'port-holder', value: 'thv (812)' }] },
};
const aRun = (changes: Partial<SelfTestRun> = {}): SelfTestRun => ({
  target: { kind: 'registry', registryId: 'acme' },
  state: 'running',
  startedAt: 0,
  checks: [dns, { name: 'registry-tls', state: 'running' }, { name: 'loopback', state: 'waiting' }],
  ...changes,
});

async function openSelfTest(run?: SelfTestRun, language: 'en' | 'de' = 'en') {
  const main = new FakeMain([aRegistry(), aRegistry({ id: 'globex', name: 'Globex' })]);
  main.answer = (command) => {
    if (command === 'readSelfTest') return Promise.resolve(run === undefined ? {} : { run });
    return Promise.resolve(command === 'readComputerFacts' ? someComputerFacts() : { ok: true });
  };
  const app = await renderApp(main, { language });
  await app.user.click(screen.getByRole('button', { name: 'Support' }));
  await app.user.click(
    await screen.findByRole('tab', { name: language === 'en' ? 'Self-test' : 'Selbsttest' }),
  );
  return { main, ...app };
}
const check = (name: string) => screen.getByRole('listitem', { name });
const tell = (main: FakeMain, run: SelfTestRun) => {
  act(() => {
    main.tell('selfTest', run);
  });
};

test('the registry that is chosen is checked, or this computer', async () => {
  const { main, user } = await openSelfTest();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Registry' }), 'Globex');
  await user.click(screen.getByRole('button', { name: 'Check this registry' }));
  expect(main.sent.at(-1)).toEqual({
    command: 'startSelfTest',
    input: { kind: 'registry', registryId: 'globex' },
  });
  await user.click(screen.getByRole('button', { name: 'Check this computer' }));
  expect(main.sent.at(-1)).toEqual({ command: 'startSelfTest', input: { kind: 'computer' } });
});

test('a run shows how far it is, each verdict in words, and for a failure why and the one fix', async () => {
  const { main, user } = await openSelfTest();
  tell(main, aRun());
  expect(screen.getByText('Checking… 1 of 3')).toBeTruthy();
  const name = within(check('Name of the registry'));
  expect(name.getByText('Failed')).toBeTruthy();
  expect(name.getByText('NET_DNS')).toBeTruthy();
  expect(name.getByText('12 ms')).toBeTruthy();
  expect(name.getByText('The address mcp.acme.example could not be found.')).toBeTruthy();
  expect(name.getByText(/Check your internet connection or VPN/)).toBeTruthy();
  expect(within(check('Certificate of the registry')).getByText('Running…')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Stop' }));
  expect(main.sent.at(-1)?.command).toBe('cancelSelfTest');
});

test('the end is shown in numbers and said once to those who listen', async () => {
  const { main } = await openSelfTest();
  tell(main, aRun());
  tell(main, aRun({ state: 'done', checks: [dns, port] }));
  expect(screen.getByText('Done: 1 failed, 0 to look at, 1 fine.')).toBeTruthy();
  expect(spoken()).toBe('Acme: Done: 1 failed, 0 to look at, 1 fine.');
  expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
  const found = within(check('Port for the way back from the browser'));
  expect(found.getByText('Held by').nextElementSibling?.textContent).toBe('thv (812)');
});

test('a run that was stopped says what was not run any more', async () => {
  const { main } = await openSelfTest();
  tell(main, aRun({ state: 'cancelled', checks: [port, { name: 'loopback', state: 'waiting' }] }));
  expect(within(check('Gatepass reaches itself on this computer')).getByText('Not run')).toBeTruthy();
});

test('the last run is still there when somebody comes back, in German too', async () => {
  await openSelfTest(aRun({ state: 'done', checks: [dns] }), 'de');
  expect(await screen.findByText('Fertig: 1 fehlgeschlagen, 0 zum Ansehen, 0 in Ordnung.')).toBeTruthy();
});
