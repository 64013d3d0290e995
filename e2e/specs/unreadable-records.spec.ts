import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures/company';
import { causesIn, reportOf } from '../fixtures/support';
import { violations } from '../fixtures/violations';

const sentence = 'Gatepass cannot tell whether you are signed in';

test('while the saved sign-ins cannot be read nobody is called signed out, and afterwards they are there', async ({
  company,
}) => {
  const { openApp, userDataDir } = await company({ registries: ['Acme', 'Globex'] });
  const sessions = path.join(userDataDir, 'vault', 'sessions');
  const elsewhere = path.join(userDataDir, 'vault', 'elsewhere');
  const first = await openApp();
  await first.signIn('Acme');
  await first.close();
  // A file in the place of the folder: nobody can list it, the administrator of this computer neither.
  fs.renameSync(sessions, elsewhere);
  fs.writeFileSync(sessions, '');

  const blind = await openApp();
  for (const name of ['Acme', 'Globex']) {
    const row = blind.row(name);
    await expect(row.status).toHaveText(/^Needs attention/);
    await expect(row.item).toContainText(sentence);
    await expect(row.item).toContainText('start it again');
    await expect(row.item.getByRole('button', { name: `Sign in to ${name}` })).toBeVisible();
  }
  expect(await violations(blind)).toEqual([]);
  await blind.signIn('Globex');
  await expect(blind.row('Globex').item).toContainText('Won’t be remembered after you quit');
  const causes = causesIn(await reportOf(blind));
  expect(causes).toContain('Acme: STORE_READ_FAILED');
  expect(causes).not.toContain('Globex: STORE_READ_FAILED');
  await blind.close();

  fs.rmSync(sessions);
  fs.renameSync(elsewhere, sessions);
  const again = await openApp();
  await expect(again.row('Acme').status).toHaveText(/^Signed in/);
  await expect(again.row('Globex').status).toHaveText(/^Signed out/);
});
