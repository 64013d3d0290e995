import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ComputerFacts } from '../../contract/support-view';
import { FakeMain } from '../testing/fake-main';
import { renderApp } from '../testing/render-app';
import { someComputerFacts } from '../testing/support-views';

async function openSupport(facts: Partial<ComputerFacts>) {
  const main = new FakeMain([]);
  main.answer = () => Promise.resolve(someComputerFacts(facts));
  const { user } = await renderApp(main);
  await user.click(screen.getByRole('button', { name: 'Support' }));
  await screen.findByRole('heading', { name: 'This computer' });
}
const section = (name: string) => screen.getByRole('heading', { name }).parentElement ?? document.body;

test('nothing is said of stored sign-ins where there are none', async () => {
  await openSupport({});
  expect(screen.queryByText('Sign-ins of registries that are gone')).toBeNull();
  expect(screen.queryByText('Files that could not be read')).toBeNull();
});

test('the sign-in of a registry that is gone is listed with whose it is and until when it is kept', async () => {
  await openSupport({
    keptSignIns: [
      {
        host: 'mcp.acme.example',
        account: 'ada@acme.example',
        goneSince: Date.UTC(2026, 0, 5, 12),
        keptUntil: Date.UTC(2026, 1, 4, 12),
      },
    ],
  });
  const kept = within(section('Sign-ins of registries that are gone')).getByText('mcp.acme.example');
  expect(kept.nextElementSibling?.textContent).toMatch(
    /^ada@acme\.example · gone since .*Jan 5, 2026.* · kept until .*Feb 4, 2026/,
  );
});

test('a file that was set aside is listed, with its host where it still names one', async () => {
  const at = Date.UTC(2026, 0, 5, 12);
  await openSupport({
    setAside: [
      { kind: 'sign-in', at, host: 'mcp.acme.example' },
      { kind: 'sign-in', at },
    ],
  });
  const terms = [...section('Files that could not be read').querySelectorAll('dt')];
  expect(terms.map(({ textContent }) => textContent)).toEqual(['mcp.acme.example', 'A file without a name']);
});

test('a data key that was set aside is called one, in the words of Recovery', async () => {
  await openSupport({ setAside: [{ kind: 'data-key', at: Date.UTC(2026, 0, 5, 12) }] });
  const [term] = section('Files that could not be read').querySelectorAll('dt');
  expect(term?.textContent).toBe('A data key that could not be used.');
});

test('while the folder of what was set aside cannot be read, that is said', async () => {
  await openSupport({ setAside: 'unreadable' });
  expect(section('Files that could not be read').textContent).toContain('STORE_READ_FAILED');
});
