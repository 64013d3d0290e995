import { expect, test } from '../fixtures/company';
import { violations } from '../fixtures/violations';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing while a registry is added, edited or removed, ${colorScheme}`, async ({
    company,
  }) => {
    const { openApp, provider } = await company({ registries: ['Acme'] });
    const app = await openApp();
    const { page } = app;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const type = (field: string, text: string) =>
      page.getByRole('textbox', { name: field, exact: true }).fill(text);

    await button('Add registry').click();
    await expect(page.getByRole('textbox', { name: 'Address of the registry' })).toBeFocused();
    expect(await violations(app), 'the question for the address').toEqual([]);
    await button('Enter everything by hand').click();
    await button('More settings').click();
    expect(await violations(app), 'an empty form').toEqual([]);
    await type('Address of the registry', 'https://mcp.acme.example/registry');
    await type('Name', 'Finance');
    await type('Sign-in service (issuer)', `${provider.issuer}/`);
    await type('Client id', 'gatepass');
    await button('Continue').click();
    await expect(page.getByRole('alert').first()).toContainText('DISC_ISSUER_MISMATCH');
    expect(await violations(app), 'a form with a problem').toEqual([]);
    await button('Cancel').click();

    await app.openDetails('Acme');
    await button('Edit').click();
    await type('Name', 'Acme tools');
    await button('Continue').click();
    await expect(page.getByRole('dialog', { name: 'Is this right?' })).toBeVisible();
    expect(await violations(app), 'the confirmation').toEqual([]);
    // One step back at a time: to the form, then out of it.
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Edit Acme' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);

    await button('Remove…').click();
    await expect(page.getByRole('alertdialog', { name: 'Remove Acme?' })).toBeVisible();
    expect(await violations(app), 'the question before removing').toEqual([]);
  });
}
