import { expect, test } from 'vitest';
import { failure } from '../base/failure';
import { registryActivity } from './registry-activity';

test('an answer and a failure are told, a question is not', () => {
  expect(registryActivity('acme', { kind: 'checking' })).toBeUndefined();
  expect(registryActivity('acme', undefined)).toBeUndefined();
  expect(registryActivity('acme', { kind: 'answers', checkedAt: 1 })).toMatchObject({ kind: 'answers' });
  const problem = failure('REGISTRY_FORBIDDEN', { name: 'canary' }, 'canary');
  expect(registryActivity('acme', { kind: 'fails', checkedAt: 1, problem })).toEqual({
    name: 'registry-checked',
    registryId: 'acme',
    level: 'warn',
    kind: 'fails',
    code: 'REGISTRY_FORBIDDEN',
  });
});
