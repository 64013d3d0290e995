import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { FakeMain } from '../testing/fake-main';
import { spoken } from '../testing/queries';
import { renderApp } from '../testing/render-app';
import { someComputerFacts } from '../testing/support-views';
import { aProblem, aRegistry } from '../testing/views';

async function openReport(saved: unknown = { ok: true, path: '/home/alice/report.txt' }) {
  const main = new FakeMain([aRegistry()]);
  main.answer = (command, input) => {
    if (command === 'makeReport' || command === 'readReport')
      return Promise.resolve({ text: `report, names ${(input as { names: string }).names}` });
    return Promise.resolve(command === 'saveReport' ? saved : someComputerFacts());
  };
  const app = await renderApp(main);
  await app.user.click(screen.getByRole('button', { name: 'Support' }));
  await app.user.click(await screen.findByRole('tab', { name: 'Report' }));
  return { main, ...app };
}
const button = (name: string) => screen.getByRole('button', { name });
const preview = () => screen.getByRole('region', { name: 'The report as it will be saved' }).textContent;

test('nothing can be saved before it was read, and names are masked unless somebody wants them', async () => {
  const { user, main } = await openReport();
  expect(screen.queryByRole('button', { name: 'Save…' })).toBeNull();
  await user.click(button('Make the report'));
  expect(preview()).toBe('report, names masked');
  await user.click(screen.getByRole('checkbox', { name: 'Show e-mail addresses and user names' }));
  expect(preview()).toBe('report, names shown');
  expect(main.sent.at(-1)).toEqual({ command: 'readReport', input: { names: 'shown' } });
});

test('just what is shown is saved, and where is said', async () => {
  const { user, main } = await openReport();
  await user.click(button('Make the report'));
  await user.click(button('Save…'));
  expect(main.sent.at(-1)).toEqual({ command: 'saveReport', input: { names: 'masked' } });
  expect(spoken()).toBe('Saved as /home/alice/report.txt');
});

test('a person who does not choose a place hears nothing of it', async () => {
  const { user } = await openReport({ ok: true });
  await user.click(button('Make the report'));
  await user.click(button('Save…'));
  expect(screen.queryByText(/^Saved as/)).toBeNull();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a place that cannot be written is a problem with its code', async () => {
  const { user } = await openReport({ ok: false, problem: aProblem({ code: 'REPORT_NOT_SAVED' }) });
  await user.click(button('Make the report'));
  await user.click(button('Save…'));
  expect(screen.getByRole('alert').textContent).toContain('REPORT_NOT_SAVED');
});
