import { act, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { RegistryView, SessionView } from '../../contract/view-model';
import { FakeMain } from '../testing/fake-main';
import { buttonIn, row, rowNames, statesOf } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aFlow, anApp, aProblem, aRegistry } from '../testing/views';

test('each registry is a list item with its name, host, state and button, in the order of main', async () => {
  const locked = aRegistry({ id: 'globex', name: 'Globex', host: 'mcp.globex.example', locked: true });
  await renderApp(new FakeMain([locked, aRegistry()]));
  expect(rowNames()).toEqual(['Globex', 'Acme']);
  expect(row('Globex').textContent).toContain('mcp.globex.example');
  within(row('Globex')).getByRole('img', { name: 'Managed by your organization' });
  expect(within(row('Acme')).queryByRole('img')).toBeNull();
});

const problem = aProblem();
const states: readonly [
  SessionView,
  Partial<RegistryView>,
  badge: string,
  button: string | undefined,
  label: string,
][] = [
  [{ kind: 'no-sign-in-needed' }, { authType: 'none', status: 'none' }, 'No sign-in needed', undefined, ''],
  [{ kind: 'signed-out' }, {}, 'Signed out', 'Sign in', 'Sign in to Acme'],
  [aFlow(Date.now()), {}, 'Signing in…', 'Cancel', 'Cancel sign-in to Acme'],
  [{ kind: 'signed-in' }, { status: 'authenticated' }, 'Signed in', 'Sign out', 'Sign out of Acme'],
  [
    { kind: 'signed-in', account: 'alice@acme.example' },
    { status: 'authenticated' },
    'Signed in as alice@acme.example',
    'Sign out',
    'Sign out of Acme',
  ],
  [
    { kind: 'expired', account: 'alice@acme.example', problem },
    { status: 'expired' },
    'Session expired alice@acme.example',
    'Sign in again',
    'Sign in again to Acme',
  ],
  [
    { kind: 'needs-attention', next: 'sign-in', problem },
    {},
    'Needs attention',
    'Sign in',
    'Sign in to Acme',
  ],
  [
    { kind: 'needs-attention', next: 'sign-in', problem },
    { status: 'authenticated' },
    'Needs attention',
    'Sign in again',
    'Sign in again to Acme',
  ],
  [
    { kind: 'needs-attention', next: 'none', problem },
    { status: 'authenticated' },
    'Needs attention',
    'Sign out',
    'Sign out of Acme',
  ],
  [{ kind: 'needs-attention', next: 'none', problem }, {}, 'Needs attention', undefined, ''],
  [
    { kind: 'signed-out' },
    { authType: 'bearer', token: { kind: 'absent' } },
    'Signed out',
    'Add token',
    'Add token to Acme',
  ],
  [
    { kind: 'needs-attention', next: 'sign-in', problem },
    { authType: 'bearer', status: 'authenticated', token: { kind: 'stored' } },
    'Needs attention',
    'Replace token',
    'Replace token of Acme',
  ],
  [
    { kind: 'signed-in' },
    { authType: 'bearer', status: 'authenticated', token: { kind: 'stored' } },
    'Signed in',
    undefined,
    '',
  ],
  [
    { kind: 'needs-attention', next: 'none', problem },
    { authType: 'bearer' },
    'Needs attention',
    undefined,
    '',
  ],
];

test.each(states)('%j with %j reads "%s" and offers %s', async (session, changes, badge, button, label) => {
  await renderApp(new FakeMain([aRegistry({ session, ...changes })]));
  expect(statesOf('Acme')).toEqual([badge]);
  const main = row('Acme').querySelector('[data-part="main-button"]');
  expect(main?.textContent).toBe(button);
  if (button !== undefined) expect(buttonIn('Acme', label)).toBe(main);
});

test.each([
  [{ kind: 'signed-out' }, 'Sign in to Acme', 'signIn', { registryId: 'acme', account: 'default' }],
  [aFlow(Date.now()), 'Cancel sign-in to Acme', 'cancelSignIn', { registryId: 'acme' }],
  [{ kind: 'signed-in' }, 'Sign out of Acme', 'signOut', { registryId: 'acme' }],
  [
    { kind: 'expired', problem },
    'Sign in again to Acme',
    'signIn',
    { registryId: 'acme', account: 'default' },
  ],
] satisfies [SessionView, string, string, unknown][])(
  '%j: "%s" sends %s',
  async (session, label, command, input) => {
    const main = new FakeMain([aRegistry({ session })]);
    const { user } = await renderApp(main);
    await user.click(buttonIn('Acme', label));
    expect(main.sent).toEqual([{ command, input }]);
  },
);

