import { expect, test } from 'vitest';
import { commandClient } from './client';

const recording = () => {
  const calls: unknown[][] = [];
  const pipe = {
    invoke: (...args: unknown[]) => {
      calls.push(args);
      return Promise.resolve({ ok: true });
    },
  };
  return { calls, client: commandClient(pipe) };
};

test('each method sends the command of its name with its input', async () => {
  const { calls, client } = recording();
  await expect(client.signIn({ registryId: 'acme', account: 'another' })).resolves.toEqual({ ok: true });
  await client.readView();
  expect(calls).toEqual([
    ['signIn', { registryId: 'acme', account: 'another' }],
    ['readView', undefined],
  ]);
});

test('a client may be returned from an async function without being taken for a promise', async () => {
  const { calls, client } = recording();
  await Promise.resolve(client);
  expect(calls).toEqual([]);
});
