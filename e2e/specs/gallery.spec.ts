import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, expect, type Page, test as base } from '@playwright/test';
import { build, preview } from 'vite';
import { realBrowser } from '../fixtures/real-browser';
import { violations } from '../fixtures/violations';
import { type Picture, pictures } from '../gallery/pictures';
import { smallPng } from '../gallery/small-png';

/** Where pictures are kept, when somebody wants them: see `npm run screenshots`. */
const folder = process.env['SCREENSHOTS'];
const configFile = path.resolve(import.meta.dirname, '../gallery/vite.config.ts');
/** A moment of a working day, so that a picture changes only when the app does. */
const moment = new Date('2026-03-10T14:05:00+01:00');

interface OpenPicture {
  readonly page: Page;
  /** Errors and warnings of the page, its content security policy included. */
  readonly complaints: readonly string[];
}

const test = base.extend<object, { open: (picture: Picture) => Promise<OpenPicture> }>({
  open: [
    async ({ browser }, use) => {
      const outDir = fs.mkdtempSync(path.join(os.tmpdir(), 'gallery-'));
      const at = { configFile, build: { outDir }, logLevel: 'error' } as const;
      await build(at);
      const server = await preview({ ...at, preview: { host: '127.0.0.1', port: 0 } });
      const address = server.resolvedUrls?.local[0] ?? '';
      await use((picture) => openPicture(browser, address, picture));
      await server.close();
      await fs.promises.rm(outDir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});
test.use(realBrowser);

async function openPicture(browser: Browser, address: string, picture: Picture): Promise<OpenPicture> {
  const { scene, width, height, scale, language, act, colorScheme, forcedColors } = picture;
  const page = await browser.newPage({
    viewport: { width, height },
    deviceScaleFactor: scale,
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Berlin',
    locale: language,
    colorScheme,
    ...(forcedColors !== undefined && { forcedColors }),
  });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.clock.setFixedTime(moment);
  await page.goto(`${address}?scene=${scene}&language=${language}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await act?.(page);
  await page.waitForLoadState('networkidle');
  return { page, complaints };
}

for (const picture of pictures)
  test(`axe finds nothing in ${picture.name}, and the page has nothing to complain about`, async ({
    open,
  }) => {
    const { page, complaints } = await open(picture);
    if (folder !== undefined)
      fs.writeFileSync(path.join(folder, `${picture.name}.png`), smallPng(await page.screenshot()));
    expect(await violations({ page })).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
