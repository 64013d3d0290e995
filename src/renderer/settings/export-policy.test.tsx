import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { PolicyExport } from '../../contract/setting-change';
import { FakeMain } from '../testing/fake-main';
import { spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { aProblem } from '../testing/views';

/** Opens Settings and presses the button; main then answers this. */
async function exportPolicy(answer: PolicyExport) {
  const main = new FakeMain();
  main.answer = () => Promise.resolve(answer);
  const { user } = await renderApp(main);
  await user.keyboard('{Control>},{/Control}');
  const button = await screen.findByRole('button', { name: 'Export my settings as a policy…' });
  await user.click(button);
  expect(main.sent.at(-1)?.command).toBe('exportPolicy');
  expect(document.activeElement).toBe(button);
}

test('where the policy was saved is said and shown', async () => {
  await exportPolicy({ kind: 'saved', file: '/home/alice/policy.yaml' });
  expect(spoken()).toBe('Saved as /home/alice/policy.yaml');
  expect(screen.getAllByText('Saved as /home/alice/policy.yaml')).toHaveLength(2);
});

test('who closes the dialog hears nothing of it', async () => {
  await exportPolicy({ kind: 'cancelled' });
  expect(spoken()).toBe('');
  expect(screen.queryByText(/^Saved as/)).toBeNull();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a file that cannot be written is named', async () => {
  await exportPolicy({
    kind: 'failed',
    problem: aProblem({ code: 'FILE_NOT_SAVED', params: { file: '/etc/policy.yaml', reason: 'EACCES' } }),
  });
  expect(screen.getByRole('alert').textContent).toContain('could not be saved: /etc/policy.yaml.');
});