test('the second half of a double click on Sign in does not cancel what the first half began', async () => {
  const main = new FakeMain([aRegistry()]);
  main.answer = () => {
    main.change(aRegistry({ session: aFlow(Date.now()) }));
    return Promise.resolve({ ok: true });
  };
  const { user } = await renderApp(main);
  await user.dblClick(buttonIn('Acme', 'Sign in to Acme'));
  expect(main.sent.map(({ command }) => command)).toEqual(['signIn']);
  expect(statesOf('Acme')).toEqual(['Signing in…']);
});

test('a problem is an alert with the sentence, the next step and the code; the rest is one press away', async () => {
  const providerText = 'AADSTS50105: <b>not assigned</b>';
  const denied = aProblem({ code: 'LOGIN_DENIED', providerText });
  const session = { kind: 'needs-attention', next: 'sign-in', problem: denied } as const;
  const { user } = await renderApp(new FakeMain([aRegistry({ session })]));
  const alert = within(row('Acme')).getByRole('alert');
  expect(alert.textContent).toContain('The sign-in was declined in the browser. Try again and approve');
  within(alert).getByText('LOGIN_DENIED');
  expect(alert.querySelector('[hidden]')?.textContent).toContain(providerText);
  await user.click(within(alert).getByRole('button', { name: 'Details' }));
  expect(alert.querySelector('[hidden]')).toBeNull();
  expect(alert.querySelector('b')).toBeNull();
  within(alert).getByText(providerText);
  expect(within(alert).getByRole('button', { name: 'Details' }).getAttribute('aria-expanded')).toBe('true');
});

test.each([
  ['LOGIN_DENIED', true],
  ['CLIENT_REJECTED', false],
  ['LOGIN_ISS_MISMATCH', false],
] as const)('after %s the button for signing in is the one that stands out: %s', async (code, standsOut) => {
  const session = { kind: 'needs-attention', next: 'sign-in', problem: aProblem({ code }) } as const;
  await renderApp(new FakeMain([aRegistry({ session })]));
  expect(buttonIn('Acme', 'Sign in to Acme').classList.contains('button-strong')).toBe(standsOut);
});

test('an account that may not read offers another account', async () => {
  const forbidden = aProblem({ code: 'REGISTRY_FORBIDDEN' });
  const session = { kind: 'signed-in' } as const;
  const reachability = { kind: 'fails', checkedAt: Date.now(), problem: forbidden } as const;
  const main = new FakeMain([aRegistry({ session, status: 'authenticated', reachability })]);
  const { user } = await renderApp(main);
  expect(within(row('Acme')).getByRole('alert').textContent).toContain('this account may not read');
  await user.click(buttonIn('Acme', 'Use another account'));
  expect(main.sent).toEqual([{ command: 'signIn', input: { registryId: 'acme', account: 'another' } }]);
});

test('a registry that does not answer just now is not an alarm in the list: that passes by itself', async () => {
  const problem = aProblem({ code: 'REGISTRY_UNAVAILABLE' });
  const reachability = { kind: 'fails', checkedAt: Date.now(), problem } as const;
  await renderApp(new FakeMain([aRegistry({ session: { kind: 'signed-in' }, reachability })]));
  within(row('Acme')).getByText(/^The registry cannot be used/);
  expect(within(row('Acme')).queryByRole('alert')).toBeNull();
});

test('another account than the one that is signed in offers to use another account', async () => {
  const session = { kind: 'signed-in', problem: aProblem({ code: 'IDENTITY_CHANGED' }) } as const;
  const main = new FakeMain([aRegistry({ session, status: 'authenticated' })]);
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Use another account'));
  expect(main.sent).toEqual([{ command: 'signIn', input: { registryId: 'acme', account: 'another' } }]);
});

test('what a session lacks is told beside it, with the names of what is missing', async () => {
  const limits = [
    aProblem({ code: 'SCOPE_MISSING', params: { scope: 'api.write' } }),
    aProblem({ code: 'CLOCK_SKEW', params: { seconds: 600 } }),
  ];
  await renderApp(new FakeMain([aRegistry({ session: { kind: 'signed-in', limits } })]));
  expect(statesOf('Acme')).toEqual(['Signed in']);
  const [scope, clock] = within(row('Acme')).getAllByRole('alert');
  expect(scope?.textContent).toContain('without some of the permissions that were asked for: api.write.');
  expect(clock?.textContent).toContain('Check your computer’s clock');
});

test('a sign-in that will not survive quitting says so without alarm, with the reason', async () => {
  const session = { kind: 'signed-in', notRemembered: aProblem({ code: 'STORE_LOCKED' }) } as const;
  await renderApp(new FakeMain([aRegistry({ session })]));
  const note = within(row('Acme')).getByRole('note');
  expect(note.textContent).toContain('Won’t be remembered after you quit');
  expect(note.textContent).toContain('Unlock it to stay signed in after you quit.');
  expect(within(row('Acme')).queryByRole('alert')).toBeNull();
});

