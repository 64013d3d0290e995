import { act, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { AppView, GatewayView, SettingView } from '../../contract/view-model';
import { FakeMain } from '../testing/fake-main';
import { renderApp } from '../testing/render-app';
import { anApp, aProblem } from '../testing/views';

const policy = { source: 'policy-enforced', location: '/etc/gatepass/policy.yaml:7', locked: true } as const;
const builtIn = { source: 'built-in', location: 'Gatepass', locked: false } as const;
const own = { source: 'user', location: '/home/alice/config.yaml:4', locked: false } as const;
const open: GatewayView = {
  kind: 'on',
  url: 'http://127.0.0.1:40123',
  file: '/home/alice/.config/Gatepass/gateway.json',
};

const withGateway = (
  enabled: boolean,
  decided: Omit<SettingView, 'key' | 'value'>,
  gateway: GatewayView = { kind: 'off' },
  control = false,
): AppView =>
  anApp({
    settings: [
      { key: 'gateway.enabled', value: enabled, ...decided },
      { key: 'gateway.allow_session_control', value: control, ...builtIn },
    ],
    gateway,
  });

async function openSettings(app: AppView) {
  const main = new FakeMain([], app);
  const { user } = await renderApp(main);
  await user.click(screen.getByRole('button', { name: 'Settings' }));
  const section = within(await screen.findByRole('region', { name: 'Other programs' }));
  return { main, user, section };
}
const theSwitch = () =>
  screen.getByRole<HTMLInputElement>('switch', { name: 'Let other programs read your registries' });
const consent = () => screen.findByRole('alertdialog', { name: 'Let other programs read your registries?' });

test('it is closed at first, and says so', async () => {
  const { section } = await openSettings(withGateway(false, builtIn));
  expect(theSwitch().checked).toBe(false);
  section.getByText('Closed: no program can reach Gatepass.');
});

test('opening asks first, saying what it opens and to whom, with the focus on leaving it closed', async () => {
  const { main, user } = await openSettings(withGateway(false, builtIn));
  await user.click(theSwitch());
  const dialog = await consent();
  const description = document.getElementById(dialog.getAttribute('aria-describedby') ?? '')?.textContent;
  expect(description).toContain('an address on this computer');
  expect(description).toContain('Every program that runs under your name');
  expect(document.activeElement?.textContent).toBe('Keep it closed');
  await user.keyboard('{Enter}');
  await waitFor(() => {
    expect(document.activeElement).toBe(theSwitch());
  });
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(theSwitch().checked).toBe(false);
  expect(main.sent).toEqual([]);
});

test.each([
  [false, 'No program can start or end a sign-in.'],
  [true, 'Programs can start a sign-in in your browser, and sign you out.'],
])('it says what programs may do with sign-ins: %s', async (control, sentence) => {
  const { user } = await openSettings(withGateway(false, builtIn, undefined, control));
  await user.click(theSwitch());
  within(await consent()).getByText(sentence);
});

test('Escape leaves it closed', async () => {
  const { main, user } = await openSettings(withGateway(false, builtIn));
  await user.click(theSwitch());
  await consent();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(main.sent).toEqual([]);
});

test('allowed, it opens, and where it is stands below the switch', async () => {
  const { main, user, section } = await openSettings(withGateway(false, builtIn));
  await user.click(theSwitch());
  await user.click(within(await consent()).getByRole('button', { name: 'Allow' }));
  expect(main.sent).toEqual([{ command: 'changeSetting', input: { key: 'gateway.enabled', value: true } }]);
  expect(screen.queryByRole('alertdialog')).toBeNull();
  act(() => {
    main.changeApp(withGateway(true, own, open));
  });
  expect(theSwitch().checked).toBe(true);
  section.getByText(/Open at http:\/\/127\.0\.0\.1:40123, on this computer only/);
  section.getByText('/home/alice/.config/Gatepass/gateway.json');
});

test('a refusal stays in the dialog, with its code', async () => {
  const { main, user } = await openSettings(withGateway(false, builtIn));
  main.answer = () => Promise.resolve({ ok: false, problem: aProblem({ code: 'CFG_NOT_WRITABLE' }) });
  await user.click(theSwitch());
  const dialog = within(await consent());
  await user.click(dialog.getByRole('button', { name: 'Allow' }));
  expect((await dialog.findByRole('alert')).textContent).toContain('CFG_NOT_WRITABLE');
});

test('closing asks nothing', async () => {
  const { main, user } = await openSettings(withGateway(true, own, open));
  await user.click(theSwitch());
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(main.sent).toEqual([{ command: 'changeSetting', input: { key: 'gateway.enabled', value: false } }]);
});

test('what keeps it from opening is said with the one thing to do', async () => {
  const problem = aProblem({ code: 'GATEWAY_PORT_UNAVAILABLE', params: { port: 8420 } });
  const { section } = await openSettings(withGateway(true, own, { kind: 'failed', problem }));
  const text = section.getByRole('alert').textContent;
  expect(text).toContain('because port 8420 is not free');
  expect(text).toContain('GATEWAY_PORT_UNAVAILABLE');
});

test('where the organization forbids it the switch is locked and says who decided', async () => {
  const { main, user } = await openSettings(withGateway(false, policy));
  expect(theSwitch().disabled).toBe(true);
  await user.click(theSwitch());
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(main.sent).toEqual([]);
  const lock = screen.getByRole('button', {
    name: 'Managed by your organization: Let other programs read your registries',
  });
  const popover = document.getElementById(lock.getAttribute('popovertarget') ?? '');
  expect(popover?.textContent).toContain('/etc/gatepass/policy.yaml:7');
});

test('starting and ending sign-ins is a choice of its own, offered while it is open', async () => {
  const { main, user } = await openSettings(withGateway(false, builtIn));
  const control = { name: 'Let them start and end sign-ins, too' };
  expect(screen.queryByRole('switch', control)).toBeNull();
  act(() => {
    main.changeApp(withGateway(true, own, open));
  });
  await user.click(screen.getByRole('switch', control));
  expect(main.sent).toEqual([
    { command: 'changeSetting', input: { key: 'gateway.allow_session_control', value: true } },
  ]);
});
