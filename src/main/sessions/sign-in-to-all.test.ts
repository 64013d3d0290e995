import { beforeEach, expect, test } from 'vitest';
import { failed, failure, type Result, success } from '../base/failure';
import { SignInToAll } from './sign-in-to-all';

let started: string[];
let signedIn: Set<string>;
let answer: Result<void>;
let all: SignInToAll;

beforeEach(() => {
  started = [];
  signedIn = new Set();
  answer = success(undefined);
  all = new SignInToAll({
    signIn(id) {
      started.push(id);
      return answer;
    },
    needsSignIn: (id) => !signedIn.has(id),
  });
});

const succeed = (id: string) => {
  signedIn.add(id);
  all.noteEvent(id, { type: 'sign-in-succeeded', held: {}, expiresAt: 1 });
};
const refuse = (id: string) => {
  all.noteEvent(id, { type: 'sign-in-failed', failure: failure('LOGIN_DENIED') });
};

test('one registry after another is signed in, never two at once', () => {
  all.start(['a', 'b', 'c']);
  expect(started).toEqual(['a']);
  succeed('a');
  expect(started).toEqual(['a', 'b']);
  succeed('b');
  succeed('c');
  expect(started).toEqual(['a', 'b', 'c']);
});

test('the first refusal ends it, and a later success of the same registry does not go on', () => {
  all.start(['a', 'b', 'c']);
  succeed('a');
  refuse('b');
  succeed('b');
  expect(started).toEqual(['a', 'b']);
});

test.each([{ type: 'sign-in-cancelled' }, { type: 'signed-out' }] as const)(
  '$type ends it as well',
  (event) => {
    all.start(['a', 'b']);
    all.noteEvent('a', event);
    succeed('a');
    expect(started).toEqual(['a']);
  },
);

test('progress and news of other registries change nothing', () => {
  all.start(['a', 'b']);
  all.noteEvent('a', { type: 'refresh-failed', failure: failure('NET_OFFLINE') });
  refuse('b');
  refuse('x');
  succeed('a');
  expect(started).toEqual(['a', 'b']);
});

test('a registry that was signed in by hand meanwhile is passed over', () => {
  all.start(['a', 'b', 'c']);
  succeed('b');
  succeed('a');
  expect(started).toEqual(['a', 'c']);
});

test('pressing the button twice joins the row that runs', () => {
  all.start(['a', 'b']);
  expect(all.start(['a', 'b'])).toEqual(success(undefined));
  expect(started).toEqual(['a']);
});

test('with nothing to sign in to, that is said', () => {
  signedIn = new Set(['a', 'b']);
  expect(all.start(['a', 'b'])).toEqual(failed('OP_STALE'));
});

test('a sign-in that cannot start is the answer, and ends it', () => {
  answer = failed('OP_STALE');
  expect(all.start(['a', 'b'])).toEqual(failed('OP_STALE'));
  answer = success(undefined);
  succeed('a');
  expect(started).toEqual(['a']);
});

test('a registry that was edited or removed while its turn ran ends it', () => {
  all.start(['a', 'b']);
  all.noteGone('a');
  succeed('a');
  expect(started).toEqual(['a']);
});
