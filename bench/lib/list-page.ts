import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { findChromium } from '../../e2e/electron-stand-in/src/chromium/find-chromium';

/** Opens the list of so many registries in a Chromium of its own, does something there, and closes it. */
export async function onListPage<T>(rows: number, task: (page: Page) => Promise<T>): Promise<T> {
  // Bundled, this module lies in dist/bench, beside the page.
  const server = await preview({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    build: { outDir: join(import.meta.dirname, 'page') },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const browser = await chromium.launch({
    executablePath: findChromium(process.env),
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 960, height: 640 } });
    await page.goto(`${server.resolvedUrls?.local[0] ?? ''}?rows=${rows}`);
    await page.locator('.rows > li').first().waitFor();
    return await task(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
