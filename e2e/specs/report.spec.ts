import fs from 'node:fs';
import { expect, test } from '../fixtures/company';
import { answerDialog } from '../fixtures/save-dialog';
import { openSupport } from '../fixtures/support';

test('the report is saved as it was read, masked and not, and only where and when the person wants', async ({
  company,
}) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.signIn('Acme');
  await openSupport(app, 'Report');
  await app.page.getByRole('button', { name: 'Make the report' }).click();
  const preview = app.page.getByRole('region', { name: /^The report/ });
  await expect(preview).toContainText('What is wrong');
  const save = app.page.getByRole('button', { name: 'Save…' });
  const file = test.info().outputPath('report.txt');
  const shown = test.info().outputPath('report-with-names.txt');

  await answerDialog(app, undefined);
  await save.click();
  const nowhere = test.info().outputPath('not-there', 'report.txt');
  await answerDialog(app, nowhere);
  await save.click();
  const problem = app.page.getByRole('alert');
  await expect(problem).toContainText('REPORT_NOT_SAVED');
  await expect(problem).toContainText(nowhere);
  expect([file, nowhere].some((each) => fs.existsSync(each))).toBe(false);

  await answerDialog(app, file);
  await save.click();
  await expect(app.page.getByText(`Saved as ${file}`).first()).toBeVisible();
  expect(fs.readFileSync(file, 'utf8')).toBe(await preview.textContent());
  expect(fs.readFileSync(file, 'utf8')).not.toContain('alice@acme.example');

  await app.page.getByRole('checkbox', { name: 'Show e-mail addresses and user names' }).check();
  await expect(preview).toContainText('alice@acme.example');
  await answerDialog(app, shown);
  await save.click();
  await expect(app.page.getByText(`Saved as ${shown}`).first()).toBeVisible();
  expect(fs.readFileSync(shown, 'utf8')).toBe(await preview.textContent());
});
