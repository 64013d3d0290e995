import { expect, test } from '../fixtures/company';

test('the page has no Node and no more of the app than its pipe', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const { page } = await openApp();
  const seen = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
    pipe: Object.keys(Reflect.get(window, 'gatepass') as object),
    frozen: Object.isFrozen(Reflect.get(window, 'gatepass')),
  }));
  expect(seen).toEqual({ node: [], pipe: ['invoke', 'subscribe'], frozen: true });
});

test('the page is served from the app’s own scheme with a strict policy from the first document', async ({
  company,
}) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const { electronApp, page } = await openApp();
  const url = await electronApp.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.getURL());
  expect(url).toBe('app://gatepass/');

  const blocked = await page.evaluate(async () => {
    // What is blocked is told a moment later, each of them at its own.
    const told = Promise.all(
      ['img-src', 'frame-src', 'connect-src'].map(
        (directive) =>
          new Promise<void>((resolve) => {
            document.addEventListener('securitypolicyviolation', (event) => {
              if (event.effectiveDirective === directive) resolve();
            });
          }),
      ),
    );
    const trusted = (attempt: () => void) => {
      try {
        attempt();
        return 'allowed';
      } catch {
        return 'refused';
      }
    };
    const script = document.createElement('script');
    const scriptText = trusted(() => (script.textContent = 'window.injected = true'));
    const markup = trusted(() => (document.body.innerHTML = '<img src=x onerror="window.injected = true">'));
    const code = trusted(() => void Reflect.apply(setTimeout, window, ['window.injected = true']));
    document.body.append(script);
    const image = document.createElement('img');
    image.src = 'https://evil.example/pixel.png';
    document.body.append(image);
    const frame = document.createElement('iframe');
    frame.src = 'https://evil.example/';
    document.body.append(frame);
    await fetch('https://evil.example/').catch(() => undefined);
    await told;
    return { texts: [scriptText, markup, code], injected: 'injected' in window };
  });
  expect(blocked.injected).toBe(false);
  expect(blocked.texts).toEqual(['refused', 'refused', 'refused']);
});

test('navigation and pop-ups are denied', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const { electronApp, page, browser } = await openApp();
  // A page that is shown is what a navigation would take away.
  await expect(page.getByRole('list', { name: 'Registries' })).toBeVisible();
  await electronApp.evaluate(({ webContents }) => {
    const denied: string[] = [];
    Object.assign(globalThis, { denied });
    webContents.getAllWebContents()[0]?.on('will-navigate', (event) => {
      if (event.defaultPrevented) denied.push(event.url);
    });
  });
  await page.evaluate(() => {
    location.href = 'https://evil.example/';
  });
  await expect
    .poll(() => electronApp.evaluate(() => Reflect.get(globalThis, 'denied') as string[]))
    .toEqual(['https://evil.example/']);
  // No window, or one that closes at once.
  await page.evaluate(async () => {
    const opened = window.open('https://evil.example/');
    while (opened !== null && !opened.closed) await new Promise((resolve) => setTimeout(resolve, 10));
  });
  // Not by a locator: Playwright may wait for ever for the end of a navigation that was denied before it learned of it.
  expect(await page.evaluate(() => document.querySelector('main li')?.textContent)).toContain('Acme');
  const windows = await electronApp.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => contents.getURL()),
  );
  expect(windows).toEqual(['app://gatepass/']);
  expect(browser.opened()).toEqual([]);
});

test('every permission is denied', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const { page } = await openApp();
  const answers = await page.evaluate(async () => {
    const notification = await Notification.requestPermission();
    const clipboard = await navigator.clipboard.readText().then(
      () => 'granted',
      () => 'denied',
    );
    return { notification, clipboard };
  });
  expect(answers).toEqual({ notification: 'denied', clipboard: 'denied' });
});

test('main refuses arguments that are not what the contract says, and names that are not in it', async ({
  company,
}) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const { page } = await openApp();
  const refused = await page.evaluate(async () => {
    const pipe = Reflect.get(window, 'gatepass') as {
      invoke(name: string, input: unknown): Promise<unknown>;
    };
    const attempts: [string, unknown][] = [
      ['signIn', { registryId: 'acme' }],
      ['signIn', { registryId: 'acme', account: 'default', url: 'https://evil.example' }],
      ['signIn', { registryId: 7, account: 'default' }],
      ['signOut', { registryId: 'x'.repeat(201) }],
      ['signOut', null],
      ['readView', {}],
      ['noSuchCommand', undefined],
      ['../readView', undefined],
    ];
    const answers: string[] = [];
    for (const [name, input] of attempts)
      answers.push(
        await pipe.invoke(name, input).then(
          () => 'accepted',
          (error: unknown) => String(error),
        ),
      );
    return answers;
  });
  expect(refused).toHaveLength(8);
  for (const answer of refused) {
    expect(answer).toMatch(/not what the contract says|No handler registered|Not a name of the contract/);
    expect(answer).not.toContain('evil.example');
  }
});

test('main refuses a call that does not come from the app’s own page', async ({ company }) => {
  const { openApp } = await company({ registries: ['Acme'] });
  const { electronApp, page } = await openApp();
  // What a hole in the rules above would let in: another document with our preload.
  const answer = await electronApp.evaluate(async ({ app, BrowserWindow }) => {
    const preload = `${app.getAppPath()}/out/preload/preload.cjs`;
    const webPreferences = { preload, sandbox: true, contextIsolation: true };
    const stranger = new BrowserWindow({ show: false, webPreferences });
    await stranger.loadURL('data:text/html,<title>stranger</title>');
    const call = `gatepass.invoke('readView').then(() => 'answered', (error) => String(error))`;
    const said: unknown = await stranger.webContents.executeJavaScript(call);
    stranger.destroy();
    return said;
  });
  expect(answer).toMatch(/not called by the app's own page/);
  await expect(page.getByRole('list', { name: 'Registries' })).toBeVisible();
});
