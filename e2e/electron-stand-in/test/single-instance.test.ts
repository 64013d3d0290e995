import fs from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runHost, temporaryFolder, writeApp } from './run-host';

/** Says whether it is the first, then stays until its standard input ends. */
const APP = `
const { app } = require('electron');
const first = app.requestSingleInstanceLock({ pid: process.pid });
console.log(first ? 'first' : 'second');
if (!first) app.quit();
else process.stdin.on('end', () => app.quit()).resume();
`;

function setUp(): { start: () => ReturnType<typeof runHost>; folder: string } {
  const folder = temporaryFolder(onTestFinished);
  const app = writeApp(folder, APP);
  return { folder, start: () => runHost([app, `--user-data-dir=${folder}/data`]) };
}

it('of many started at once exactly one is the first', async () => {
  const { start } = setUp();
  const runs = Array.from({ length: 6 }, start);
  const said = await Promise.all(runs.map(async (run) => (await run.until(/first|second/))[0]));
  expect(said.filter((word) => word === 'first')).toHaveLength(1);
  for (const { child } of runs) child.stdin.end();
  expect(await Promise.all(runs.map((run) => run.end()))).toEqual([0, 0, 0, 0, 0, 0]);
});

it('a lock left by a killed process is taken over, by exactly one of many', async () => {
  const { start, folder } = setUp();
  const killed = start();
  await killed.until(/first/);
  killed.child.kill('SIGKILL');
  await killed.end();
  expect(fs.existsSync(path.join(folder, 'data/SingletonLock.json'))).toBe(true);
  const runs = Array.from({ length: 5 }, start);
  const said = await Promise.all(runs.map(async (run) => (await run.until(/first|second/))[0]));
  expect(said.filter((word) => word === 'first')).toHaveLength(1);
  for (const { child } of runs) child.stdin.end();
  await Promise.all(runs.map((run) => run.end()));
});

it('a lock whose process number another process has now is stale', async () => {
  const { start, folder } = setUp();
  fs.mkdirSync(`${folder}/data`);
  fs.writeFileSync(`${folder}/data/SingletonLock.json`, JSON.stringify({ pid: process.pid, started: '1' }));
  const run = start();
  await run.until(/first/);
  run.child.stdin.end();
  expect(await run.end()).toBe(0);
});

it('the next one is first after the first has quit, and nothing is left', async () => {
  const { start, folder } = setUp();
  for (let i = 0; i < 2; i += 1) {
    const run = start();
    await run.until(/first/);
    run.child.stdin.end();
    expect(await run.end()).toBe(0);
  }
  expect(fs.readdirSync(`${folder}/data`)).toEqual([]);
});
