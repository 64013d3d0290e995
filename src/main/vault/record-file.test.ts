import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import { DataKey } from './data-key';
import { clearFile, parseRecordFile, salvageHeader, sealedFile } from './record-file';
import { recordNameOf } from './session-key';
import { newSessionRecord, type SessionRecord } from './session-record';
import { engineering, finance } from './testing/test-vault';

const key = DataKey.generate();
const token = new Secret('refresh-token');
const name = recordNameOf(engineering);
const record = newSessionRecord(engineering, { account: 'Ädä\n<b>', subject: 's' }, 1_700_000_000_000);
const ended: SessionRecord = { ...record, ended: { code: 'SESSION_ENDED', at: 1_700_000_000_001 } };

/** What a vault would get out of these bytes. */
function opened(bytes: Buffer, recordName = name): string | undefined {
  const file = parseRecordFile(bytes, recordName);
  return file?.body?.keyId === key.id ? key.unseal(file.body.sealed, file.header)?.reveal() : undefined;
}

test('a record comes back as it was written', () => {
  const bytes = sealedFile({ ...record, attempt: 2 }, token, key);
  expect(parseRecordFile(bytes, name)?.record).toEqual({ ...record, attempt: 2 });
  expect(opened(bytes)).toBe('refresh-token');
  expect(bytes.toString()).not.toContain('refresh-token');
});

test('an ended record has no body', () => {
  expect(parseRecordFile(clearFile(ended), name)).toEqual({ record: ended, header: JSON.stringify(ended) });
});

test.each([
  ['sealed', sealedFile(record, token, key)],
  ['ended', clearFile(ended)],
])('a %s record cut at any byte is no record', (_kind, bytes) => {
  for (let length = 0; length < bytes.length; length += 1)
    expect(parseRecordFile(bytes.subarray(0, length), name), `cut at ${length}`).toBeUndefined();
});

test('a sealed record with any one bit flipped never opens', () => {
  const bytes = sealedFile(record, token, key);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const damaged = Buffer.from(bytes);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(opened(damaged), `bit ${bit}`).toBeUndefined();
  }
});

test('a record under the name of another session is none', () => {
  expect(parseRecordFile(sealedFile(record, token, key), recordNameOf(finance))).toBeUndefined();
});

test('a body does not open under the header of another session, nor under an edited header of its own', () => {
  const other = newSessionRecord(finance, {}, 1_700_000_000_000);
  const [, body = ''] = sealedFile(other, token, key).toString().split('\n');
  expect(opened(Buffer.from(`${JSON.stringify(record)}\n${body}\n`))).toBeUndefined();
  const [, own = ''] = sealedFile(record, token, key).toString().split('\n');
  expect(opened(Buffer.from(`${JSON.stringify(record)}\n${own}\n`))).toBe('refresh-token');
  for (const edited of [
    { ...record, subject: 'mallory' },
    { ...record, attempt: 1 },
    { ...record, account: 'x' },
  ])
    expect(opened(Buffer.from(`${JSON.stringify(edited)}\n${own}\n`))).toBeUndefined();
});

test('a record does not open with another key', () => {
  const file = parseRecordFile(sealedFile(record, token, DataKey.generate()), name);
  expect(file?.body && key.unseal(file.body.sealed, file.header)).toBeUndefined();
});

test.each([
  ['an unknown version', { ...record, version: 2 }],
  ['a wrong slot', { ...record, slot: 'REGISTRY_OAUTH_00000000' }],
  ['an unknown code', { ...record, ended: { code: 'NO_SUCH_CODE', at: 1 } }],
  ['a code from a prototype', { ...record, ended: { code: 'toString', at: 1 } }],
  ['a time that is none', { ...record, refreshedAt: 'yesterday' }],
  ['no attempt at all', { ...record, attempt: 0 }],
])('a header with %s is none', (_what, header) => {
  expect(salvageHeader(Buffer.from(`${JSON.stringify(header)}\n`), name)).toBeUndefined();
});

test('no bytes whatsoever crash the reader, pollute a prototype or open', () => {
  const whole = sealedFile(record, token, key);
  const cutAndGlued = fc
    .tuple(fc.nat(whole.length), fc.uint8Array({ maxLength: 60 }), fc.nat(whole.length))
    .map(([from, middle, to]) => Buffer.concat([whole.subarray(0, from), middle, whole.subarray(to)]))
    .filter((bytes) => !bytes.equals(whole));
  const lines = fc.tuple(fc.json(), fc.json()).map(([a, b]) => Buffer.from(`${a}\n${b}\n`));
  const polluting = fc
    .constantFrom('__proto__', 'constructor')
    .map((property) =>
      Buffer.from(
        `${JSON.stringify(record).replace('"version"', `"${property}":{"polluted":1},"version"`)}\n{}\n`,
      ),
    );
  fc.assert(
    fc.property(
      fc.oneof(
        cutAndGlued,
        lines,
        polluting,
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      ),
      (bytes) => {
        expect(opened(bytes)).toBeUndefined();
        salvageHeader(bytes, name);
        expect(Object.prototype).not.toHaveProperty('polluted');
      },
    ),
    { numRuns: 2_000 },
  );
});
