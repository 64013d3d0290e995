import fs from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { contractApp, processesNaming, runHost, temporaryFolder, writeApp } from './run-host';

const data = (): string => temporaryFolder(onTestFinished);

/** An app that says when it is ready. */
const READY_APP = `require('electron').app.whenReady().then(() => console.log('app is ready'));`;

const processesOf = (folder: string): number[] => [...processesNaming(folder).keys()];

async function eventually(condition: () => boolean): Promise<boolean> {
  for (let i = 0; i < 200; i += 1) {
    if (condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

it.each(['SIGKILL', 'SIGTERM'] as const)(
  'nothing of Chromium is left after %s of the host',
  async (signal) => {
    const folder = data();
    const scratch = path.join(folder, 'tmp');
    fs.mkdirSync(scratch);
    const args = [contractApp, `--user-data-dir=${folder}/data`, '--remote-debugging-port=0', '--hidden'];
    const run = runHost(args, { TMPDIR: scratch });
    await run.until(/DevTools listening/);
    expect(processesOf(`${folder}/data`).length).toBeGreaterThan(2);
    expect(fs.readdirSync(scratch)).toHaveLength(1);
    run.child.kill(signal);
    expect(await run.end()).toBe(signal === 'SIGKILL' ? 'SIGKILL' : 0);
    expect(await eventually(() => processesOf(`${folder}/data`).length === 0)).toBe(true);
    expect(await eventually(() => fs.readdirSync(scratch).length === 0)).toBe(true);
  },
);

it('everything it writes is under the user-data folder', async () => {
  const folder = data();
  const home = path.join(folder, 'home');
  fs.mkdirSync(home);
  const run = runHost([writeApp(folder, READY_APP), `--user-data-dir=${folder}/data`], { HOME: home });
  await run.until(/app is ready/);
  run.child.kill('SIGTERM');
  expect(await run.end()).toBe(0);
  expect(fs.readdirSync(home)).toEqual([]);
  expect(fs.readdirSync(`${folder}/data`)).toContain('Chromium');
});

it('an app that waits for ready is told to install Chromium when there is none', async () => {
  const run = runHost([contractApp, `--user-data-dir=${data()}`], { STAND_IN_CHROMIUM: '/no/such/chromium' });
  expect(await run.end()).toBe(1);
  expect(run.output()).toBe(
    '[electron stand-in] STAND_IN_CHROMIUM names /no/such/chromium, which does not exist.\n',
  );
});

it('work before ready needs no Chromium', async () => {
  const run = runHost([contractApp, `--user-data-dir=${data()}`, '--report'], {
    STAND_IN_CHROMIUM: '/no/such/chromium',
  });
  expect(await run.end()).toBe(7);
  expect(JSON.parse(run.output())).toMatchObject({ name: 'Contract App', ready: false });
});

it('an old Chromium is named with the version that is needed', async () => {
  const folder = data();
  const old = path.join(folder, 'old-chromium');
  const answer = JSON.stringify({ id: 1, result: { product: 'Chrome/99.0.4844.51' } });
  fs.writeFileSync(old, `#!/bin/sh\nprintf '%s\\0' '${answer}' >&4\nexec cat <&3 >/dev/null\n`, {
    mode: 0o755,
  });
  const run = runHost([contractApp, `--user-data-dir=${folder}/data`], { STAND_IN_CHROMIUM: old });
  expect(await run.end()).toBe(1);
  expect(run.output()).toMatch(
    /old-chromium is Chrome\/99\.0\.4844\.51; the stand-in needs Chromium 130 or newer\./,
  );
  expect(await eventually(() => processesOf(old).length === 0)).toBe(true);
});

it('a Chromium that ends at once is quoted', async () => {
  const folder = data();
  const broken = path.join(folder, 'broken-chromium');
  fs.writeFileSync(broken, '#!/bin/sh\necho "missing libfoo.so" >&2\nexit 127\n', { mode: 0o755 });
  const run = runHost([contractApp, `--user-data-dir=${folder}/data`], { STAND_IN_CHROMIUM: broken });
  expect(await run.end()).toBe(1);
  expect(run.output()).toContain('ended at once (exit code 127)');
  expect(run.output()).toContain('missing libfoo.so');
});

it('a Chromium that dies takes the app with it', async () => {
  const folder = data();
  const run = runHost([writeApp(folder, READY_APP), `--user-data-dir=${folder}/data`]);
  await run.until(/app is ready/);
  const chromium = processesOf(`--user-data-dir=${folder}/data/Chromium`)
    .sort((a, b) => a - b)
    .find((pid) => pid !== run.child.pid);
  process.kill(chromium ?? 0, 'SIGKILL');
  expect(await run.end()).toBe(1);
  expect(run.output()).toContain('Chromium went away');
});

it('quitting while Chromium starts leaves nothing of it', async () => {
  const folder = data();
  const run = runHost([contractApp, `--user-data-dir=${folder}/data`, '--remote-debugging-port=0']);
  await run.until(/DevTools listening/);
  run.child.kill('SIGTERM');
  await run.end();
  expect(await eventually(() => processesOf(`${folder}/data`).length === 0)).toBe(true);
});
