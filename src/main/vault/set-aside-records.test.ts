import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../base/secret';
import { expect, test } from 'vitest';
import { DataKey } from './data-key';
import { sealedFile } from './record-file';
import { recordNameOf } from './session-key';
import { newSessionRecord } from './session-record';
import { setAsideRecords } from './set-aside-records';
import { valueOf } from './testing/results';
import { testStore } from './testing/test-store';
import { engineering, finance } from './testing/test-vault';

const record = newSessionRecord(engineering, { account: 'ada' }, 1_700_000_000_000);
const bytes = sealedFile(record, new Secret('refresh-token'), DataKey.generate());
const fileOf = (key: typeof engineering) => `${recordNameOf(key)}.session`;

/** Sets aside a file of this name and content, and tells what is said of it. */
async function listed(name: string, content: Buffer | string) {
  const { folder, clock, setAside } = testStore();
  writeFileSync(join(folder, name), content);
  valueOf(await setAside.take(folder, name));
  const [one, ...others] = valueOf(await setAsideRecords(setAside));
  expect([one?.at, others]).toEqual([clock.now(), []]);
  return one;
}

test('a record that was set aside is listed with whose session it was, and with nothing of its token', async () => {
  expect(await listed(fileOf(engineering), bytes)).toMatchObject({ record });
  expect(Object.keys((await listed(fileOf(engineering), bytes)) ?? {})).toEqual([
    'id',
    'at',
    'kind',
    'record',
  ]);
});

test('of a record whose body is damaged the header still tells whose it was', async () => {
  expect(await listed(fileOf(engineering), bytes.subarray(0, -9))).toMatchObject({ record });
});

test.each<[string, string, Buffer | string]>([
  ['a record whose header is damaged', fileOf(engineering), bytes.subarray(5)],
  ['a record under the name of another session', fileOf(finance), bytes],
  ['another file than a record, whatever is in it', 'data-key.json', bytes],
])('%s is listed, without saying whose it was', async (_name, name, content) => {
  expect(await listed(name, content)).not.toHaveProperty('record');
});

test('the data key is told apart from records, by its name and whatever is in it', async () => {
  expect(await listed('data-key.json', bytes)).toMatchObject({ kind: 'data-key' });
  expect(await listed(fileOf(engineering), 'data-key')).toMatchObject({ kind: 'sign-in' });
});
