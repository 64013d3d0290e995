import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { SessionView } from '../../contract/view-model';
import { FakeMain } from '../testing/fake-main';
import { buttonIn, row } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aFlow, aProblem, aRegistry } from '../testing/views';

const account = 'alice@acme.example';
const held: readonly [string, SessionView][] = [
  ['signed in', { kind: 'signed-in', account }],
  [
    'signed in, after a sign-in with another account failed',
    { kind: 'signed-in', problem: aProblem({ code: 'LOGIN_DENIED' }) },
  ],
  ['signing in once more', aFlow(Date.now())],
  [
    'needing attention that a sign-in may help',
    { kind: 'needs-attention', account, next: 'sign-in', problem: aProblem({ code: 'CLIENT_REJECTED' }) },
  ],
  [
    'refused by the registry',
    { kind: 'needs-attention', next: 'none', problem: aProblem({ code: 'REGISTRY_REJECTED_TOKEN' }) },
  ],
];

for (const narrow of [false, true])
  test.each(held)(
    `while a token is held, one can sign out, in a ${narrow ? 'narrow' : 'wide'} window: %s`,
    async (_, session) => {
      const main = new FakeMain([aRegistry({ session, status: 'authenticated' })]);
      const { user } = await renderApp(main, { narrow });
      await user.click(buttonIn('Acme', 'Acme'));
      // Exactly one, wherever it is.
      await user.click(screen.getByRole('button', { name: 'Sign out of Acme' }));
      expect(main.sent).toEqual([{ command: 'signOut', input: { registryId: 'acme' } }]);
    },
  );

test.each<[string, SessionView, 'configured' | 'expired']>([
  ['signed out', { kind: 'signed-out' }, 'configured'],
  ['signing in for the first time', aFlow(Date.now()), 'configured'],
  ['expired', { kind: 'expired', problem: aProblem() }, 'expired'],
  [
    'after a sign-in that failed',
    { kind: 'needs-attention', next: 'sign-in', problem: aProblem({ code: 'LOGIN_DENIED' }) },
    'configured',
  ],
  [
    'blocked',
    { kind: 'needs-attention', next: 'none', problem: aProblem({ code: 'CFG_INVALID' }) },
    'configured',
  ],
])('where nothing is held there is nothing to sign out of: %s', async (_, session, status) => {
  const { user } = await renderApp(new FakeMain([aRegistry({ session, status })]));
  await user.click(buttonIn('Acme', 'Acme'));
  expect(screen.queryByRole('button', { name: /^Sign out/ })).toBeNull();
});

test('the account of a sign-in that is kept is shown beside what is wrong with it', async () => {
  const problem = aProblem({ code: 'REGISTRY_REJECTED_TOKEN' });
  const session = { kind: 'needs-attention', account, next: 'none', problem } as const;
  await renderApp(new FakeMain([aRegistry({ session, status: 'authenticated' })]));
  expect(row('Acme').querySelector('[data-part="status"]')?.textContent).toBe(`Needs attention ${account}`);
});

test.each<[string, SessionView, offered: boolean]>([
  ['signed out', { kind: 'signed-out' }, true],
  ['expired', { kind: 'expired', account, problem: aProblem() }, true],
  ['signed in', { kind: 'signed-in', account }, true],
  ['signing in', aFlow(Date.now()), false],
  ['blocked', { kind: 'needs-attention', next: 'none', problem: aProblem({ code: 'CFG_INVALID' }) }, false],
])('another account can be used wherever a sign-in can begin: %s', async (_, session, offered) => {
  const { user } = await renderApp(new FakeMain([aRegistry({ session })]));
  await user.click(buttonIn('Acme', 'Acme'));
  expect(screen.queryByRole('button', { name: 'Use another account' }) !== null).toBe(offered);
});

test('a sign-in that the provider gave no lasting token can be repeated at once', async () => {
  const session = { kind: 'signed-in', notRemembered: aProblem({ code: 'NO_REFRESH_TOKEN' }) } as const;
  const main = new FakeMain([aRegistry({ session, status: 'authenticated' })]);
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Sign in again to Acme'));
  expect(main.sent).toEqual([{ command: 'signIn', input: { registryId: 'acme', account: 'default' } }]);
});
