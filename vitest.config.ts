import { tmpdir } from 'node:os';
import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { supportGuide } from './scripts/lib/support-guide.mjs';

/**
 * No test measures time by its limit: this one only ends what hangs, also on a machine that is busy with other things.
 */
const patience = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 20_000 } },
  setupFiles: [resolve(import.meta.dirname, 'scripts/patient-waiting.ts')],
};

export default defineConfig({
  test: {
    globalSetup: './scripts/temporary-folder.ts',
    projects: [
      {
        test: {
          name: 'main',
          include: [
            'src/main/**/*.test.ts',
            'src/contract/**/*.test.ts',
            'src/preload/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: ['**/*.keychain.test.ts'],
          environment: 'node',
          restoreMocks: true,
          ...patience,
        },
      },
      {
        // The servers that all other tests use: a real identity provider, a registry, and the misbehaving ones.
        test: { name: 'servers', include: ['e2e/servers/**/*.test.ts'], environment: 'node', ...patience },
      },
      {
        // Needs a real Secret Service: run by scripts/with-keyring.mjs under dbus-run-session.
        test: {
          name: 'keychain',
          include: ['src/main/**/*.keychain.test.ts'],
          environment: 'node',
          fileParallelism: false,
          ...patience,
        },
      },
      {
        // The end-to-end host where Electron's binary cannot be had; some tests start its built executable.
        test: {
          name: 'stand-in',
          include: ['e2e/electron-stand-in/**/*.test.ts'],
          environment: 'node',
          // Not the run's own folder: Chromium has sockets in it, whose paths end at 107 characters. They clean up themselves.
          env: { TMPDIR: tmpdir() },
          ...patience,
        },
      },
      {
        plugins: [react(), supportGuide(resolve(import.meta.dirname, 'docs/support.md'))],
        test: {
          name: 'renderer',
          include: ['src/renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          restoreMocks: true,
          ...patience,
        },
      },
    ],
  },
});
