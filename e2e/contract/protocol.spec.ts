import { expect, test } from './contract-app';

test('protocol.handle sees method, headers and body of a fetch, and its response reaches the page', async ({
  page,
}) => {
  const answer = await page.evaluate(async () => {
    const response = await fetch('/echo', {
      method: 'POST',
      body: 'grüße',
      headers: { 'x-contract': 'yes' },
    });
    return [response.status, await response.json()] as unknown;
  });
  expect(answer).toEqual([200, { method: 'POST', body: 'grüße', header: 'yes' }]);
});

test('a status is passed on, a thrown error and Response.error() are network errors', async ({ page }) => {
  const outcomes = await page.evaluate(() =>
    Promise.all(
      ['/no-such-page', '/throw', '/error'].map((path) =>
        fetch(path).then(
          ({ status }) => status,
          (error: unknown) => (error as Error).name,
        ),
      ),
    ),
  );
  expect(outcomes).toEqual([404, 'TypeError', 'TypeError']);
});

test('a scheme is handled once, until it is not', async ({ electronApp }) => {
  const outcome = await electronApp.evaluate(({ protocol }) => {
    const attempt = (action: () => void): string => {
      try {
        action();
        return 'done';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const answer = (): Response => new Response('');
    return [
      protocol.isProtocolHandled('app'),
      attempt(() => {
        protocol.handle('app', answer);
      }),
      attempt(() => {
        protocol.registerSchemesAsPrivileged([{ scheme: 'late', privileges: { standard: true } }]);
      }),
      attempt(() => {
        protocol.unhandle('app');
      }),
      protocol.isProtocolHandled('app'),
      attempt(() => {
        protocol.unhandle('app');
      }),
    ];
  });
  expect(outcome).toEqual([
    true,
    'Failed to register protocol: app',
    'protocol.registerSchemesAsPrivileged should be called before app is ready',
    'done',
    false,
    'Failed to unhandle protocol: app',
  ]);
});

test('the policy in a handler’s header holds: no inline script, no code from text, no foreign connection', async ({
  page,
}) => {
  expect(await page.evaluate(() => window.inlineScriptRan)).toBeUndefined();
  expect(await page.evaluate(() => window.tryEval())).toBe('EvalError');
  const foreign = await page.evaluate(() =>
    fetch('https://example.invalid/').then(
      () => 'connected',
      (error: unknown) => (error as Error).name,
    ),
  );
  expect(foreign).toBe('TypeError');
  await expect
    .poll(() => page.evaluate(() => window.violations))
    .toEqual(['script-src-elem', 'script-src', 'connect-src']);
});

test('the page is a secure context of its own origin, with storage', async ({ page }) => {
  const context = await page.evaluate(() => {
    localStorage.setItem('key', 'value');
    return [window.isSecureContext, localStorage.getItem('key'), typeof crypto.subtle];
  });
  expect(context).toEqual([true, 'value', 'object']);
});

test('webRequest can stop a request and change the headers of an answer', async ({ electronApp, page }) => {
  await electronApp.evaluate(({ session }) => {
    const { webRequest } = session.defaultSession;
    webRequest.onBeforeRequest(({ url }, callback) => {
      callback({ cancel: url.endsWith('/no-such-page') });
    });
    webRequest.onHeadersReceived(({ responseHeaders }, callback) => {
      callback({ responseHeaders: { ...responseHeaders, 'x-added': ['by webRequest'] } });
    });
  });
  const seen = await page.evaluate(async () => [
    await fetch('/no-such-page').catch((error: unknown) => (error as Error).name),
    (await fetch('/second.html')).headers.get('x-added'),
  ]);
  expect(seen).toEqual(['TypeError', 'by webRequest']);
});
