import { expect, test } from 'vitest';
import { SerialQueue } from './serial-queue';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Tasks that end when the test says so, and what they did. */
function tasks() {
  const done: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const task = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      done.push(`${name} begins`);
      ends.set(name, (error) => {
        done.push(`${name} ends`);
        if (error === undefined) resolve(name);
        else reject(error);
      });
    });
  return { done, task, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

test('work of one name is done one after another, work of another name beside it', async () => {
  const queue = new SerialQueue();
  const { done, task, end } = tasks();
  const first = queue.run('a', task('first'));
  const second = queue.run('a', task('second'));
  void queue.run('b', task('other'));
  await settled();
  expect(done).toEqual(['first begins', 'other begins']);
  end('first');
  expect(await first).toBe('first');
  await settled();
  expect(done.slice(2)).toEqual(['first ends', 'second begins']);
  end('second');
  expect(await second).toBe('second');
});

test('work that fails is told to whoever asked for it, and holds up nothing', async () => {
  const queue = new SerialQueue();
  const { task, end } = tasks();
  const failing = queue.run('a', task('failing'));
  const next = queue.run('a', task('next'));
  await settled();
  end('failing', new Error('broken'));
  await expect(failing).rejects.toThrow('broken');
  await settled();
  end('next');
  expect(await next).toBe('next');
});

test('it is idle when all that was asked for is done, whether it failed or not', async () => {
  const queue = new SerialQueue();
  const { done, task, end } = tasks();
  await queue.idle();
  const failing = queue.run('a', task('failing'));
  void queue.run('b', task('other'));
  const idle = queue.idle().then(() => done.push('idle'));
  await settled();
  end('failing', new Error('broken'));
  await expect(failing).rejects.toThrow('broken');
  await settled();
  expect(done).not.toContain('idle');
  end('other');
  await idle;
  expect(done.at(-1)).toBe('idle');
});
