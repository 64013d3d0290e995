import path from 'node:path';
import { test } from '../fixtures/company';

const folder = path.resolve(import.meta.dirname, '../../docs/screenshots');

test('the list and the details, light and dark', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme Engineering', 'Acme Finance', 'Acme Research'] });
  const app = await openApp();
  await app.signIn('Acme Engineering');
  await app.page.emulateMedia({ colorScheme: 'light' });
  await app.startSignIn('Acme Finance');
  await app.page.getByText('Waiting for you to finish in the browser').waitFor();
  await app.page.screenshot({ path: path.join(folder, 'registries-light.png') });

  await app.row('Acme Finance').cancelButton.click();
  await app.openDetails('Acme Engineering');
  await app.page.emulateMedia({ colorScheme: 'dark' });
  await app.page.screenshot({ path: path.join(folder, 'registries-dark.png') });
});
