import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { saveReportFile, writeReportFile } from './report-file';

const showSaveDialog = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({ dialog: { showSaveDialog } }));

const noon = Date.UTC(2026, 2, 10, 12);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('the report is written where the person chose, readable by nobody else', async () => {
  const filePath = join(folder, 'mine.txt');
  showSaveDialog.mockResolvedValue({ canceled: false, filePath });
  expect(await saveReportFile('all is well\n', folder, noon)).toEqual({
    ok: true,
    value: { path: filePath },
  });
  expect(readFileSync(filePath, 'utf8')).toBe('all is well\n');
  if (process.platform !== 'win32') expect(statSync(filePath).mode & 0o777).toBe(0o600);
});

test('the name proposed has the day the report was made', async () => {
  showSaveDialog.mockResolvedValue({ canceled: true, filePath: '' });
  await saveReportFile('x', folder, noon);
  expect(showSaveDialog).toHaveBeenCalledWith(
    expect.objectContaining({ defaultPath: join(folder, 'gatepass-report-2026-03-10.txt') }),
  );
});

test('whoever thinks better of it gets no file and no error', async () => {
  showSaveDialog.mockResolvedValue({ canceled: true, filePath: join(folder, 'mine.txt') });
  expect(await saveReportFile('x', folder, noon)).toEqual({ ok: true, value: {} });
  expect(readdirSync(folder)).toEqual([]);
});

test('a place that cannot be written to is named with the code', async () => {
  const filePath = join(folder, 'not-there', 'mine.txt');
  showSaveDialog.mockResolvedValue({ canceled: false, filePath });
  const refused = {
    ok: false,
    failure: { code: 'REPORT_NOT_SAVED', params: { url: filePath, reason: 'ENOENT' } },
  };
  expect(await saveReportFile('x', folder, noon)).toMatchObject(refused);
  expect(await writeReportFile(filePath, 'x')).toMatchObject(refused);
});

test('a file that others may read is replaced by one that nobody else may', async () => {
  const file = join(folder, 'mine.txt');
  writeFileSync(file, 'a long old report', { mode: 0o644 });
  expect(await writeReportFile(file, 'new')).toMatchObject({ ok: true });
  expect(readFileSync(file, 'utf8')).toBe('new');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['mine.txt']);
});

test.skipIf(process.platform === 'win32')('a link gives way: what it leads to stays as it was', async () => {
  const elsewhere = join(folder, 'elsewhere.txt');
  const file = join(folder, 'mine.txt');
  writeFileSync(elsewhere, 'precious');
  symlinkSync(elsewhere, file);
  expect(await writeReportFile(file, 'new')).toMatchObject({ ok: true });
  expect(lstatSync(file).isFile()).toBe(true);
  expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
});

test('a folder of that name stays, and nothing half-written lies beside it', async () => {
  const file = join(folder, 'mine.txt');
  mkdirSync(file);
  expect(await writeReportFile(file, 'new')).toMatchObject({
    ok: false,
    failure: { code: 'REPORT_NOT_SAVED', params: { url: file, reason: 'EISDIR' } },
  });
  expect(readdirSync(folder)).toEqual(['mine.txt']);
});

// A rename over it would take the device away from everybody, where the account may do that.
test.skipIf(process.platform === 'win32')('what is neither file nor link is not replaced', async () => {
  const link = join(folder, 'mine.txt');
  symlinkSync('/dev/null', link);
  for (const place of ['/dev/null', link])
    expect(await writeReportFile(place, 'new')).toMatchObject({
      ok: false,
      failure: { code: 'REPORT_NOT_SAVED', params: { reason: 'not-a-file' } },
    });
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});
