import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { type Company, expect, test } from '../fixtures/company';
import { resolveHost } from '../fixtures/host';
import { hostEnvironment } from '../fixtures/launch';
import { causesIn } from '../fixtures/support';

interface Ended {
  readonly code: unknown;
  readonly errors: string;
}

/** `--support-report=FILE`, given in the folder of the test's own files. */
const askForReport = (company: Company, file: string) => startAndWait(company, `--support-report=${file}`);

/** A start with this switch, in the folder of the test's own files, until it has ended by itself. */
async function startAndWait(
  { userDataDir, policyFile, toolhiveFile }: Company,
  asked: string,
): Promise<Ended> {
  const args = [`--user-data-dir=${userDataDir}`, `--policy-dir=${path.dirname(policyFile)}`];
  const configHome = path.dirname(path.dirname(toolhiveFile));
  const workingFolder = test.info().outputPath('');
  fs.mkdirSync(workingFolder, { recursive: true });
  // Not synchronously: the provider it asks is in this process.
  return new Promise((resolve) => {
    execFile(
      resolveHost().executablePath,
      [process.cwd(), '--no-sandbox', ...args, asked],
      { cwd: workingFolder, env: hostEnvironment({ XDG_CONFIG_HOME: configHome }), timeout: 60_000 },
      (error, _output, errors) => {
        resolve({ code: error === null ? 0 : error.code, errors });
      },
    );
  });
}

const modeOf = (file: string) => fs.statSync(file).mode & 0o777;

test('the app that runs notices nothing of a report that the command line makes', async ({ company }) => {
  const acme = await company({ registries: ['Acme'] });
  const { userDataDir, provider } = acme;
  const app = await acme.openApp();
  await app.signIn('Acme');
  const record = () =>
    fs
      .readdirSync(path.join(userDataDir, 'vault', 'sessions'))
      .map((name) => [name, fs.statSync(path.join(userDataDir, 'vault', 'sessions', name)).mtimeMs]);
  const before = record();
  const file = test.info().outputPath('report.txt');
  expect((await askForReport(acme, file)).code).toBe(0);
  const report = fs.readFileSync(file, 'utf8');
  expect(report).toMatch(/^ {2}state: +signed-in/m);
  expect(report).toMatch(/account: +‹account 1›/);
  expect(report).not.toContain('alice@acme.example');
  for (const { value } of provider.issued) expect(report).not.toContain(value);
  expect(modeOf(file)).toBe(0o600);
  expect(record()).toEqual(before);
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
});

test('the app need not run, and the file counts from where the command was given', async ({ company }) => {
  const acme = await company({ registries: ['Acme'] });
  expect((await askForReport(acme, 'report.txt')).code).toBe(0);
  const file = test.info().outputPath('report.txt');
  expect(fs.readFileSync(file, 'utf8')).toMatch(/^ {2}state: +signed-out/m);
  expect(modeOf(file)).toBe(0o600);
  // It only looked: nothing of the profile was made.
  expect(fs.existsSync(path.join(acme.userDataDir, 'vault', 'sessions'))).toBe(false);
});

test('a broken configuration is told, not stumbled over', async ({ company }) => {
  const acme = await company({ registries: ['Acme'] });
  fs.writeFileSync(acme.configFile, 'version: 1\nregistries: [\n');
  const file = test.info().outputPath('report.txt');
  expect((await askForReport(acme, file)).code).toBe(0);
  expect(causesIn(fs.readFileSync(file, 'utf8'))).toContain('CFG_INVALID');
});

test('a file that is there is replaced, and what others could read nobody else reads any more', async ({
  company,
}) => {
  const acme = await company({ registries: [] });
  const file = test.info().outputPath('report.txt');
  fs.writeFileSync(file, 'an older report\n', { mode: 0o644 });
  expect((await askForReport(acme, file)).code).toBe(0);
  expect(fs.readFileSync(file, 'utf8')).not.toContain('an older report');
  expect(modeOf(file)).toBe(0o600);
});

test('a place that cannot be written to is said with its reason, and the exit code tells', async ({
  company,
}) => {
  const acme = await company({ registries: [] });
  const folder = test.info().outputPath('folder');
  fs.mkdirSync(folder);
  const refused: readonly (readonly [string, string])[] = [
    [path.join(folder, 'not-there', 'report.txt'), 'its folder does not exist'],
    [folder, 'there is a folder of that name'],
  ];
  for (const [file, why] of refused) {
    const { code, errors } = await askForReport(acme, file);
    expect(code).toBe(1);
    expect(errors).toContain(`The support report could not be written to ${file}: ${why}\n`);
  }
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('a report without a file to write it into is refused in a sentence, and opens no window', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  for (const asked of ['--support-report=', '--support-report']) {
    // A window would stay, and the start be ended from outside instead of with a code of its own.
    const { code, errors } = await startAndWait(acme, asked);
    expect(code).toBe(1);
    expect(errors).toContain(
      'No support report was written: name a file for it, as in --support-report=report.txt\n',
    );
  }
  expect(fs.existsSync(path.join(acme.userDataDir, 'vault', 'sessions'))).toBe(false);
});
