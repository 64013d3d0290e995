import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { finishSignIn } from '../servers/identity-provider';
import { startMisbehavingProvider } from '../servers/misbehaving-provider';
import { startRegistry } from '../servers/registry';
import { audienceOf, configurationOf, expect, test } from '../fixtures/company';

test('of two sign-in services that do not name themselves, the second has an address of its own: shown, then used', async ({
  company,
}) => {
  const names = ['First', 'Second'] as const;
  const acme = await company({ registries: names });
  const services = [
    await startMisbehavingProvider({ profile: { sendsIss: false } }),
    await startMisbehavingProvider({ profile: { sendsIss: false } }),
  ] as const;
  // Each registry signs in at a service of its own, whose tokens it accepts: a token it refused would be refreshed.
  const registries = await Promise.all(
    names.map((name, index) =>
      startRegistry({ name, issuer: services[index]?.issuer ?? '', audience: audienceOf(name) }),
    ),
  );
  const [first = '', second = ''] = configurationOf(acme).split('  - id: second');
  const withOwnService = (entry: string, index: number): string =>
    entry
      .replace(acme.provider.issuer, services[index]?.issuer ?? '')
      .replace(acme.registries.get(names[index] ?? '')?.url ?? '', registries[index]?.url ?? '');
  fs.writeFileSync(acme.configFile, [first, second].map(withOwnService).join('  - id: second'));
  const app = await acme.openApp();
  const usual = `http://127.0.0.1:${acme.callbackPort}/callback`;
  const ownPath = createHash('sha256').update(services[1].issuer).digest('hex').slice(0, 8);

  const links = [await app.startSignIn('First'), await app.startSignIn('Second')];
  const redirectUris = links.map((link) => new URL(link).searchParams.get('redirect_uri'));
  expect(redirectUris).toEqual([usual, `${usual}/${ownPath}`]);
  await app.openDetails('Second');
  await expect(app.page.getByRole('region', { name: 'Second' })).toContainText(`${usual}/${ownPath}`);

  for (const link of links.reverse()) await finishSignIn(link);
  await expect(app.row('Second').status).toHaveText(/^Signed in/);
  await expect(app.row('First').status).toHaveText(/^Signed in/);
  for (const service of services) expect(service.token.requests).toHaveLength(1);
  for (const server of [...registries, ...services]) await server.close();
});

test('a sign-in whose address says localhost is waited for at both of its addresses, under that name only', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  const text = fs.readFileSync(acme.configFile, 'utf8');
  fs.writeFileSync(
    acme.configFile,
    text.replace('callback_port:', 'callback_host: localhost\n        callback_port:'),
  );
  const app = await acme.openApp();
  const link = await app.startSignIn('Acme');
  expect(new URL(link).searchParams.get('redirect_uri')).toBe(
    `http://localhost:${acme.callbackPort}/callback`,
  );
  for (const address of ['127.0.0.1', '[::1]']) {
    const answer = await fetch(`http://${address}:${acme.callbackPort}/callback`);
    expect(answer.status, address).toBe(421);
  }
  expect(await finishSignIn(link)).toMatchObject({ status: 200 });
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
});

test('what is copied is on the clipboard: the redirect address to register, and the link of a sign-in', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  const app = await acme.openApp();
  const clipboard = () => app.electronApp.evaluate(({ clipboard }) => clipboard.readText());
  await app.openDetails('Acme');
  await app.page.getByRole('button', { name: 'Copy redirect address' }).click();
  await expect.poll(clipboard).toBe(`http://127.0.0.1:${acme.callbackPort}/callback`);

  const link = await app.startSignIn('Acme');
  await app.page.getByRole('button', { name: 'Copy link' }).click();
  await expect.poll(clipboard).toBe(link);
});
