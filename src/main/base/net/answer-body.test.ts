import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { manualClock } from '../manual-clock';
import { AnswerBody } from './answer-body';
import { Attempt } from './attempt';

const kilobytes = (count: number) => Buffer.alloc(count * 1024, 'x');

/** A body, and what it did to where it comes from. */
function openBody(maxBytes = 1024 * 1024) {
  const clock = manualClock();
  const attempt = new Attempt(new URL('https://registry.example/'), { maxBytes }, clock);
  const source = { resumed: 0, stopped: 0 };
  const body = new AnswerBody(attempt, {
    resume: () => (source.resumed += 1),
    stop: () => (source.stopped += 1),
  });
  const closed = new Promise<void>((resolve) => body.once('close', resolve));
  return { body, source, closed, clock };
}

test('all of it is taken at once where all of it is here, and nothing of the request is left', async () => {
  const { body, source, closed, clock } = openBody();
  body.receive(Buffer.from('{"servers":'));
  body.receive(Buffer.from('[]}'));
  body.finish();
  expect(body.takeWhole()?.toString()).toBe('{"servers":[]}');
  await closed;
  expect(source.stopped).toBe(0);
  expect(clock.timerCount()).toBe(0);
});

test('while more may come nothing is taken, and what came is read as ever', async () => {
  const { body } = openBody();
  body.receive(Buffer.from('first '));
  expect(body.takeWhole()).toBeUndefined();
  const read = buffer(body);
  body.receive(Buffer.from('last'));
  body.finish();
  expect((await read).toString()).toBe('first last');
});

test('what was taken is not there a second time, nor is the body of an answer that is over', async () => {
  const { body, closed } = openBody();
  body.receive(Buffer.from('once'));
  body.finish();
  expect(body.takeWhole()?.toString()).toBe('once');
  expect(body.takeWhole()).toBeUndefined();
  await closed;

  const destroyed = openBody();
  destroyed.body.receive(Buffer.from('unread'));
  destroyed.body.finish();
  destroyed.body.destroy();
  expect(destroyed.body.takeWhole()).toBeUndefined();
});

test('an empty body ends like any other', async () => {
  const { body } = openBody();
  body.finish();
  expect(body.takeWhole()).toBeUndefined();
  expect((await buffer(body)).byteLength).toBe(0);
});

test('a sender waits once 64 KiB are unread, so that no more than that and one piece is ever taken', () => {
  const { body, source } = openBody();
  expect(body.receive(kilobytes(63))).toBe(true);
  expect(body.receive(kilobytes(64))).toBe(false);
  const before = source.resumed;
  expect(body.takeWhole()).toBeUndefined();
  expect(source.resumed).toBe(before);
  body.read();
  expect(source.resumed).toBeGreaterThan(before);
});

test('a body above its cap stops its source and fails by that name', async () => {
  const { body, source, closed, clock } = openBody(1024);
  expect(body.receive(kilobytes(1))).toBe(true);
  expect(body.receive(Buffer.from('x'))).toBe(false);
  await closed;
  expect(body.errored).toMatchObject({ reason: 'too-large' });
  expect(body.takeWhole()).toBeUndefined();
  expect(source.stopped).toBe(1);
  expect(clock.timerCount()).toBe(0);
});
