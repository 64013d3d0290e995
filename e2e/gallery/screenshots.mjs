import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { join, resolve } from 'node:path';

// Draws the scenes of the gallery into a folder: `npm run screenshots -- [folder] [name…]`.
const here = import.meta.dirname;
const [folder = resolve(here, '../../docs/screenshots'), ...wanted] = process.argv.slice(2);

const details = async (page) => {
  await page.getByRole('button', { name: 'Acme MCP Registry', exact: true }).click();
};

const settings = async (page) => {
  await page.keyboard.press('Control+,');
  await page.getByRole('heading', { level: 1, name: /Settings|Einstellungen/ }).waitFor();
};

const effective = async (page) => {
  await page.getByRole('button', { name: 'Support' }).click();
  await page.getByRole('table').scrollIntoViewIfNeeded();
};

const servers = async (page, name = 'Acme MCP Registry') => {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('button', { name: /^(Show servers|Server anzeigen)$/ }).click();
  await page.getByRole('listitem').filter({ hasText: 'io.acme/tickets' }).waitFor();
};

const staleServers = (page) => servers(page, 'Public catalogue');

const oneServer = async (page) => {
  await servers(page);
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  await page.getByText('@acme/files-mcp').waitFor();
};

const lock = async (page) => {
  await details(page);
  await page.getByRole('button', { name: /^Managed by your organization/ }).click();
};

/** Each picture: the scene, the window, how the system is set up, and what a person did first. */
const pictures = {
  'states-light': { scene: 'states', height: 1080 },
  'states-dark': { scene: 'states', height: 1080, colorScheme: 'dark' },
  'states-forced-colors': { scene: 'states', height: 1080, forcedColors: 'active', colorScheme: 'dark' },
  'states-480': { scene: 'states', width: 480, height: 1400 },
  'states-german': { scene: 'states', height: 1120, language: 'de' },
  'details-light': { scene: 'few', act: details },
  'details-dark': { scene: 'few', act: details, colorScheme: 'dark' },
  'details-480': { scene: 'few', width: 480, height: 860, act: details },
  'servers-light': { scene: 'few', act: servers },
  'servers-dark': { scene: 'few', act: servers, colorScheme: 'dark' },
  'servers-480': { scene: 'few', width: 480, height: 860, act: servers, language: 'de' },
  'servers-forced-colors': { scene: 'few', act: servers, forcedColors: 'active', colorScheme: 'dark' },
  'servers-stale-light': { scene: 'states', act: staleServers },
  'servers-stale-dark': { scene: 'states', act: staleServers, colorScheme: 'dark', language: 'de' },
  'server-light': { scene: 'few', act: oneServer },
  'server-dark': { scene: 'few', act: oneServer, colorScheme: 'dark' },
  'server-480': { scene: 'few', width: 480, height: 860, act: oneServer, language: 'de' },
  'managed-light': { scene: 'few', act: lock },
  'managed-dark': { scene: 'few', act: lock, colorScheme: 'dark' },
  'settings-light': { scene: 'settings', height: 900, act: settings },
  'settings-dark': { scene: 'settings', height: 900, act: settings, colorScheme: 'dark' },
  'settings-480': { scene: 'settings', width: 480, height: 900, act: settings, language: 'de' },
  'effective-light': { scene: 'settings', act: effective },
  'effective-dark': { scene: 'settings', act: effective, colorScheme: 'dark' },
  'effective-480': { scene: 'settings', width: 480, act: effective },
  steps: { scene: 'steps', height: 860 },
  'first-run': { scene: 'first-run' },
  loading: { scene: 'loading' },
  configuration: { scene: 'configuration' },
  'configuration-480': { scene: 'configuration', width: 480, height: 800 },
  'many-light': { scene: 'many' },
  'many-480': { scene: 'many', width: 480, height: 420 },
  'zoom-200': { scene: 'few', width: 480, height: 320, scale: 2 },
  'details-zoom-200': { scene: 'few', width: 480, height: 320, scale: 2, act: details },
};

await build({ configFile: join(here, 'vite.config.ts'), logLevel: 'warn' });
const server = await preview({
  configFile: join(here, 'vite.config.ts'),
  preview: { host: '127.0.0.1', port: 0 },
});
const [address] = server.resolvedUrls?.local ?? [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const [name, picture] of Object.entries(pictures)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await draw(name, picture);
  }
} finally {
  await browser.close();
  await server.close();
}

async function draw(name, { scene, width = 960, height = 640, scale = 1, language = 'en', act, ...media }) {
  const page = await browser.newPage({
    viewport: { width, height },
    deviceScaleFactor: scale,
    reducedMotion: 'reduce',
    ...media,
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      console.error(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
  await page.goto(`${address}?scene=${scene}&language=${language}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await act?.(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
