import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { RegistryFormCheck, SignInOffer, SignInSaid } from '../../contract/registry-form';
import { FakeMain } from '../testing/fake-main';
import { buttonIn, spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aProblem, aRegistry } from '../testing/views';
import { emptyForm } from './empty-form';

const url = 'https://mcp.acme.example/registry';
const offer = (changes: Partial<SignInOffer['values']> = {}): SignInOffer => ({
  issuerHost: 'login.acme.example',
  values: {
    issuer: 'https://login.acme.example/realms/main',
    clientId: 'gatepass',
    scopes: '',
    audience: 'api://mcp',
    audienceParameter: 'resource',
    callbackHost: 'localhost',
    ...changes,
  },
});
const globex: SignInOffer = {
  ...offer({ issuer: 'https://login.globex.example' }),
  issuerHost: 'login.globex.example',
};
const offers = (...[first, ...more]: readonly [SignInOffer, ...SignInOffer[]]): SignInSaid => ({
  kind: 'offers',
  registryHost: 'mcp.acme.example',
  offers: [first, ...more],
});
const good: RegistryFormCheck = {
  kind: 'good',
  facts: {
    name: 'mcp.acme.example',
    url,
    registryHost: 'mcp.acme.example',
    signIn: {
      issuer: 'https://login.acme.example/realms/main',
      issuerHost: 'login.acme.example',
      clientId: 'gatepass',
      scopes: ['openid'],
    },
  },
  warnings: [],
  consequences: [],
  toConfirm: [],
};

const button = (name: string) => within(screen.getByRole('dialog')).getByRole('button', { name });
const field = (name: string) => screen.getByRole('textbox', { name });
const sentBy = (main: FakeMain, command: string) =>
  main.sent.filter((sent) => sent.command === command).map(({ input }) => input);

/** Opens the form, types the address, and presses Enter; the registry then says this. */
async function ask(said: SignInSaid | Promise<SignInSaid>, check: RegistryFormCheck = good) {
  const main = new FakeMain();
  const answers: Readonly<Record<string, unknown>> = {
    previewRegistryForm: { offersPrivateNetwork: false },
    askHowToSignIn: said,
    checkRegistryForm: check,
    saveRegistry: { kind: 'saved', registryId: 'acme' },
  };
  main.answer = (command) => Promise.resolve(answers[command] ?? { ok: true });
  const { user } = await renderApp(main);
  await user.click(screen.getAllByRole('button', { name: 'Add registry' })[0] ?? document.body);
  await screen.findByRole('dialog', { name: 'Add registry' });
  expect(document.activeElement).toBe(field('Address of the registry'));
  await user.paste(url);
  await user.keyboard('{Enter}');
  return { main, user };
}

test('with a complete offer the address is all that is typed, and what was offered is shown before it is kept', async () => {
  const { main, user } = await ask(offers(offer()));
  const dialog = await screen.findByRole('dialog', { name: 'Is this right?' });
  within(dialog).getByText('login.acme.example');
  within(dialog).getByText(/mcp\.acme\.example named this sign-in service itself/);
  expect(sentBy(main, 'askHowToSignIn')).toEqual([{ values: { ...emptyForm, url } }]);
  const form = { values: { ...emptyForm, url, ...offer().values }, isIssuerLearnt: true };
  expect(sentBy(main, 'checkRegistryForm')).toEqual([form]);
  expect(sentBy(main, 'saveRegistry')).toEqual([]);
  await user.keyboard('{Enter}');
  expect(sentBy(main, 'saveRegistry')).toEqual([{ ...form, confirmed: [] }]);
});

test('an offered host that may look like another one needs a second look', async () => {
  const warning = aProblem({ code: 'CFG_HOST_SUSPICIOUS', params: { host: 'login.xn--cme-5cd.example' } });
  const { main, user } = await ask(offers(offer()), {
    ...good,
    warnings: [warning],
    toConfirm: ['CFG_HOST_SUSPICIOUS'],
  });
  await screen.findByRole('dialog', { name: 'Is this right?' });
  await user.keyboard('{Enter}');
  expect(sentBy(main, 'saveRegistry')).toEqual([]);
  await user.click(screen.getByRole('checkbox', { name: /letter by letter/ }));
  await user.click(button('Add registry'));
  expect(sentBy(main, 'saveRegistry')).toMatchObject([{ confirmed: ['CFG_HOST_SUSPICIOUS'] }]);
});

