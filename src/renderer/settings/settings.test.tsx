import { act, screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import type { AppView, SettingView } from '../../contract/view-model';
import { FakeMain } from '../testing/fake-main';
import { renderApp } from '../testing/render-app';
import { anApp, aRegistry } from '../testing/views';

const policy = { source: 'policy-enforced', location: '/etc/gatepass/policy.yaml:7', locked: true } as const;
const builtIn = { source: 'built-in', location: 'Gatepass', locked: false } as const;
const own = { source: 'user', location: '/home/alice/config.yaml:4', locked: false } as const;

const withSettings = (...settings: readonly SettingView[]): AppView => anApp({ settings });
const free = withSettings(
  { key: 'theme', value: 'system', ...builtIn },
  { key: 'sign_in_timeout_seconds', value: 120, ...builtIn },
  { key: 'allowed_issuers', value: ['login.acme.example', '*.okta.com'], ...policy },
  { key: 'extra_ca_file', ...builtIn },
);

let main: FakeMain;
beforeEach(() => {
  main = new FakeMain([aRegistry()], free);
});

async function openSettings(app = free, options: Parameters<typeof renderApp>[1] = {}) {
  main = new FakeMain([aRegistry()], app);
  const rendered = await renderApp(main, options);
  await rendered.user.keyboard('{Control>},{/Control}');
  await screen.findByRole('heading', { level: 1, name: /Settings|Einstellungen/ });
  return rendered;
}

const timeout = () => screen.getByRole('textbox', { name: 'Wait for the browser' });
const isReadOnly = () => timeout().hasAttribute('readonly');
test('Ctrl and comma open the settings, with the focus on their title', async () => {
  await openSettings();
  expect(document.activeElement?.textContent).toBe('Settings');
  expect(screen.getByRole('button', { name: 'Settings' }).getAttribute('aria-current')).toBe('page');
});

test('Cmd and comma open them too; a comma alone is only a comma', async () => {
  const { user } = await renderApp(main);
  await user.keyboard(',');
  expect(screen.queryByRole('heading', { name: 'Settings' })).toBeNull();
  await user.keyboard('{Meta>},{/Meta}');
  await screen.findByRole('heading', { name: 'Settings' });
});

test('who came through the navigation keeps the focus there', async () => {
  const { user } = await renderApp(main);
  await user.click(screen.getByRole('button', { name: 'Settings' }));
  await screen.findByRole('heading', { name: 'Settings' });
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Settings' }));
});

test('a choice is sent to main, and shown only once main says so', async () => {
  const { user } = await openSettings();
  await user.click(screen.getByRole('radio', { name: 'Dark' }));
  expect(main.sent).toEqual([{ command: 'changeSetting', input: { key: 'theme', value: 'dark' } }]);
  const dark = screen.getByRole<HTMLInputElement>('radio', { name: 'Dark' });
  expect(dark.checked).toBe(false);
  act(() => {
    main.changeApp(withSettings({ key: 'theme', value: 'dark', ...own }));
  });
  expect(dark.checked).toBe(true);
});

test('a switch is sent as pressed, and shows what main says', async () => {
  const { user } = await openSettings(withSettings({ key: 'keep_running', value: false, ...builtIn }));
  const keep = screen.getByRole<HTMLInputElement>('switch', { name: 'Keep running' });
  await user.click(keep);
  expect(main.sent).toEqual([{ command: 'changeSetting', input: { key: 'keep_running', value: true } }]);
  expect(keep.checked).toBe(false);
  act(() => {
    main.changeApp(withSettings({ key: 'keep_running', value: true, ...own }));
  });
  expect(keep.checked).toBe(true);
});

test('a switch that the organization decided cannot be pressed', async () => {
  const { user } = await openSettings(withSettings({ key: 'keep_running', value: true, ...policy }));
  await user.click(screen.getByRole('switch', { name: 'Keep running' }));
  expect(main.sent).toEqual([]);
  screen.getByRole('button', { name: 'Managed by your organization: Keep running' });
});

test('a number is sent with Enter, and once; unchanged it is not sent', async () => {
  const { user } = await openSettings();
  await user.click(timeout());
  await user.tab();
  expect(main.sent).toEqual([]);
  await user.clear(timeout());
  await user.type(timeout(), '300{Enter}');
  expect(main.sent).toEqual([
    { command: 'changeSetting', input: { key: 'sign_in_timeout_seconds', value: 300 } },
  ]);
});

test('a refused value stays to be corrected, with why and with the code', async () => {
  const { user } = await openSettings();
  const problem = { code: 'CFG_INVALID', params: { reason: 'range', minimum: '30' } };
  main.answer = () => Promise.resolve({ ok: false, problem });
  await user.clear(timeout());
  await user.type(timeout(), '5');
  await user.tab();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toBe('This cannot be used: it should be at least 30. CFG_INVALID');
  expect(timeout()).toHaveProperty('value', '5');
  expect(timeout().getAttribute('aria-invalid')).toBe('true');
  expect(timeout().getAttribute('aria-describedby')).toContain(alert.parentElement?.id);
});

test('what the organization decided cannot be changed, and says who decided it and where', async () => {
  await openSettings(
    withSettings(
      { key: 'theme', value: 'dark', ...policy },
      { key: 'sign_in_timeout_seconds', value: 60, ...policy },
    ),
  );
  expect(isReadOnly()).toBe(true);
  for (const radio of screen.getAllByRole('radio')) expect(radio.matches(':disabled')).toBe(true);
  const lock = screen.getByRole('button', { name: 'Managed by your organization: Wait for the browser' });
  const popover = document.getElementById(lock.getAttribute('popovertarget') ?? '');
  expect(popover?.textContent).toContain('Your organization');
  expect(popover?.textContent).toContain('/etc/gatepass/policy.yaml:7');
  expect(screen.queryByRole('button', { name: /^Reset/ })).toBeNull();
});

test('a lock that comes while the screen is open closes the field, and one that goes opens it', async () => {
  await openSettings();
  expect(isReadOnly()).toBe(false);
  act(() => {
    main.changeApp(withSettings({ key: 'sign_in_timeout_seconds', value: 60, ...policy }));
  });
  expect(isReadOnly()).toBe(true);
  act(() => {
    main.changeApp(free);
  });
  expect(isReadOnly()).toBe(false);
});

test('an own choice can be taken back', async () => {
  const { user } = await openSettings(withSettings({ key: 'theme', value: 'dark', ...own }));
  await user.click(screen.getByRole('button', { name: 'Reset: Look' }));
  expect(main.sent).toEqual([{ command: 'changeSetting', input: { key: 'theme', value: null } }]);
});

test('in German the screen is in German', async () => {
  await openSettings(free, { language: 'de' });
  screen.getByRole('radio', { name: 'Dunkel' });
  screen.getByText('Sekunden');
});

test('a question mark opens the settings at the page of shortcuts, except where one types', async () => {
  const { user } = await renderApp(main);
  await user.keyboard('?');
  const title = await screen.findByRole('heading', { level: 2, name: 'Keyboard shortcuts' });
  expect(document.activeElement).toBe(title);
  expect(screen.getByText('Move through the list')).toBeDefined();

  const seconds = await screen.findByRole('textbox', { name: 'Wait for the browser' });
  await user.click(seconds);
  await user.keyboard('?');
  expect(document.activeElement).toBe(seconds);
});
