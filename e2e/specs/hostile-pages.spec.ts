import type { BrowserContext, Page, Request } from '@playwright/test';
import { listen, type RunningServer } from '../servers/http-server';
import { finishSignIn } from '../servers/identity-provider';
import { expect, test as companyTest } from '../fixtures/company';
import { realBrowser } from '../fixtures/real-browser';

/** Somebody else's web site, open in another tab of the person's browser. */
const test = companyTest.extend<{ site: (html: string) => Promise<string> }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the dependencies from this pattern's text
  site: async ({}, use) => {
    const running: RunningServer[] = [];
    await use(async (html) => {
      const server = await listen({}, () => (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html>${html}`);
      });
      running.push(server);
      return server.origin;
    });
    for (const server of running) await server.close();
  },
});
test.use(realBrowser);

/**
 * What a tab's requests to the listener came to: the status of an answer, `withheld` where there was one that the page
 * may not have (Cross-Origin-Resource-Policy), or the network's error. Each with the path and the `by` of its query.
 */
function requestsTo(origin: string, page: Page): string[] {
  const seen: string[] = [];
  const note = (request: Request, outcome: string) => {
    const { origin: asked, pathname, searchParams } = new URL(request.url());
    if (asked === origin) seen.push([outcome, pathname, searchParams.get('by') ?? ''].join(' ').trim());
  };
  page.on('response', (response) => {
    note(response.request(), String(response.status()));
  });
  page.on('requestfailed', (request) => {
    const error = request.failure()?.errorText ?? '';
    note(request, error === 'net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin' ? 'withheld' : error);
  });
  return seen;
}

/** Delivers the callback in a tab of its own, as the provider's redirect does. */
async function finishIn(context: BrowserContext, callbackUrl: string): Promise<void> {
  const tab = await context.newPage();
  await tab.goto(callbackUrl);
  await expect(tab.getByRole('heading', { name: 'Return to Gatepass' })).toBeVisible();
}

test('a page of another site can neither read the listener nor end the sign-in', async ({
  company,
  site,
  context,
  page,
}) => {
  const { openApp, provider, callbackPort } = await company({ registries: ['Acme'] });
  const app = await openApp();
  const callbackUrl = await finishSignIn(await app.startSignIn('Acme'), { deliver: false });
  const listener = `http://127.0.0.1:${callbackPort}`;
  const guess = `${listener}/callback?state=guessed&code=x`;
  const seen = requestsTo(listener, page);

  await page.goto(
    await site(`
      <link rel="icon" href="${listener}/favicon.ico">
      <link rel="prefetch" href="${guess}&by=prefetch">
      <link rel="preload" as="image" href="${guess}&by=preload">
      <link rel="stylesheet" href="${guess}&by=style">
      <script type="speculationrules">{"prerender": [{"urls": ["${guess}&by=prerender"]}]}</script>
      <img src="${guess}&by=image"><script src="${guess}&by=script"></script>
      <iframe src="${guess}&by=frame"></iframe>
      <iframe name="inner"></iframe><form method="post" action="${guess}&by=form" target="inner"></form>
      <script>document.forms[0].submit()</script>`),
  );
  const readable = await page.evaluate(async (url) => {
    const asked = async (by: string, init: RequestInit) => {
      try {
        return (await (await fetch(`${url}&by=${by}`, init)).text()) !== '';
      } catch {
        return false;
      }
    };
    const opened = (make: () => { onopen: unknown; onerror: unknown }) =>
      new Promise<boolean>((resolve) => {
        const made = make();
        made.onopen = () => {
          resolve(true);
        };
        made.onerror = () => {
          resolve(false);
        };
      });
    navigator.sendBeacon(`${url}&by=beacon`, 'x');
    return {
      get: await asked('get', {}),
      opaque: await asked('opaque', { mode: 'no-cors', credentials: 'include' }),
      preflight: await asked('preflight', { headers: { 'x-any': '1' } }),
      post: await asked('post', { method: 'POST', mode: 'no-cors', body: 'x' }),
      webSocket: await opened(() => new WebSocket(url.replace('http', 'ws'))),
      events: await opened(() => new EventSource(`${url}&by=events`)),
      frames: [...document.querySelectorAll('iframe')].some((frame) => frame.contentDocument !== null),
    };
  }, guess);
  expect(Object.values(readable), JSON.stringify(readable)).not.toContain(true);
  // The listener got each of them and took none for the callback; that is not left to the browser.
  const ways = [
    'beacon',
    'events',
    'form',
    'frame',
    'get',
    'image',
    'opaque',
    'post',
    'prefetch',
    'script',
    'style',
  ];
  await expect.poll(() => seen.map((one) => one.split(' ')[2])).toEqual(expect.arrayContaining(ways));
  expect(seen.filter((one) => one.startsWith('200'))).toEqual([]);
  // Where a browser goes by itself for a tab's picture; it hides that request from its tools.
  expect((await page.goto(`${listener}/favicon.ico`))?.status()).toBe(404);

  await expect(app.row('Acme').status).toHaveText(/^Signing in…/);
  expect(provider.counts.token.authorization_code).toBe(0);
  await finishIn(context, callbackUrl);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
});

test('a callback that the browser fetches ahead is the callback, and going there asks for nothing more', async ({
  company,
  site,
  page,
}) => {
  const { openApp, provider, callbackPort } = await company({ registries: ['Acme'] });
  const app = await openApp();
  const callbackUrl = await finishSignIn(await app.startSignIn('Acme'), { deliver: false });
  const seen = requestsTo(`http://127.0.0.1:${callbackPort}`, page);
  const link = callbackUrl.replaceAll('&', '&amp;');
  await page.goto(await site(`<link rel="prefetch" href="${link}"><a href="${link}">Continue</a>`));
  await expect.poll(() => seen).toContain('withheld /callback');
  await page.getByRole('link', { name: 'Continue' }).click();
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  expect(provider.counts.token.authorization_code).toBe(1);
});

test('the real callback is served while a page of another site spams the listener', async ({
  company,
  site,
  context,
  page,
}) => {
  test.slow();
  const { openApp, provider, callbackPort } = await company({ registries: ['Acme'] });
  const app = await openApp();
  const callbackUrl = await finishSignIn(await app.startSignIn('Acme'), { deliver: false });
  const listener = `http://127.0.0.1:${callbackPort}`;
  const seen = requestsTo(listener, page);
  const count = (outcome: string) => seen.filter((one) => one.startsWith(outcome)).length;
  await page.goto(await site('<title>Spam</title>'));
  await page.evaluate((origin) => {
    const spam = async () => {
      for (;;) {
        const url = `${origin}/callback?code=x&state=${crypto.randomUUID()}`;
        await fetch(url, { mode: 'no-cors' }).catch(() => undefined);
      }
    };
    for (let worker = 0; worker < 50; worker++) void spam();
    for (let socket = 0; socket < 200; socket++) new WebSocket(`${origin.replace('http', 'ws')}/callback`);
  }, listener);
  await expect.poll(() => count('withheld'), { timeout: 30_000 }).toBeGreaterThan(500);

  await finishIn(context, callbackUrl);
  await expect(app.row('Acme').status).toHaveText(/^Signed in.*alice@acme\.example/);
  expect(provider.counts.token.authorization_code).toBe(1);
  // The listener went with the sign-in: nobody is there to be spammed any more.
  await expect.poll(() => count('net::ERR_CONNECTION_REFUSED'), { timeout: 30_000 }).toBeGreaterThan(0);
});
