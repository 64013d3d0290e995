import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { supportGuide } from '../../scripts/lib/support-guide.mjs';

/** The list of registries as it ships, fed by a made-up main process: what a row of it costs, without IPC. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), supportGuide(resolve(import.meta.dirname, '../../docs/support.md'))],
  logLevel: 'error',
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/bench/page'),
    emptyOutDir: true,
    target: 'chrome140',
    modulePreload: { polyfill: false },
  },
});
