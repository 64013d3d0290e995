import { text } from 'node:stream/consumers';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listen } from '../../../../e2e/servers/http-server';
import { makeTlsFixtures, type TlsFixtures } from '../../../../e2e/servers/tls';
import { systemClock } from '../clock';
import type { Failure } from '../failure';
import { createNetwork } from './create-network';
import { ExtraAuthorities } from './extra-authorities';
import { NetworkError } from './network-error';

let fixtures: TlsFixtures;
let folder: string;
let file: string;
let told: (Failure | undefined)[];
let authorities: ExtraAuthorities;

beforeAll(async () => {
  fixtures = await makeTlsFixtures();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'authorities-'));
  file = join(folder, 'ca.pem');
  told = [];
  authorities = new ExtraAuthorities((failure) => told.push(failure));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const reasons = () => told.map((failure) => failure?.params['reason']);

test('without a file nothing is added', async () => {
  expect(await authorities.current()).toEqual([]);
  expect(told).toEqual([]);
});

test('every certificate of the file is added, whatever stands between them', async () => {
  writeFileSync(file, `Our proxy:\n${fixtures.ca}\r\n# another\n${fixtures.selfSigned.cert}`);
  authorities.follow(file);
  const added = await authorities.current();
  expect(added.map((pem) => pem.slice(0, 27))).toEqual(Array(2).fill('-----BEGIN CERTIFICATE-----'));
  expect(told).toEqual([undefined]);
});

test('a file is read once as long as it is the same, also by many at once', async () => {
  writeFileSync(file, fixtures.ca);
  authorities.follow(file);
  const [first, second] = await Promise.all([authorities.current(), authorities.current()]);
  expect(second).toBe(first);
  expect(told).toHaveLength(1);
});

test('a file that is exchanged counts at once, and one that is taken away adds nothing', async () => {
  writeFileSync(file, fixtures.ca);
  authorities.follow(file);
  await authorities.current();
  writeFileSync(file, `${fixtures.ca}\n${fixtures.selfSigned.cert}`);
  expect(await authorities.current()).toHaveLength(2);
  rmSync(file);
  expect(await authorities.current()).toEqual([]);
  authorities.follow(undefined);
  expect(reasons()).toEqual([undefined, undefined, 'missing', undefined]);
});

describe('a file that cannot be used adds nothing and is named', () => {
  test.each([
    ['without a certificate', 'certificates', () => 'nothing of the kind'],
    ['with half a certificate', 'certificates', () => fixtures.ca.slice(0, 200)],
    ['with a certificate that is none', 'certificates', () => fixtures.ca.replace(/\nMII./, '\nAAAA')],
    [
      'one bad beside a good one',
      'certificates',
      () => fixtures.ca + fixtures.ca.replace(/\nMII./, '\nAAAA'),
    ],
    ['much too large', 'certificates', () => fixtures.ca + ' '.repeat(1024 * 1024)],
  ])('%s', async (_what, reason, text) => {
    writeFileSync(file, text());
    authorities.follow(file);
    expect(await authorities.current()).toEqual([]);
    expect(reasons()).toEqual([reason]);
    expect(told[0]?.code).toBe('CFG_CA_FILE_UNUSABLE');
  });

  test('a folder, and a pipe that nobody writes to', async () => {
    authorities.follow(folder);
    expect(await authorities.current()).toEqual([]);
    execFileSync('mkfifo', [file]);
    authorities.follow(file);
    expect(await authorities.current()).toEqual([]);
    expect(reasons()).toEqual(['not-a-file', 'not-a-file']);
  });
});

describe('a network with such a file', () => {
  const network = createNetwork({
    resolveProxy: () => Promise.resolve('DIRECT'),
    clock: systemClock,
    extraCa: () => authorities.current(),
  });
  afterAll(() => network.close());

  async function ask(url: string): Promise<string> {
    try {
      return await (await network.fetch(url)).text();
    } catch (error) {
      return error instanceof NetworkError ? error.reason : 'thrown';
    }
  }

  test('trusts from the next connection on, and not any more once the file is gone or broken', async () => {
    const secure = await listen({ tls: fixtures.valid }, () => (_request, response) => response.end('hello'));
    expect(await ask(secure.origin)).toBe('tls');
    writeFileSync(file, fixtures.ca);
    authorities.follow(file);
    expect(await ask(secure.origin)).toBe('hello');
    writeFileSync(file, 'broken');
    expect(await ask(secure.origin)).toBe('tls');
    writeFileSync(file, fixtures.ca);
    expect(await ask(secure.origin)).toBe('hello');
    authorities.follow(undefined);
    expect(await ask(secure.origin)).toBe('tls');
    await secure.close();
  });

  test('still refuses every certificate that is wrong', async () => {
    writeFileSync(file, fixtures.ca);
    authorities.follow(file);
    for (const kind of ['expired', 'wrongHost', 'selfSigned', 'unknownAuthority'] as const) {
      const secure = await listen(
        { tls: fixtures[kind] },
        () => (_request, response) => response.end('hello'),
      );
      expect(await ask(secure.origin)).toBe('tls');
      await secure.close();
    }
  });

  test('lets a request that runs come to its end while the authorities change', async () => {
    let finish = () => {};
    const secure = await listen({ tls: fixtures.valid }, () => (_request, response) => {
      response.write('first ');
      finish = () => response.end('last');
    });
    writeFileSync(file, fixtures.ca);
    authorities.follow(file);
    const running = await network.open(secure.origin);
    authorities.follow(undefined);
    expect(await ask(secure.origin)).toBe('tls');
    finish();
    expect(running.body && (await text(running.body))).toBe('first last');
    await secure.close();
  });
});