test('a refused command is shown until the session changes', async () => {
  const main = new FakeMain([aRegistry()]);
  main.answer = () =>
    Promise.resolve({ ok: false, problem: aProblem({ code: 'LOGIN_PORT_BUSY', params: { port: 8666 } }) });
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Sign in to Acme'));
  expect(within(row('Acme')).getByRole('alert').textContent).toContain('using port 8666');
  act(() => {
    main.change(aRegistry({ siblings: 2 }));
  });
  within(row('Acme')).getByRole('alert');
  act(() => {
    main.change(aRegistry({ session: aFlow(Date.now()) }));
  });
  expect(within(row('Acme')).queryByRole('alert')).toBeNull();
});

test('a host that may imitate another one is named, and gone to only on a person’s word', async () => {
  const host = 'xn--cme-8cd.example';
  const beforeSignIn = aProblem({ code: 'CFG_HOST_SUSPICIOUS', params: { host } });
  const main = new FakeMain([aRegistry({ beforeSignIn })]);
  const { user } = await renderApp(main);
  expect(within(row('Acme')).getByRole('alert').textContent).toContain(
    `The address ${host} contains letters`,
  );
  await user.click(buttonIn('Acme', `This is the right address: ${host}`));
  expect(main.sent.at(-1)).toEqual({
    command: 'signIn',
    input: { registryId: 'acme', account: 'default', confirmed: { host } },
  });
});

test('another sign-in service than before is told with both addresses, and gone to only on a person’s word', async () => {
  const params = { former: 'https://login.acme.example', issuer: 'https://login.evil.example/a' };
  const beforeSignIn = aProblem({ code: 'CFG_ISSUER_CHANGED', params });
  const main = new FakeMain([aRegistry({ beforeSignIn })]);
  main.answer = () => Promise.resolve({ ok: false, problem: beforeSignIn });
  const { user } = await renderApp(main);
  expect(within(row('Acme')).getByRole('alert').textContent).toContain(
    'was changed from https://login.acme.example to https://login.evil.example/a. Sign in there only if',
  );
  // Nothing new is said to who presses "Sign in" all the same; the way on takes the focus.
  const confirm = buttonIn('Acme', 'Sign in at https://login.evil.example/a');
  await user.click(buttonIn('Acme', 'Sign in to Acme'));
  expect(within(row('Acme')).getAllByRole('alert')).toHaveLength(1);
  expect(document.activeElement).toBe(confirm);
  buttonIn('Acme', 'Sign in to Acme').focus();
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(confirm);
  await user.keyboard('{Enter}');
  expect(main.sent.at(-1)).toEqual({
    command: 'signIn',
    input: { registryId: 'acme', account: 'default', confirmed: { issuer: params.issuer } },
  });
});

test('a question that somebody else’s sign-in met takes the focus from nobody', async () => {
  const beforeSignIn = aProblem({ code: 'CFG_HOST_SUSPICIOUS', params: { host: 'xn--cme-8cd.example' } });
  const main = new FakeMain([aRegistry({ beforeSignIn }), aRegistry({ id: 'other', name: 'Other' })]);
  main.answer = () => Promise.resolve({ ok: false, problem: beforeSignIn });
  const { bridge } = await renderApp(main);
  buttonIn('Other', 'Sign in to Other').focus();
  await act(async () => {
    await bridge.commands.run('acme', (client) => client.signIn({ registryId: 'acme', account: 'default' }));
  });
  expect(document.activeElement).toBe(buttonIn('Other', 'Sign in to Other'));
});

test('a sign-in service that the organization changed is told, and nobody has to confirm it', async () => {
  const params = { former: 'https://login.acme.example', issuer: 'https://new.acme.example' };
  const beforeSignIn = aProblem({ code: 'CFG_POLICY_ISSUER_CHANGED', params });
  await renderApp(new FakeMain([aRegistry({ beforeSignIn, locked: true, source: 'policy-enforced' })]));
  const notice = within(row('Acme')).getByRole('alert');
  expect(notice.textContent).toContain('Your organization changed the sign-in service of Acme');
  expect(
    within(notice)
      .getAllByRole('button')
      .map(({ textContent }) => textContent),
  ).toEqual(['Details']);
  expect(buttonIn('Acme', 'Sign in to Acme').className).toContain('button-strong');
});

