import { expect, test } from 'vitest';
import { failure } from '../base/failure';
import type { KeySource, KeySourceChange } from './key-source';
import { keychainStatus } from './keychain-status';

const keychain: KeySource = { kind: 'keychain' };
const memory = (
  code: 'STORE_LOCKED' | 'STORE_UNAVAILABLE' | 'STORE_UNREADABLE' | 'STORE_FULL',
): KeySource => ({
  kind: 'memory',
  reason: failure(code),
});
const changed = (before: KeySource['kind'], now: KeySource, isKeyReplaced = false): KeySourceChange => ({
  before,
  now,
  isKeyReplaced,
});

test.each<[string, KeySource | 'pending', KeySourceChange | undefined, string]>([
  ['nothing needed the key yet', 'pending', undefined, 'nothing-to-say'],
  ['the keychain works', keychain, undefined, 'nothing-to-say'],
  ['the keychain was missing and is there', keychain, changed('memory', keychain), 'opened'],
  ['the key was gone and is a new one', keychain, changed('keychain', keychain, true), 'key-replaced'],
  ['the keychain is locked', memory('STORE_LOCKED'), undefined, 'missing'],
  [
    'there is none, where there was one before',
    memory('STORE_UNAVAILABLE'),
    changed('keychain', memory('STORE_UNAVAILABLE')),
    'missing',
  ],
  ['the key is gone, which its sessions tell', memory('STORE_UNREADABLE'), undefined, 'nothing-to-say'],
  ['the disk is full, which its sessions tell', memory('STORE_FULL'), undefined, 'nothing-to-say'],
])('%s', (_what, source, change, kind) => {
  expect(keychainStatus(source, change).kind).toBe(kind);
});

test('what is missing is named by its code', () => {
  expect(keychainStatus(memory('STORE_LOCKED'), undefined)).toMatchObject({
    problem: { code: 'STORE_LOCKED' },
  });
});
