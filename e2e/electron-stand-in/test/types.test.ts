import { expect, it } from 'vitest';
import { strict } from '../src/host/strict';

/**
 * Each line below is a mistake on purpose. `@ts-expect-error` turns the compiler's error into silence, and its
 * absence into an error: `tsc -p e2e` fails when the stand-in stops being checked against Electron's declarations.
 */
it('is held to Electron’s declarations by the compiler', () => {
  // @ts-expect-error openExternal answers with a promise, not with text
  strict<Electron.Shell>({ openExternal: () => 'opened' }, 'shell');
  // @ts-expect-error getVersion takes nothing and answers with text
  strict<Electron.App>({ getVersion: () => 45 }, 'app');
  // @ts-expect-error a member Electron does not have (any more)
  const removed = { openItem: () => true } satisfies Pick<Electron.Shell, 'openItem'>;
  // @ts-expect-error the module list must name every module Electron has, with its type
  const modules = { app: removed } satisfies Pick<typeof Electron.CrossProcessExports, 'app'>;
  const shell = strict<Electron.Shell>({ beep: () => {} }, 'shell');
  // @ts-expect-error the app's own code: a URL is text
  expect(() => shell.openExternal(5)).toThrow('shell.openExternal is not implemented');
  expect(modules.app).toBe(removed);
});
