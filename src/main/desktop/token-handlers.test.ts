import { expect, test } from 'vitest';
import { failed, success } from '../base/failure';
import { tokenHandlers } from './token-handlers';

function handlers(stores: boolean) {
  const given: string[] = [];
  let text = 'canary-token';
  const commands = tokenHandlers(
    {
      store: (id, token) => {
        given.push(`${id} ${token}`);
        return Promise.resolve(stores ? success(undefined) : failed('TOKEN_UNUSABLE'));
      },
      remove: (id) => {
        given.push(`${id} removed`);
        return Promise.resolve(success(undefined));
      },
    },
    {
      readText: () => Promise.resolve(text),
      clear: () => {
        text = '';
      },
    },
  );
  return { given, clipboard: () => text, ...commands };
}
const acme = { registryId: 'acme' };

test('the token goes from the clipboard to its registry, and the answer says only that it did', async () => {
  const { useTokenOnClipboard, clipboard, given } = handlers(true);
  expect(await useTokenOnClipboard(acme)).toEqual({ ok: true });
  expect(given).toEqual(['acme canary-token']);
  expect(clipboard()).toBe('');
});

test('what is no token stays on the clipboard and is not in the answer', async () => {
  const { useTokenOnClipboard, clipboard } = handlers(false);
  expect(await useTokenOnClipboard(acme)).toEqual({
    ok: false,
    problem: { code: 'TOKEN_UNUSABLE', params: {} },
  });
  expect(clipboard()).toBe('canary-token');
});

test('a token is removed by its registry', async () => {
  const { removeToken, given } = handlers(true);
  expect(await removeToken(acme)).toEqual({ ok: true });
  expect(given).toEqual(['acme removed']);
});
