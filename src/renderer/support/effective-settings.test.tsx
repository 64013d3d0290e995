import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { SettingView } from '../../contract/view-model';
import { FakeMain } from '../testing/fake-main';
import { renderApp } from '../testing/render-app';
import { anApp } from '../testing/views';

const policy = { source: 'policy-enforced', location: '/etc/gatepass/policy.yaml:7', locked: true } as const;
const builtIn = { source: 'built-in', location: 'Gatepass', locked: false } as const;
const settings: readonly SettingView[] = [
  { key: 'theme', value: 'system', ...builtIn },
  { key: 'sign_in_timeout_seconds', value: 120, ...builtIn },
  { key: 'allowed_issuers', value: ['login.acme.example', '*.okta.com'], ...policy },
  { key: 'extra_ca_file', ...builtIn },
];

async function openTable() {
  const main = new FakeMain([], anApp({ settings }));
  main.answer = () => new Promise(() => {});
  const rendered = await renderApp(main);
  await rendered.user.click(screen.getByRole('button', { name: 'Support' }));
  await rendered.user.click(await screen.findByRole('tab', { name: 'Settings' }));
  await screen.findByRole('table');
  return rendered;
}

const rows = () =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map(({ textContent }) => textContent));

test('the table of effective settings says value, source, location and lock of each', async () => {
  await openTable();
  expect(rows()).toEqual([
    ['theme', 'system', 'Gatepass, as it comes', 'Gatepass', 'No'],
    ['sign_in_timeout_seconds', '120', 'Gatepass, as it comes', 'Gatepass', 'No'],
    [
      'allowed_issuers',
      '[login.acme.example, *.okta.com]',
      'Your organization',
      '/etc/gatepass/policy.yaml:7',
      '',
    ],
    ['extra_ca_file', 'not set', 'Gatepass, as it comes', 'Gatepass', 'No'],
  ]);
  within(screen.getByRole('row', { name: /allowed_issuers/ })).getByRole('img', { name: 'Locked' });
});

test.each(['OKTA', 'your organization', 'policy.yaml', 'locked', 'issuers'])(
  'the filter %s finds by any column',
  async (words) => {
    const { user } = await openTable();
    await user.type(screen.getByRole('searchbox', { name: 'Filter settings' }), words);
    expect(rows().map(([key]) => key)).toEqual(['allowed_issuers']);
  },
);

test('a filter that finds nothing says so', async () => {
  const { user } = await openTable();
  await user.type(screen.getByRole('searchbox'), 'gopher');
  screen.getByText('No setting matches.');
});