test('only the client id is asked for where only that is not said', async () => {
  const { main, user } = await ask(offers(offer({ clientId: '' })));
  await screen.findByText('login.acme.example');
  expect(screen.getAllByRole('textbox')).toEqual([field('Client id')]);
  expect(document.activeElement).toBe(field('Client id'));
  await user.paste('my-client');
  await user.keyboard('{Enter}');
  await screen.findByRole('dialog', { name: 'Is this right?' });
  expect(sentBy(main, 'checkRegistryForm')).toMatchObject([
    { values: { clientId: 'my-client', issuer: offer().values.issuer }, isIssuerLearnt: true },
  ]);
});

test('a client id that is missing or wrong is said where it is asked for', async () => {
  const missing = aProblem({ code: 'CFG_INVALID', params: { reason: 'missing' } });
  const { user } = await ask(offers(offer({ clientId: '' })), {
    kind: 'refused',
    problems: [{ field: 'clientId', problem: missing }],
  });
  await user.click(await screen.findByRole('button', { name: 'Continue' }));
  expect((await screen.findByText(/^This is needed\./)).closest('[role="alert"]')).not.toBeNull();
  await waitFor(() => {
    expect(document.activeElement).toBe(field('Client id'));
  });
  expect(screen.getAllByRole('textbox')).toHaveLength(1);
});

test('of several sign-in services a person chooses one, and none is chosen for them', async () => {
  const { main, user } = await ask(offers(offer(), globex));
  const radios = await screen.findAllByRole('radio');
  expect(radios.map((radio) => (radio as HTMLInputElement).checked)).toEqual([false, false]);
  await user.click(button('Continue'));
  screen.getByText('Choose one of them.');
  expect(document.activeElement).toBe(radios[0]);
  expect(sentBy(main, 'checkRegistryForm')).toEqual([]);
  await user.click(screen.getByRole('radio', { name: /login\.globex\.example/ }));
  await user.click(button('Continue'));
  await screen.findByRole('dialog', { name: 'Is this right?' });
  expect(sentBy(main, 'checkRegistryForm')).toMatchObject([
    { values: { issuer: 'https://login.globex.example' }, isIssuerLearnt: true },
  ]);
});

test('where the registry does not say, the rest is typed, beginning with the sign-in service', async () => {
  await ask({ kind: 'not-said' });
  await screen.findByText(/does not say how to sign in/);
  expect(document.activeElement).toBe(field('Sign-in service (issuer)'));
  expect(field('Address of the registry')).toHaveProperty('value', url);
});

test('what it says and cannot be used is told with its code', async () => {
  const problem = aProblem({
    code: 'REGISTRY_SIGN_IN_INVALID',
    params: { host: 'mcp.acme.example', field: 'resource' },
  });
  await ask({ kind: 'not-said', problem });
  expect((await screen.findByRole('alert')).textContent).toContain('cannot be used: resource.');
});

test('a registry that everybody may read is added without a sign-in', async () => {
  const { main } = await ask({ kind: 'none-needed' });
  await screen.findByRole('dialog', { name: 'Is this right?' });
  expect(sentBy(main, 'checkRegistryForm')).toEqual([{ values: { ...emptyForm, url, authType: 'none' } }]);
});

test('why the registry cannot be asked is said at its address, and everything may be typed nevertheless', async () => {
  const problem = aProblem({ code: 'REGISTRY_PRIVATE_ADDRESS', params: { host: 'mcp.acme.example' } });
  const { user } = await ask({ kind: 'refused', problems: [{ field: 'url', problem }] });
  expect((await screen.findByRole('alert')).textContent).toContain('REGISTRY_PRIVATE_ADDRESS');
  expect(document.activeElement).toBe(field('Address of the registry'));
  screen.getByRole('checkbox', { name: 'This registry is inside your company network' });
  await user.click(button('Enter everything by hand'));
  expect(field('Address of the registry')).toHaveProperty('value', url);
  field('Client id');
});

test('asking says so in words and can be stopped; its late answer changes nothing', async () => {
  let finish: (said: SignInSaid) => void = () => undefined;
  const { main, user } = await ask(new Promise((resolve) => (finish = resolve)));
  expect(spoken()).toBe('Asking the registry how to sign in…');
  await user.click(button('Stop asking'));
  expect(sentBy(main, 'cancelRegistryCheck')).toHaveLength(1);
  await act(async () => {
    finish(offers(offer()));
    await Promise.resolve();
  });
  expect(field('Address of the registry')).toHaveProperty('value', url);
  expect(sentBy(main, 'checkRegistryForm')).toEqual([]);
});

