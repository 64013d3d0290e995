import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { preloadFileProblems, preloadProblems } from '../check-preload.mjs';
import { checklistNames, collectImplemented, collectUsage, unaccounted } from '../inventory.mjs';
import { temporaryFolder } from './run-host';

describe('the preload check', () => {
  it('passes one CommonJS file that requires only electron', () => {
    expect(
      preloadProblems(`"use strict"; const { ipcRenderer } = require("electron"); exports.x = ipcRenderer;`),
    ).toEqual([]);
  });

  it.each([
    ['another module', `require('node:fs')`, "line 1: require('node:fs') is not require('electron')"],
    [
      'a computed module',
      `const n = 'electron';\nrequire(n)`,
      "line 2: require(n) is not require('electron')",
    ],
    ['import()', `import('./other.cjs')`, 'line 1: import() loads another file'],
    ['eval', `eval('1')`, 'line 1: eval() makes code from text'],
    ['new Function', `new Function('return 1')`, 'line 1: Function() makes code from text'],
    ['an import', `import fs from 'fs'`, 'line 1: ES module syntax in a CommonJS file'],
    ['an export', `export const a = 1`, 'line 1: ES module syntax in a CommonJS file'],
  ])('finds %s', (_name, source, problem) => {
    expect(preloadProblems(source)).toEqual([problem]);
  });

  it('finds a second script beside the preload, and a missing build', () => {
    const folder = temporaryFolder(onTestFinished);
    const file = path.join(folder, 'preload.cjs');
    expect(preloadFileProblems(file)).toEqual([`${file} does not exist: run "npm run build"`]);
    fs.writeFileSync(file, `require('electron');`);
    fs.writeFileSync(path.join(folder, 'chunk.cjs'), '');
    expect(preloadFileProblems(file)).toEqual([
      `${path.join(folder, 'chunk.cjs')}: a second script; a sandboxed preload is one file`,
    ]);
  });
});

describe('the inventory', () => {
  it('finds members, events, constructors and taken fields of Electron in a source', () => {
    // Inside the repository, so that 'electron' is found.
    const folder = fs.mkdtempSync(path.join(import.meta.dirname, 'inventory-'));
    onTestFinished(() => {
      fs.rmSync(folder, { recursive: true });
    });
    const file = path.join(folder, 'sample.ts');
    fs.writeFileSync(
      file,
      `import { app, BrowserWindow, shell } from 'electron';
       app.on('second-instance', () => new BrowserWindow().show());
       const { openExternal } = shell;
       export const open = openExternal;`,
    );
    expect(collectUsage([file])).toEqual([
      'App#second-instance',
      'App.on',
      'BrowserWindow.show',
      'Shell.openExternal',
      'new BrowserWindow',
    ]);
  });

  it('reads what is implemented from the stand-in’s own types', () => {
    const implemented = collectImplemented();
    expect(implemented).toContain('Shell.openExternal');
    expect(implemented).toContain('BrowserWindow.setBounds');
    expect(implemented).not.toContain('App.moveToApplicationsFolder');
  });

  it('asks for a checklist line for each member, event or class that is not implemented', () => {
    const usage = [
      'App.dock',
      'App.quit',
      'App.on',
      'Display.workArea',
      'AutoUpdater.checkForUpdates',
      'new TouchBar',
    ];
    const implemented = new Set(['App.quit']);
    expect(unaccounted(usage, implemented, new Set())).toEqual([
      'App.dock',
      'AutoUpdater.checkForUpdates',
      'new TouchBar',
    ]);
    const listed = checklistNames('| `App.dock` | … |\n| `new TouchBar`, `AutoUpdater.checkForUpdates` |');
    expect(unaccounted(usage, implemented, listed)).toEqual([]);
  });
});
