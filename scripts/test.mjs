// `npm test`: sets up what is missing, then every check and every test; ends with their counts.
// `npm test -- unit e2e` runs only the named steps.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureStandInBuilt } from './lib/build.mjs';
import { countPlaywright, countVitest, total, withExitCode } from './lib/counts.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureHost } from './lib/host.mjs';
import { npm, root, run } from './lib/run.mjs';
import { canInstall, ensureSystemPackages } from './lib/system-packages.mjs';

await ensureDependencies();
const reports = mkdtempSync(join(tmpdir(), 'gatepass-reports-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

const isLinux = process.platform === 'linux';
const script = (name) => {
  const [program, args] = npm('run', '--silent', name);
  return run(program, args);
};
const tool = (name, ...args) => run(process.execPath, [join(root, 'node_modules', name), ...args]);
/** A command with a real, unlocked keychain of its own where the system has none to offer to tests. */
const withKeyring = (program, args, env = process.env) =>
  isLinux
    ? run(process.execPath, ['scripts/with-keyring.mjs', program, ...args], { env })
    : run(program, args, { env });

const vitest = (report, ...projects) => [
  'node_modules/vitest/vitest.mjs',
  'run',
  ...projects.flatMap((name) => ['--project', name]),
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
];

async function unitTests() {
  // Only one test talks to it, and says so where it is skipped; where it can be installed there is no excuse.
  if (isLinux && !(await ensureSystemPackages('glewlwyd')) && canInstall()) process.exit(1);
  const report = join(reports, 'unit.json');
  const code = await run(process.execPath, vitest(report, '!keychain'));
  return withExitCode(countVitest(report), code);
}

async function keychainTests() {
  const report = join(reports, 'keychain.json');
  const code = await withKeyring(process.execPath, vitest(report, 'keychain'));
  return withExitCode(countVitest(report), code);
}

async function endToEndTests() {
  const host = await ensureHost();
  console.log(`End-to-end tests run on: ${host.kind}`);
  const report = join(reports, 'e2e.json');
  const env = { ...process.env, E2E_HOST: host.kind, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const playwright = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'];
  const needsDisplay =
    host.kind === 'electron' && isLinux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  const code = needsDisplay
    ? await withKeyring('xvfb-run', ['-a', process.execPath, ...playwright], env)
    : await withKeyring(process.execPath, playwright, env);
  return withExitCode(countPlaywright(report), code);
}

/** A check has no tests to count: it counts as one, so that a red one can never end in a green sum. */
const asCount = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });
const check = (work) => async () => asCount(await work());

const steps = {
  lint: check(() => script('lint')),
  types: check(() => script('typecheck')),
  build: check(
    async () => (await script('build')) || run(process.execPath, ['scripts/check-first-screen.mjs']),
  ),
  'stand-in': check(async () => {
    await ensureStandInBuilt();
    return script('check:host');
  }),
  // After the stand-in: Knip loads Playwright's configuration, which looks for its host.
  unused: check(() => tool('knip/bin/knip.js')),
  unit: unitTests,
  keychain: keychainTests,
  e2e: endToEndTests,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. Steps: ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}
if (isLinux && !(await ensureSystemPackages('chromium', 'keyring', 'curl', 'display'))) process.exit(1);

const results = [];
for (const [name, step] of Object.entries(steps)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n── ${name}`);
  const startedAt = performance.now();
  const counts = await step();
  results.push({ name, counts, seconds: Math.round((performance.now() - startedAt) / 100) / 10 });
}

console.log('');
for (const { name, counts, seconds } of results)
  console.log(
    `${counts.failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(10)} ${String(counts.passed).padStart(5)} passed ${String(counts.failed).padStart(3)} failed ${seconds} s`,
  );
const { passed, failed, skipped } = total(results.map(({ counts }) => counts));
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
