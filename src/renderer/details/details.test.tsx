import { act, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { OAuthView } from '../../contract/view-model';
import { FakeMain } from '../testing/fake-main';
import { buttonIn, list, spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aFlow, anOAuthClient, aProblem, aRegistry } from '../testing/views';

const facts = () =>
  Object.fromEntries(
    within(screen.getByRole('region', { name: 'Acme' }))
      .getAllByRole('term')
      .map((term) => [term.textContent, term.nextElementSibling?.textContent]),
  );

const nextFrame = () => act(() => new Promise((resolve) => requestAnimationFrame(resolve)));

test('a click on a row opens everything there is to know about it', async () => {
  const registry = aRegistry({
    source: 'policy-enforced',
    locked: true,
    location: '/etc/gatepass/policy.yaml:9',
    siblings: 2,
    oauth: anOAuthClient({ audience: 'api://mcp' }),
    session: { kind: 'signed-in', account: 'alice@acme.example' },
  });
  const { user } = await renderApp(new FakeMain([registry]));
  await user.click(buttonIn('Acme', 'Acme'));
  expect(facts()).toEqual({
    Address: 'https://mcp.acme.example/registry/engineering',
    Host: 'mcp.acme.example',
    Source: expect.stringMatching(/^Set by your organization; it cannot be changed here/) as string,
    'Found in': '/etc/gatepass/policy.yaml:9',
    Account: 'alice@acme.example',
    'Sign-in service (issuer)': 'https://login.acme.example/realms/main',
    'Client id': 'gatepass',
    Scopes: 'openid offline_access',
    Audience: 'api://mcp',
    'Redirect address to register': 'http://127.0.0.1:8666/callback',
    'Session label': 'REGISTRY_OAUTH_1A2B3C4D',
  });
  screen.getByText('2 other registries here are signed in at the same service.');
  expect(buttonIn('Acme', 'Acme').getAttribute('aria-expanded')).toBe('true');
});

test('what the organization set shows who set it and where, and why there is nothing to edit', async () => {
  const place = { source: 'policy-enforced', locked: true, location: '/etc/gatepass/policy.yaml:9' } as const;
  const { user } = await renderApp(new FakeMain([aRegistry(place)]));
  await user.click(buttonIn('Acme', 'Acme'));
  const lock = screen.getByRole('button', { name: 'Managed by your organization: Acme' });
  const popover = document.getElementById(lock.getAttribute('popovertarget') ?? '');
  expect(popover?.textContent).toContain('Your organization');
  expect(popover?.textContent).toContain('/etc/gatepass/policy.yaml:9');
  screen.getByText('This registry cannot be edited or removed here: your organization set it.');
  for (const name of ['Edit', 'Remove…', 'Forget…'])
    expect(screen.queryByRole('button', { name })).toBeNull();
});

test('an own registry has no lock and can be edited', async () => {
  const { user } = await renderApp(new FakeMain([aRegistry()]));
  await user.click(buttonIn('Acme', 'Acme'));
  expect(screen.queryByRole('button', { name: /^Managed/ })).toBeNull();
  screen.getByRole('button', { name: 'Edit' });
});

test('a registry without sign-in has no section about it', async () => {
  const { id, name, url, host, source, location, locked, siblings } = aRegistry();
  const open = { id, name, url, host, source, location, locked, siblings };
  const session = { kind: 'no-sign-in-needed' } as const;
  const { user } = await renderApp(new FakeMain([{ ...open, authType: 'none', status: 'none', session }]));
  await user.click(buttonIn('Acme', 'Acme'));
  expect(screen.queryByText('Client id')).toBeNull();
});

test('the redirect address is copied by main, and that is said', async () => {
  const main = new FakeMain([aRegistry()]);
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Acme'));
  await user.click(screen.getByRole('button', { name: 'Copy redirect address' }));
  expect(main.sent).toEqual([{ command: 'copyRedirectUri', input: { registryId: 'acme' } }]);
  expect(spoken()).toBe('Redirect address copied');
});

test('a redirect address that is not certain yet is neither shown nor copyable', async () => {
  const oauth: { -readonly [K in keyof OAuthView]: OAuthView[K] } = anOAuthClient();
  delete oauth.redirectUri;
  const { user } = await renderApp(new FakeMain([aRegistry({ oauth })]));
  await user.click(buttonIn('Acme', 'Acme'));
  screen.getByText('Shown as soon as the sign-in service is certain.');
  expect(screen.queryByRole('button', { name: 'Copy redirect address' })).toBeNull();
});

test('Check now asks the registry and announces the answer; a check nobody asked for is silent', async () => {
  const main = new FakeMain([aRegistry()]);
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Acme'));
  const change = (changes: Parameters<typeof aRegistry>[0]) => {
    act(() => {
      main.change(aRegistry(changes));
    });
  };
  change({ reachability: { kind: 'answers', checkedAt: 1 } });
  expect(spoken()).toBe('');
  await user.click(screen.getByRole('button', { name: 'Check now' }));
  expect(main.sent).toEqual([{ command: 'checkRegistry', input: { registryId: 'acme' } }]);
  change({ reachability: { kind: 'checking' } });
  const problem = aProblem({ code: 'REGISTRY_UNAVAILABLE' });
  change({ reachability: { kind: 'fails', checkedAt: 2, problem } });
  expect(spoken()).toBe('Acme: the registry cannot be used');
  expect(screen.getByRole('alert').textContent).toContain('REGISTRY_UNAVAILABLE');
});

test('what the row already tells is not told again beside it', async () => {
  const problem = aProblem({ code: 'REGISTRY_FORBIDDEN' });
  const registry = aRegistry({
    status: 'authenticated',
    session: { kind: 'needs-attention', next: 'none', problem },
    reachability: { kind: 'fails', checkedAt: 1, problem },
  });
  const { user } = await renderApp(new FakeMain([registry]));
  await user.click(buttonIn('Acme', 'Acme'));
  expect(screen.getAllByRole('alert')).toHaveLength(1);
  expect(screen.getAllByRole('button', { name: 'Sign out of Acme' })).toHaveLength(1);
});

test('in a narrow window the details lie over the list, with state, button and Back', async () => {
  const main = new FakeMain([aRegistry({ session: aFlow(Date.now()) })]);
  const { user } = await renderApp(main, { narrow: true });
  await user.click(buttonIn('Acme', 'Acme'));
  expect(screen.queryByRole('list', { name: 'Registries' })).toBeNull();
  const panel = within(screen.getByRole('region', { name: 'Acme' }));
  panel.getByText('Signing in…');
  panel.getByRole('button', { name: 'Cancel sign-in to Acme' });
  panel.getByRole('button', { name: 'Copy link' });
  await user.click(panel.getByRole('button', { name: 'Back' }));
  await nextFrame();
  list();
  expect(document.activeElement).toBe(buttonIn('Acme', 'Acme'));
});

test('details of a registry that goes away close by themselves', async () => {
  const main = new FakeMain([aRegistry(), aRegistry({ id: 'globex', name: 'Globex' })]);
  const { user } = await renderApp(main);
  await user.click(buttonIn('Globex', 'Globex'));
  act(() => {
    main.remove('globex');
  });
  expect(screen.queryByRole('region')).toBeNull();
});

test('Use another account asks the provider for a choice', async () => {
  const main = new FakeMain([aRegistry({ session: { kind: 'signed-in' }, status: 'authenticated' })]);
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Acme'));
  await user.click(screen.getByRole('button', { name: 'Use another account' }));
  expect(main.sent).toEqual([{ command: 'signIn', input: { registryId: 'acme', account: 'another' } }]);
});

test('as whom the registry knows the person stands beside the account', async () => {
  const registry = aRegistry({
    status: 'authenticated',
    session: { kind: 'signed-in', account: 'alice@acme.example' },
    knownAs: { subject: 'user-17', roles: ['reader', 'publisher'] },
  });
  const { user } = await renderApp(new FakeMain([registry]));
  await user.click(buttonIn('Acme', 'Acme'));
  expect(facts()).toMatchObject({
    Account: 'alice@acme.example',
    'Known to the registry as': 'user-17',
    'Roles there': 'reader, publisher',
  });
});
