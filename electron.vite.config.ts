import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { oneByteText } from './scripts/lib/one-byte-text.mjs';
import { supportGuide } from './scripts/lib/support-guide.mjs';

const here = import.meta.dirname;

/**
 * Everything is bundled except Electron itself and native modules: a packaged app then carries no
 * dependency tree to load file by file at start, and the preload is one file, as the sandbox requires.
 */
const external = ['electron', /^electron\//, '@napi-rs/keyring', 'native-reg'];

export default defineConfig({
  main: {
    plugins: [oneByteText()],
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        external,
        input: { main: resolve(here, 'src/main/main.ts') },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          // Without comments and indentation, half of its text, which stays in memory; names as they are, for stack traces.
          minify: { compress: false, mangle: false },
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        external,
        input: { preload: resolve(here, 'src/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: resolve(here, 'src/renderer'),
    plugins: [react(), supportGuide(resolve(here, 'docs/support.md'))],
    build: {
      rolldownOptions: { input: { index: resolve(here, 'src/renderer/index.html') } },
      minify: true,
      modulePreload: { polyfill: false },
    },
  },
});
