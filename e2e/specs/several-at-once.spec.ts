import { createServer, type Server } from 'node:net';
import { finishSignIn } from '../servers/identity-provider';
import { expect, test } from '../fixtures/company';
import { freePort } from '../servers/free-port';

const listen = (port: number) =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });

const close = (server: Server) =>
  new Promise<void>((resolve) =>
    server.close(() => {
      resolve();
    }),
  );

test('two sign-ins on one port finish in reverse order, a third is cancelled, and the port is free at once', async ({
  company,
}) => {
  const { openApp } = await company({ registries: ['One', 'Two', 'Three'], callbackPort: 8666 });
  const app = await openApp();
  const first = await app.startSignIn('One');
  const second = await app.startSignIn('Two');
  await app.startSignIn('Three');

  await finishSignIn(second, { user: 'two@acme.example' });
  await expect(app.row('Two').status).toHaveText(/^Signed in.*two@acme\.example/);
  await expect(app.row('One').status).toHaveText(/^Signing in…/);
  await app.row('Three').cancelButton.click();
  await expect(app.row('Three').status).toHaveText(/^Signed out/);
  await finishSignIn(first, { user: 'one@acme.example' });
  await expect(async () => {
    await close(await listen(8666));
  }).toPass({ intervals: [10], timeout: 1000 });
  await expect(app.row('One').status).toHaveText(/^Signed in.*one@acme\.example/);
});

test('a port that another program holds is named, and no browser is opened', async ({ company }) => {
  const callbackPort = await freePort();
  const holder = await listen(callbackPort);
  try {
    const { openApp } = await company({ registries: ['Acme'], callbackPort });
    const app = await openApp();
    await app.row('Acme').signInButton.click();
    await expect(app.row('Acme').problem).toContainText('LOGIN_PORT_BUSY');
    await expect(app.row('Acme').problem).toContainText(String(callbackPort));
    expect(app.browser.opened()).toEqual([]);
  } finally {
    await close(holder);
  }
});

test('a double click joins the running flow', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const app = await openApp();
  await app.row('Acme').signInButton.dblclick();
  const [link = ''] = await app.openedUrls(1);
  await expect(app.row('Acme').status).toHaveText(/^Signing in…/);
  // Whatever the second click began would have opened its browser by the time the first one's sign-in is over.
  await finishSignIn(link);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  expect(app.browser.opened()).toEqual([link]);
});
