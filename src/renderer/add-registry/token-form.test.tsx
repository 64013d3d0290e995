import { act, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { RegistryFormCheck } from '../../contract/registry-form';
import { FakeMain } from '../testing/fake-main';
import { buttonIn } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aRegistry } from '../testing/views';
import { emptyForm } from './empty-form';

const checkWith = (token: { readonly file?: string }): RegistryFormCheck => ({
  kind: 'good',
  facts: { name: 'CI', url: 'https://mcp.ci.example', registryHost: 'mcp.ci.example', token },
  warnings: [],
  consequences: [],
  toConfirm: [],
});

async function fillIn(tokenFile: string, check: RegistryFormCheck) {
  const main = new FakeMain();
  const answers: Readonly<Record<string, unknown>> = {
    previewRegistryForm: { offersPrivateNetwork: false },
    checkRegistryForm: check,
    saveRegistry: { kind: 'saved', registryId: 'ci' },
  };
  main.answer = (command) => Promise.resolve(answers[command] ?? { ok: true });
  const { user } = await renderApp(main);
  await user.click(screen.getAllByRole('button', { name: 'Add registry' })[0] ?? document.body);
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Enter everything by hand' }));
  await user.click(dialog.getByRole('textbox', { name: 'Address of the registry' }));
  await user.paste('https://mcp.ci.example');
  await user.click(dialog.getByRole('radio', { name: 'With a token, without a sign-in' }));
  expect(dialog.queryByRole('textbox', { name: 'Client id' })).toBeNull();
  await user.click(dialog.getByRole('textbox', { name: 'File with the token (optional)' }));
  if (tokenFile !== '') await user.paste(tokenFile);
  await user.click(dialog.getByRole('button', { name: 'Continue' }));
  const values = { ...emptyForm, url: 'https://mcp.ci.example', authType: 'bearer', tokenFile };
  expect(main.sent).toContainEqual({ command: 'checkRegistryForm', input: { values } });
  return { main, user, confirmation: within(await screen.findByRole('dialog', { name: 'Is this right?' })) };
}

test('a registry with a token in a file is added with the host that the token is sent to in full', async () => {
  const { confirmation } = await fillIn('/run/secrets/mcp', checkWith({ file: '/run/secrets/mcp' }));
  const host = confirmation.getByText('The token is sent to').parentElement;
  expect(host?.textContent).toContain('mcp.ci.example');
  confirmation.getByText('/run/secrets/mcp');
});

test('without a file, giving the token comes next, and the focus is on it', async () => {
  const { main, user, confirmation } = await fillIn('', checkWith({}));
  confirmation.getByText('You give it to Gatepass next');
  await user.click(confirmation.getByRole('button', { name: 'Add registry' }));
  act(() => {
    main.change(aRegistry({ id: 'ci', name: 'CI', authType: 'bearer', token: { kind: 'absent' } }));
  });
  await vi.waitFor(() => {
    expect(document.activeElement).toBe(buttonIn('CI', 'Add token to CI'));
  });
});
