import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { supportGuide } from '../../scripts/lib/support-guide.mjs';

/**
 * The states gallery: the page of the app without Electron, fed with made-up views. Not part of the app's build.
 * `npm run gallery` shows it, `?scene=…` chooses what.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), supportGuide(resolve(import.meta.dirname, '../../docs/support.md'))],
  // In development a path above the root arrives without its dots.
  resolve: { alias: { '/src': resolve(import.meta.dirname, '../../src') } },
  build: {
    outDir: resolve(import.meta.dirname, '../../dist/gallery'),
    emptyOutDir: true,
    target: 'chrome140',
    modulePreload: { polyfill: false },
  },
  preview: {
    // As strict as the app's own page, so that a style or script it would block shows here first.
    headers: {
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    },
  },
});
