import { defineConfig } from '@playwright/test';

/** Pictures of the running app for the README: `npm run screenshots:app`, after a build. */
export default defineConfig({ testDir: '.', workers: 1, reporter: 'list' });
