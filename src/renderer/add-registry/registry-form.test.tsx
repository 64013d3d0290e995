import { act, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { RegistryFormCheck, RegistryFormSaved } from '../../contract/registry-form';
import { FakeMain } from '../testing/fake-main';
import { buttonIn, spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aProblem, aRegistry } from '../testing/views';
import { emptyForm } from './empty-form';

const redirectUri = 'http://127.0.0.1:8666/callback';

const goodCheck = (
  changes: Partial<Extract<RegistryFormCheck, { kind: 'good' }>> = {},
): RegistryFormCheck => ({
  kind: 'good',
  facts: {
    name: 'Acme',
    url: 'https://mcp.acme.example/registry',
    registryHost: 'mcp.acme.example',
    signIn: {
      issuer: 'https://login.acme.example/realms/main',
      issuerHost: 'login.acme.example',
      clientId: 'gatepass',
      scopes: ['openid', 'offline_access'],
      redirectUri,
    },
  },
  warnings: [],
  consequences: [],
  toConfirm: [],
  ...changes,
});

const saved: RegistryFormSaved = { kind: 'saved', registryId: 'acme' };

/** Answers the form's commands; a test replaces those it is about. */
function formMain(main: FakeMain, answers: Readonly<Record<string, unknown>> = {}): FakeMain {
  const all: Readonly<Record<string, unknown>> = {
    previewRegistryForm: { redirectUri, offersPrivateNetwork: false },
    checkRegistryForm: goodCheck(),
    saveRegistry: saved,
    ...answers,
  };
  main.answer = (command) => Promise.resolve(all[command] ?? { ok: true });
  return main;
}

const sentBy = (main: FakeMain, command: string) =>
  main.sent.filter((sent) => sent.command === command).map(({ input }) => input);
const field = (name: string) => screen.getByRole('textbox', { name });
/** In the dialog while one is open, since the page behind it is inert. */
const button = (name: string) =>
  within(screen.queryByRole('dialog') ?? document.body).getByRole('button', { name });
/** Faster than typing, which costs a rendering for each key. */
async function pasteInto(user: UserEvent, name: string, text: string): Promise<void> {
  await user.click(field(name));
  await user.paste(text);
}
/** Focus moves once the page is no longer inert. */
const expectFocus = (element: () => HTMLElement) =>
  waitFor(() => {
    expect(document.activeElement).toBe(element());
  });
const nextFrame = () => act(() => new Promise((resolve) => requestAnimationFrame(resolve)));

async function openForm(main: FakeMain, language: 'en' | 'de' = 'en') {
  const { user } = await renderApp(main, { language });
  await user.click(
    screen.getAllByRole('button', { name: /^(Add registry|Registry hinzufügen)$/ })[0] ?? document.body,
  );
  await screen.findByRole('dialog');
  return user;
}

/** The whole form, for who knows everything. */
async function openWholeForm(main: FakeMain) {
  const user = await openForm(main);
  await user.click(button('Enter everything by hand'));
  return user;
}

test('adding: type, look at who is trusted with what, add; the focus is then on signing in', async () => {
  const main = formMain(new FakeMain());
  const user = await openWholeForm(main);
  expect(document.activeElement).toBe(field('Address of the registry'));
  await user.paste('https://mcp.acme.example/registry');
  await pasteInto(user, 'Name', 'Acme');
  await pasteInto(user, 'Sign-in service (issuer)', 'https://login.acme.example/realms/main');
  await pasteInto(user, 'Client id', 'gatepass');
  await user.keyboard('{Enter}');

  const values = {
    ...emptyForm,
    url: 'https://mcp.acme.example/registry',
    name: 'Acme',
    issuer: 'https://login.acme.example/realms/main',
    clientId: 'gatepass',
  };
  expect(sentBy(main, 'checkRegistryForm')).toEqual([{ values }]);
  const dialog = await screen.findByRole('dialog', { name: 'Is this right?' });
  within(dialog).getByText('login.acme.example');
  within(dialog).getByText('mcp.acme.example');
  within(dialog).getByText(redirectUri);
  expect(document.activeElement).toBe(button('Add registry'));
  await user.keyboard('{Enter}');
  expect(sentBy(main, 'saveRegistry')).toEqual([{ values, confirmed: [] }]);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(spoken()).toBe('Acme was added');
  act(() => {
    main.change(aRegistry());
  });
  await expectFocus(() => buttonIn('Acme', 'Sign in to Acme'));
});

test('what is refused is an alert at its field, the first one has the focus, and nothing typed is lost', async () => {
  const main = formMain(new FakeMain(), {
    checkRegistryForm: {
      kind: 'refused',
      problems: [
        { field: 'issuer', problem: aProblem({ code: 'CFG_INVALID', params: { reason: 'missing' } }) },
        {
          field: 'callbackPort',
          problem: aProblem({ code: 'CFG_INVALID', params: { reason: 'range', minimum: '1024' } }),
        },
      ],
    },
  });
  const user = await openWholeForm(main);
  await user.paste('https://mcp.acme.example');
  await user.click(button('Continue'));
  expect(field('Address of the registry')).toHaveProperty('value', 'https://mcp.acme.example');
  const issuer = field('Sign-in service (issuer)');
  expect(document.activeElement).toBe(issuer);
  expect(issuer.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual([
    'This is needed. CFG_INVALID',
    'This cannot be used: it should be at least 1024. CFG_INVALID',
  ]);
  // The port is behind "More settings", which opened for it.
  expect(field('Port').closest('[hidden]')).toBeNull();
  await user.type(issuer, 'h');
  expect(screen.getAllByRole('alert')).toHaveLength(1);
});

test('an issuer that differs by a slash is proposed, and taken with one press', async () => {
  const suggestion = 'https://login.acme.example/realms/main/';
  const problem = aProblem({ code: 'DISC_ISSUER_MISMATCH', params: { actual: suggestion } });
  const main = formMain(new FakeMain(), {
    checkRegistryForm: { kind: 'refused', problems: [{ field: 'issuer', problem, suggestion }] },
  });
  const user = await openWholeForm(main);
  await user.click(button('Continue'));
  await user.click(button(`Use ${suggestion}`));
  const issuer = field('Sign-in service (issuer)');
  expect(issuer).toHaveProperty('value', suggestion);
  expect(document.activeElement).toBe(issuer);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a check in progress says so in words and can be stopped; its late answer changes nothing', async () => {
  const main = formMain(new FakeMain());
  let finish: (check: RegistryFormCheck) => void = () => undefined;
  const answer = main.answer;
  main.answer = (command, input) =>
    command === 'checkRegistryForm' ? new Promise((resolve) => (finish = resolve)) : answer(command, input);
  const user = await openWholeForm(main);
  await user.click(button('Continue'));
  within(screen.getByRole('dialog')).getByText('Asking the sign-in service who it is…');
  expect(spoken()).toBe('Asking the sign-in service who it is…');
  await user.keyboard('{Escape}');
  expect(sentBy(main, 'cancelRegistryCheck')).toHaveLength(1);
  await act(async () => {
    finish(goodCheck());
    await Promise.resolve();
  });
  screen.getByRole('dialog', { name: 'Add registry' });
});

test('Escape closes, goes back to where one was, and keeps what was typed; Cancel gives it up', async () => {
  const user = await openWholeForm(formMain(new FakeMain([aRegistry()])));
  await user.paste('https://mcp.globex.example');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  await expectFocus(() => button('Add registry'));
  await user.keyboard('{Enter}');
  expect(await screen.findByDisplayValue('https://mcp.globex.example')).toBeTruthy();
  await user.click(button('Cancel'));
  await nextFrame();
  await user.click(button('Add registry'));
  expect(field('Address of the registry')).toHaveProperty('value', '');
});

test('a host that may look like another one needs a second look before it can be saved', async () => {
  const warning = aProblem({ code: 'CFG_HOST_SUSPICIOUS', params: { host: 'xn--cme-8cd.example' } });
  const check = goodCheck({ warnings: [warning], toConfirm: ['CFG_HOST_SUSPICIOUS'] });
  const main = formMain(new FakeMain(), { checkRegistryForm: check });
  const user = await openWholeForm(main);
  await user.click(button('Continue'));
  expect(screen.getByRole('alert').textContent).toContain('xn--cme-8cd.example');
  await user.click(button('Add registry'));
  expect(sentBy(main, 'saveRegistry')).toEqual([]);
  await user.click(screen.getByRole('checkbox', { name: /letter by letter/ }));
  await user.click(button('Add registry'));
  expect(sentBy(main, 'saveRegistry')).toMatchObject([{ confirmed: ['CFG_HOST_SUSPICIOUS'] }]);
});

test('editing begins with what the file says, and says what happens to the session before it is saved', async () => {
  const values = {
    ...emptyForm,
    name: 'Acme',
    url: 'https://mcp.acme.example',
    issuer: 'https://old.example',
    clientId: 'gatepass',
  };
  const check = goodCheck({ consequences: ['session-left'], toConfirm: ['CFG_ISSUER_CHANGED'] });
  const main = formMain(new FakeMain([aRegistry()]), {
    readRegistryForm: { ok: true, values },
    checkRegistryForm: check,
  });
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Acme'));
  await user.click(button('Edit'));
  await screen.findByRole('dialog', { name: 'Edit Acme' });
  const issuer = field('Sign-in service (issuer)');
  expect(issuer).toHaveProperty('value', 'https://old.example');
  await user.clear(issuer);
  await pasteInto(user, 'Sign-in service (issuer)', 'https://new.example');
  await user.keyboard('{Enter}');
  await screen.findByText(/^You will have to sign in again\./);
  await user.click(button('Save changes'));
  expect(sentBy(main, 'saveRegistry')).toEqual([
    {
      values: { ...values, issuer: 'https://new.example' },
      replaces: 'acme',
      confirmed: ['CFG_ISSUER_CHANGED'],
    },
  ]);
  await expectFocus(() => button('Edit'));
});

test('giving up an edit goes back to where one was', async () => {
  const main = formMain(new FakeMain([aRegistry()]), { readRegistryForm: { ok: true, values: emptyForm } });
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Acme'));
  await user.click(button('Edit'));
  await screen.findByRole('textbox', { name: 'Name' });
  await user.click(button('Cancel'));
  await expectFocus(() => button('Edit'));
});

test('what main finds wrong while saving brings the form back with everything in it', async () => {
  const refused = { kind: 'refused', problems: [{ problem: aProblem({ code: 'SETTING_LOCKED' }) }] };
  const main = formMain(new FakeMain(), { saveRegistry: { kind: 'not-saved', check: refused } });
  const user = await openWholeForm(main);
  await user.paste('https://mcp.acme.example');
  await user.keyboard('{Enter}');
  await screen.findByRole('dialog', { name: 'Is this right?' });
  await user.click(button('Add registry'));
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toContain('SETTING_LOCKED');
  expect(document.activeElement).toBe(alert.parentElement);
  expect(field('Address of the registry')).toHaveProperty('value', 'https://mcp.acme.example');
});

test('the redirect address follows what is typed, and main copies it', async () => {
  const main = formMain(new FakeMain());
  const user = await openWholeForm(main);
  await screen.findByText(redirectUri);
  await user.click(button('Copy'));
  expect(sentBy(main, 'copyFormRedirectUri')).toEqual([{ values: emptyForm }]);
  expect(spoken()).toBe('Redirect address copied');
});

test('"inside your company network" is asked where it matters', async () => {
  const main = formMain(new FakeMain(), { previewRegistryForm: { offersPrivateNetwork: true } });
  const user = await openWholeForm(main);
  await user.click(
    await screen.findByRole('checkbox', { name: 'This registry is inside your company network' }),
  );
  await user.click(button('Continue'));
  expect(sentBy(main, 'checkRegistryForm')).toMatchObject([{ values: { allowPrivateIp: true } }]);
});

test('the keys of the page behind do nothing while a dialog is open', async () => {
  const main = formMain(new FakeMain([aRegistry()]), { readRegistryForm: { ok: true, values: emptyForm } });
  const { user } = await renderApp(main);
  await user.click(buttonIn('Acme', 'Acme'));
  await user.click(button('Edit'));
  await screen.findByRole('textbox', { name: 'Name' });
  await user.keyboard('{Escape}');
  screen.getByRole('region', { name: 'Acme' });
});
