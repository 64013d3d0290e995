import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openActivityLog } from './activity-log';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'activity-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('what happened to a session is one readable line', () => {
  openActivityLog(folder).record({
    level: 'info',
    name: 'session-changed',
    registryId: 'acme',
    kind: 'signed-out',
  });
  const line: unknown = JSON.parse(readFileSync(join(folder, 'logs/activity.log'), 'utf8'));
  expect(line).toMatchObject({ name: 'session-changed', registryId: 'acme', kind: 'signed-out' });
});

test('silent work is not written', () => {
  openActivityLog(folder).record({ level: 'debug', name: 'session-changed', registryId: 'acme' });
  expect(readFileSync(join(folder, 'logs/activity.log'), 'utf8')).toBe('');
});

test('only the person whose computer it is can read it', () => {
  openActivityLog(folder).record({ level: 'info', name: 'app-started' });
  expect(statSync(join(folder, 'logs/activity.log')).mode & 0o777).toBe(0o600);
});

test('a folder that cannot be made costs the log, not the app', () => {
  writeFileSync(join(folder, 'logs'), '');
  expect(() => {
    openActivityLog(folder).record({ level: 'info', name: 'app-started' });
  }).not.toThrow();
});
