import { expect, test } from 'vitest';
import { withoutNames } from './mask';

const alice = { userName: 'alice', homeFolder: '/home/alice', accounts: ['al-4711', 'bob@acme.example'] };

test('the same person is the same number, another one another', () => {
  expect(withoutNames('alice@acme.example, bob@acme.example, ALICE@acme.example', alice)).toBe(
    '‹account 1›, ‹account 2›, ‹account 1›',
  );
  expect(withoutNames('as al-4711 here', alice)).toBe('as ‹account 1› here');
});

test('the home folder and the name of the account are masked, as a whole word only', () => {
  expect(withoutNames('/home/alice/.config/x', alice)).toBe('~/.config/x');
  expect(withoutNames('C:\\Users\\alice\\x, malice, Alice', alice)).toBe(
    'C:\\Users\\‹user›\\x, malice, ‹user›',
  );
});

test('an account that is nobody’s name is not one', () => {
  const root = { userName: 'root', homeFolder: '/', accounts: [''] };
  expect(withoutNames('belongs to root at /etc', root)).toBe('belongs to root at /etc');
});
