import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { Secret } from '../base/secret';
import type { KeychainCall, KeychainReply } from './keychain-worker';
import { OsKeychain } from './os-keychain';
import { codeOf, valueOf } from './testing/results';

/** A worker that answers when the test says so. */
class FakeWorker extends EventEmitter {
  readonly calls: KeychainCall[] = [];
  isTerminated = false;

  postMessage(call: KeychainCall): void {
    this.calls.push(call);
  }

  terminate(): Promise<number> {
    this.isTerminated = true;
    return Promise.resolve(0);
  }

  /** Answers the latest call. */
  answer(
    reply: { outcome: 'done'; value: string | boolean | null } | { outcome: 'unavailable' | 'refused' },
  ): void {
    const { id } = this.calls.at(-1) ?? expect.unreachable('no call');
    const message: KeychainReply = { id, ...reply };
    this.emit('message', message);
  }
}

function setUp() {
  const clock = manualClock();
  const workers: FakeWorker[] = [];
  const startWorker = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const keychain = new OsKeychain({ clock, startWorker, deadlineMs: 5_000, abandonMs: 60_000 });
  const worker = () => workers.at(-1) ?? expect.unreachable('no worker');
  return { clock, workers, keychain, worker };
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('an entry is read, written and removed; the thread starts with the first call', async () => {
  const { workers, keychain, worker } = setUp();
  expect(workers).toHaveLength(0);
  const read = keychain.read('a');
  worker().answer({ outcome: 'done', value: null });
  expect(valueOf(await read)).toBeUndefined();
  const written = keychain.write('a', new Secret('s'));
  expect(worker().calls.at(-1)).toMatchObject({ operation: 'write', account: 'a', secret: 's' });
  worker().answer({ outcome: 'done', value: null });
  expect((await written).ok).toBe(true);
  const again = keychain.read('a');
  worker().answer({ outcome: 'done', value: 's' });
  expect(valueOf(await again)?.reveal()).toBe('s');
  const removed = keychain.remove('a');
  worker().answer({ outcome: 'done', value: true });
  expect(valueOf(await removed)).toBe(true);
  expect(workers).toHaveLength(1);
});

test.each([
  ['refused', 'STORE_LOCKED'],
  ['unavailable', 'STORE_UNAVAILABLE'],
] as const)('a keychain that is %s gives %s', async (outcome, code) => {
  const { keychain, worker } = setUp();
  const read = keychain.read('a');
  worker().answer({ outcome });
  expect(codeOf(await read)).toBe(code);
});

test('a call that is not answered ends at its deadline, and tells when it is answered after all', async () => {
  const { clock, keychain, worker } = setUp();
  let late = 0;
  keychain.onLateAnswer(() => (late += 1));
  const read = keychain.read('a');
  await clock.advance(4_999);
  await clock.advance(1);
  expect(codeOf(await read)).toBe('STORE_LOCKED');
  expect(late).toBe(0);
  worker().answer({ outcome: 'done', value: 's' });
  await settled();
  expect(late).toBe(1);
});

test('a prompt dismissed after the deadline asks nobody to try again', async () => {
  const { clock, keychain, worker } = setUp();
  let late = 0;
  keychain.onLateAnswer(() => (late += 1));
  const read = keychain.read('a');
  await clock.advance(5_000);
  await read;
  worker().answer({ outcome: 'refused' });
  await settled();
  expect(late).toBe(0);
});

test('one call is in flight at a time, and waiting for it counts towards the deadline', async () => {
  const { clock, keychain, worker } = setUp();
  const first = keychain.read('a');
  const second = keychain.read('b');
  await clock.advance(3_000);
  expect(worker().calls).toHaveLength(1);
  worker().answer({ outcome: 'done', value: 'a' });
  expect(valueOf(await first)?.reveal()).toBe('a');
  await settled();
  expect(worker().calls.map(({ account }) => account)).toEqual(['a', 'b']);
  await clock.advance(2_000);
  expect(codeOf(await second)).toBe('STORE_LOCKED');
});

test('three who wait for one that hangs all end at their deadline, and nothing else was asked', async () => {
  const { clock, keychain, worker } = setUp();
  const calls = ['a', 'b', 'c'].map((account) => keychain.read(account));
  await clock.advance(5_000);
  expect((await Promise.all(calls)).map(codeOf)).toEqual(['STORE_LOCKED', 'STORE_LOCKED', 'STORE_LOCKED']);
  expect(worker().calls).toHaveLength(1);
});

test('a call that hangs for a minute is left behind: the next one gets a thread of its own', async () => {
  const { clock, workers, keychain, worker } = setUp();
  const hanging = keychain.read('a');
  await clock.advance(60_001);
  await hanging;
  const next = keychain.read('a');
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  worker().answer({ outcome: 'done', value: 's' });
  expect(valueOf(await next)?.reveal()).toBe('s');
});

test('a late answer of an abandoned call is nobody else’s answer', async () => {
  const { clock, workers, keychain } = setUp();
  void keychain.read('a');
  await clock.advance(60_001);
  const next = keychain.read('b');
  workers[0]?.answer({ outcome: 'done', value: 'for a' });
  workers[1]?.answer({ outcome: 'done', value: 'for b' });
  expect(valueOf(await next)?.reveal()).toBe('for b');
});

test('a thread that breaks down is a keychain that is not there; the next call starts another', async () => {
  const { workers, keychain, worker } = setUp();
  const read = keychain.read('a');
  worker().emit('error', new Error('cannot load'));
  expect(codeOf(await read)).toBe('STORE_UNAVAILABLE');
  void keychain.read('a');
  expect(workers).toHaveLength(2);
});

test('closing ends what is waiting', async () => {
  const { keychain, worker } = setUp();
  const read = keychain.read('a');
  keychain.close();
  expect(codeOf(await read)).toBe('STORE_UNAVAILABLE');
  expect(worker().isTerminated).toBe(true);
});
