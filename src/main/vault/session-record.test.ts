import { expect, test } from 'vitest';
import { definedFields, newSessionRecord, sessionRecordFrom, withoutAttempt } from './session-record';
import { engineering, finance } from './testing/test-vault';

const now = 1_700_000_000_000;
const record = newSessionRecord(engineering, { account: 'ada', subject: 's' }, now);

test('a new record says whose session it is and since when, and no more', () => {
  expect(Object.keys(record).toSorted()).toEqual(
    [
      'version',
      'slot',
      'registry',
      'issuer',
      'clientId',
      'account',
      'subject',
      'signedInAt',
      'refreshedAt',
    ].toSorted(),
  );
  expect(record).toMatchObject({
    ...engineering,
    account: 'ada',
    subject: 's',
    signedInAt: now,
    refreshedAt: now,
  });
  expect(record.slot).not.toBe(newSessionRecord(finance, {}, now).slot);
});

test('whatever else a caller has in its hands never reaches a file', () => {
  const careless = {
    account: 'ada',
    grantedScope: 'openid',
    lastUsedAt: 1,
    refreshToken: 'secret',
    extra: {},
  };
  expect(definedFields(careless)).toEqual({ account: 'ada', grantedScope: 'openid', lastUsedAt: 1 });
  expect(definedFields({})).toEqual({});
});

test('a header comes back as it was written, with all it may say', () => {
  const full = {
    ...record,
    grantedScope: 'openid',
    lastUsedAt: now,
    attempt: 2,
    answered: 1,
    ended: { code: 'SESSION_ENDED', at: now },
  };
  expect(sessionRecordFrom(JSON.parse(JSON.stringify(full)))).toEqual(full);
});

test.each<[string, object]>([
  ['another version', { version: 2 }],
  ['the slot of another registry', { registry: finance.registry }],
  ['the slot of another issuer', { issuer: 'https://login.other.example' }],
  ['no client id', { clientId: undefined }],
  ['a time before all time', { signedInAt: -1 }],
  ['half a millisecond', { refreshedAt: now + 0.5 }],
  ['a use at no time', { lastUsedAt: null }],
  ['an attempt that was none', { attempt: 0 }],
  ['an answer to no attempt', { answered: 0 }],
  ['an end for a reason that is none', { ended: { code: 'NO_SUCH_CODE', at: now } }],
  ['an end for a member of every object', { ended: { code: 'constructor', at: now } }],
  ['an end at no time', { ended: { code: 'SESSION_ENDED' } }],
  ['an account that is no text', { account: 7 }],
])('a header with %s is none', (_name, patch) => {
  expect(sessionRecordFrom({ ...record, ...patch })).toBeUndefined();
});

test.each([undefined, null, 7, 'text', [], {}])('%j is no header', (value) => {
  expect(sessionRecordFrom(value)).toBeUndefined();
});

test('a session without an open attempt has forgotten how often it was sent and answered, and nothing else', () => {
  const open = { ...record, attempt: 2, answered: 1 };
  expect(withoutAttempt(open)).toEqual(record);
  expect(open).toMatchObject({ attempt: 2, answered: 1 });
});