test('a refusal that main also put into the session is told once', async () => {
  const busy = aProblem({ code: 'LOGIN_PORT_BUSY', params: { port: 8666 } });
  const main = new FakeMain([aRegistry()]);
  main.answer = () => {
    main.change(aRegistry({ session: { kind: 'needs-attention', next: 'sign-in', problem: busy } }));
    return Promise.resolve({ ok: false, problem: busy });
  };
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Sign in to Acme'));
  expect(within(row('Acme')).getAllByRole('alert')).toHaveLength(1);
});

test('a command that main could not even answer is named, without its text', async () => {
  const main = new FakeMain([aRegistry()]);
  main.answer = () => Promise.reject(new Error('Error invoking remote method: something private'));
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Sign in to Acme'));
  const alert = within(row('Acme')).getByRole('alert');
  within(alert).getByText('INTERNAL_ERROR');
  expect(document.body.textContent).not.toContain('private');
});

test('whether the registry answers is a second, smaller text', async () => {
  const checkedAt = new Date().setHours(14, 5, 0, 0);
  const main = new FakeMain([aRegistry({ reachability: { kind: 'answers', checkedAt } })]);
  await renderApp(main);
  within(row('Acme')).getByText('The registry answers · today 14:05');
  expect(statesOf('Acme')).toEqual(['Signed out']);
  act(() => {
    main.change(aRegistry({ reachability: { kind: 'checking' } }));
  });
  within(row('Acme')).getByText('Checking whether the registry answers…');
});

test('before the configuration was read, the window says what it is doing', async () => {
  const main = new FakeMain([], anApp({ loaded: false }));
  await renderApp(main);
  screen.getByText('Reading your registries…');
  expect(within(screen.getByRole('main')).queryByRole('button')).toBeNull();
  act(() => {
    main.changeApp(anApp());
  });
  expect(screen.queryByText('Reading your registries…')).toBeNull();
});

test('without any registry there is one sentence and one button', async () => {
  const main = new FakeMain();
  const { user } = await renderApp(main);
  screen.getByText('No registries yet. Add the one your company gave you.');
  expect(within(screen.getByRole('main')).getAllByRole('button')).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Add registry' }));
  await screen.findByRole('dialog', { name: 'Add registry' });
});

test('where the organization decides which registries there are, nothing is offered that would be refused', async () => {
  await renderApp(new FakeMain([], anApp({ mayAddRegistries: false })));
  screen.getByText('Your organization decides which registries are here.');
  expect(within(screen.getByRole('main')).queryByRole('button')).toBeNull();
});

test('problems of the configuration are one alert with file, line and code of each', async () => {
  const location = '/home/alice/config.yaml';
  const configurationProblems = [
    { code: 'CFG_ISSUER_NOT_HTTPS', params: {}, location, line: 12 },
    { code: 'CFG_UNREADABLE', params: {}, location: '/etc/gatepass/policy.yaml' },
    { code: 'CFG_URL_SCHEME', params: {}, location, line: 31 },
    { code: 'CFG_DUPLICATE_ID', params: {}, location, line: 40 },
  ] as const;
  const main = new FakeMain([aRegistry()], anApp({ configurationProblems }));
  const { user } = await renderApp(main);
  const banner = screen.getByRole('alert');
  const places = () => [...banner.querySelectorAll('small')].map(({ textContent }) => textContent);
  expect(places()).toContain('/home/alice/config.yaml:12 · CFG_ISSUER_NOT_HTTPS');
  expect(places()).toContain('/etc/gatepass/policy.yaml · CFG_UNREADABLE');
  expect(banner.textContent).not.toContain('CFG_DUPLICATE_ID');
  await user.click(within(banner).getByRole('button', { name: 'Show 1 more' }));
  expect(places()).toContain('/home/alice/config.yaml:40 · CFG_DUPLICATE_ID');
  act(() => {
    main.changeApp(anApp());
  });
  expect(screen.queryByRole('alert')).toBeNull();
});

test('registries come, go and change places as main says', async () => {
  const main = new FakeMain([aRegistry()]);
  await renderApp(main);
  act(() => {
    main.change(aRegistry({ id: 'globex', name: 'Globex' }));
  });
  expect(rowNames()).toEqual(['Acme', 'Globex']);
  act(() => {
    main.push({ seq: 3, changed: [], removed: [], order: ['globex', 'acme'] });
  });
  expect(rowNames()).toEqual(['Globex', 'Acme']);
  act(() => {
    main.push({ seq: 4, changed: [], removed: ['globex'], order: ['acme'] });
  });
  expect(rowNames()).toEqual(['Acme']);
});

test('the page speaks German on a German system', async () => {
  const registry = aRegistry({ session: { kind: 'signed-in', account: 'alice@acme.example' } });
  await renderApp(new FakeMain([registry]), { language: 'de' });
  expect(statesOf('Acme')).toEqual(['Angemeldet als alice@acme.example']);
  buttonIn('Acme', 'Von Acme abmelden');
});