test('Escape stops it wherever the focus was, also on a choice', async () => {
  const { main, user } = await ask({
    kind: 'refused',
    problems: [{ field: 'url', problem: aProblem({ code: 'REGISTRY_PRIVATE_ADDRESS' }) }],
  });
  const inside = await screen.findByRole('checkbox');
  main.answer = () => new Promise(() => undefined);
  await user.click(inside);
  await user.keyboard('{Enter}');
  button('Stop asking');
  expect(document.activeElement).toBe(inside);
  await user.click(inside);
  expect(inside).toHaveProperty('checked', true);
  await user.keyboard('{Escape}');
  button('Cancel');
});

test('an issuer that a person changed is theirs, no longer the registry’s word', async () => {
  const { main, user } = await ask(offers(offer()));
  await screen.findByRole('dialog', { name: 'Is this right?' });
  await user.click(button('Back'));
  await user.type(field('Sign-in service (issuer)'), '/');
  await user.click(button('Continue'));
  expect(sentBy(main, 'checkRegistryForm')[1]).toEqual({
    values: { ...emptyForm, url, ...offer().values, issuer: `${offer().values.issuer}/` },
  });
  await screen.findByRole('dialog', { name: 'Is this right?' });
  expect(screen.queryByText(/named this sign-in service itself/)).toBeNull();
});

test('what one address offered is not taken for another one', async () => {
  const { main, user } = await ask(offers(offer({ clientId: '' })));
  await screen.findByText('login.acme.example');
  await user.click(button('Back'));
  await user.type(field('Address of the registry'), '2');
  main.answer = () => Promise.resolve({ kind: 'not-said' });
  await user.click(button('Continue'));
  await screen.findByText(/does not say how to sign in/);
  expect(field('Sign-in service (issuer)')).toHaveProperty('value', '');
});

test('Escape keeps whose word the issuer is', async () => {
  const { main, user } = await ask(offers(offer()));
  await screen.findByRole('dialog', { name: 'Is this right?' });
  await user.keyboard('{Escape}{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  await user.click(screen.getAllByRole('button', { name: 'Add registry' })[0] ?? document.body);
  await user.click(await screen.findByRole('button', { name: 'Continue' }));
  expect(sentBy(main, 'checkRegistryForm')[1]).toMatchObject({ isIssuerLearnt: true });
});

describe('a registry that turns out to need a sign-in', () => {
  const open = aRegistry({
    authType: 'none',
    status: 'none',
    session: { kind: 'no-sign-in-needed' },
    reachability: { kind: 'fails', checkedAt: 1, problem: aProblem({ code: 'REGISTRY_NEEDS_SIGN_IN' }) },
  });

  test('is asked for it from its row, and what it says is confirmed as any other edit', async () => {
    const main = new FakeMain([open]);
    const values = { ...emptyForm, url, name: 'Acme', authType: 'none' };
    const answers: Readonly<Record<string, unknown>> = {
      readRegistryForm: { ok: true, values },
      askHowToSignIn: offers(offer()),
      checkRegistryForm: good,
      saveRegistry: { kind: 'saved', registryId: 'acme' },
    };
    main.answer = (command) => Promise.resolve(answers[command] ?? { ok: true });
    const { user } = await renderApp(main);
    await user.click(buttonIn('Acme', 'Set up sign-in…'));
    await screen.findByRole('dialog', { name: 'Is this right?' });
    await user.keyboard('{Enter}');
    expect(sentBy(main, 'saveRegistry')).toEqual([
      {
        values: { ...values, ...offer().values, authType: 'oauth' },
        replaces: 'acme',
        isIssuerLearnt: true,
        confirmed: [],
      },
    ]);
    await waitFor(() => {
      expect(document.activeElement).toBe(buttonIn('Acme', 'Acme'));
    });
  });

  test('is left to the organization where that set it', async () => {
    await renderApp(new FakeMain([{ ...open, locked: true, source: 'policy-enforced' }]));
    expect(screen.getByRole('alert').textContent).toContain('REGISTRY_NEEDS_SIGN_IN');
    expect(screen.queryByRole('button', { name: 'Set up sign-in…' })).toBeNull();
  });
});
