import type { Page } from '@playwright/test';
import { listen } from '../servers/http-server';
import { expect, test } from '../fixtures/company';
import { configureGateway, curl, findGateway } from '../fixtures/gateway';
import { realBrowser } from '../fixtures/real-browser';

const { executablePath, args } = realBrowser.launchOptions;
// Everything a page may not do has to be refused by the gateway: the browser's own rules for local addresses are off.
test.use({
  launchOptions: {
    executablePath,
    args: [
      ...args,
      '--host-resolver-rules=MAP evil.example 127.0.0.1',
      '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
    ],
  },
});

/** The attacker's page. Its icon is in it: the browser would ask the page's origin for one, at some moment of its own. */
const trap = '<!doctype html><title>Prize</title><link rel="icon" href="data:,">';
const list = '/registry/acme/v0.1/servers';

/** What a page gets when it asks: the answer's text, or that the browser gave it none. */
const ask = (page: Page, url: string, init: RequestInit = {}): Promise<string> =>
  page.evaluate(
    ([address, options]) =>
      fetch(address, options).then(
        (answer) => answer.text(),
        () => 'nothing',
      ),
    [url, init] as const,
  );

/** The statuses of all answers from now on, also of those that the page may not see (a preflight's, an opaque one's). */
async function answersTo(page: Page): Promise<readonly number[]> {
  const statuses: number[] = [];
  const session = await page.context().newCDPSession(page);
  session.on('Network.responseReceivedExtraInfo', ({ statusCode }) => statuses.push(statusCode));
  await session.send('Network.enable');
  return statuses;
}

test('a page on another site gets nothing from the gateway, with or without its token', async ({
  company,
  page,
}) => {
  const site = await listen({}, () => (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(trap);
  });
  const acme = await company({ registries: ['Acme'] });
  configureGateway(acme, '{ enabled: true, allow_session_control: true }');
  const app = await acme.openApp();
  await app.signIn('Acme');
  const gateway = await findGateway(acme);
  // By then the app has asked the registry itself, as it does after a sign-in: nobody else has to from here on.
  await expect(app.row('Acme').item).toContainText('The registry answers');
  const before = acme.registries.get('Acme')?.list.count;
  await page.goto(`http://evil.example:${site.port}/`);
  const answers = await answersTo(page);

  const withToken = { headers: { authorization: `Bearer ${gateway.token}` } };
  expect(await ask(page, `${gateway.url}${list}`)).toBe('nothing');
  // The preflight that the token makes necessary is refused, and the request itself never leaves.
  expect(await ask(page, `${gateway.url}${list}`, withToken)).toBe('nothing');
  expect(await ask(page, `${gateway.url}${list}`, { mode: 'no-cors' })).toBe('nothing');
  const logout = `${gateway.url}/api/v1beta/registry/acme/auth/logout`;
  expect(await ask(page, logout, { method: 'POST', mode: 'no-cors' })).toBe('nothing');
  await expect.poll(() => answers).toEqual([403, 403, 403, 403]);

  expect(acme.registries.get('Acme')?.list.count).toBe(before);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  await site.close();
});

test('a name that leads to this computer only later gets nothing either, with or without the token', async ({
  company,
  page,
}) => {
  const acme = await company({ registries: ['Acme'] });
  configureGateway(acme, '{ enabled: true }');
  const app = await acme.openApp();
  await app.signIn('Acme');
  const gateway = await findGateway(acme);
  // The attacker's name first leads to the attacker, who serves the page, and then to the gateway: one origin for both.
  const origin = `http://evil.example:${new URL(gateway.url).port}`;
  await page.route(`${origin}/trap`, (route) => route.fulfill({ contentType: 'text/html', body: trap }));
  await page.goto(`${origin}/trap`);
  const answers = await answersTo(page);
  const withToken = { headers: { authorization: `Bearer ${gateway.token}` } };
  for (const init of [{}, withToken]) {
    expect(JSON.parse(await ask(page, list, init))).toMatchObject({ code: 'misdirected_request' });
    expect(await ask(page, '/health?nonce=n', init)).toContain('misdirected_request');
  }
  await expect.poll(() => answers).toEqual([421, 421, 421, 421]);
  expect(await curl(gateway, list)).toMatchObject({ status: 200 });
});
