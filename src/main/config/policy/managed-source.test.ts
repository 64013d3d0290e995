import { beforeEach, expect, test } from 'vitest';
import { failure, failed, success } from '../../base/failure';
import { manualClock } from '../../base/manual-clock';
import type { Layer } from '../layer';
import { hurriedClock } from '../testing/hurried-clock';
import { LastGood, type SealedText } from './last-good';
import { ManagedSource } from './managed-source';
import type { PolicyReading, PolicySource } from './policy-source';
import { yamlPolicy } from './yaml-policy';

const location = '/etc/gatepass/policy.yaml';
const good: PolicyReading = {
  kind: 'read',
  content: Buffer.from('enforced: { settings: { theme: dark } }\n'),
};
const unparsable: PolicyReading = { kind: 'read', content: Buffer.from('enforced: [') };
const unreadable: PolicyReading = { kind: 'unreadable', failure: failure('CFG_UNREADABLE') };

let delivered: PolicyReading[];
let kept: { text: string; writtenAt: number } | undefined;
beforeEach(() => {
  delivered = [];
  kept = undefined;
});

/** What is delivered next; the last one for ever. */
const policy: PolicySource = {
  location,
  interpret: (content) => yamlPolicy(content, location),
  read: () =>
    Promise.resolve((delivered.length > 1 ? delivered.shift() : delivered[0]) ?? { kind: 'absent' }),
  watch: () => () => {},
};
const sealed: SealedText = {
  read: () => Promise.resolve(kept),
  write: (text) => Promise.resolve((kept = { text, writtenAt: 1000 })),
  remove: () => Promise.resolve((kept = undefined)),
};
/** The app's start: nothing is known but what was kept. */
const start = (clock = hurriedClock(), interpret = policy.interpret) =>
  new ManagedSource({ policy: { ...policy, interpret }, lastGood: new LastGood(sealed), clock });

const enforcedTheme = ([enforced]: readonly Layer[] = []) => enforced?.settings.theme;
const dark = { kind: 'value', value: 'dark', line: 1 };

test('a good policy is in force and kept', async () => {
  delivered = [good];
  const reading = await start().read();
  expect(reading).toMatchObject({ kind: 'read', layers: [{ source: 'policy-enforced' }, {}] });
  expect(kept).toBeDefined();
});

test('a policy that is gone has no effect, and nothing of it is kept', async () => {
  delivered = [good];
  const source = start();
  await source.read();
  delivered = [];
  expect(await source.read()).toEqual({ kind: 'absent' });
  expect(kept).toBeUndefined();
});

test('a policy that went while the app was closed leaves nothing either', async () => {
  delivered = [good];
  await start().read();
  delivered = [];
  await start().read();
  expect(kept).toBeUndefined();
});

test('a policy that an ordinary user could have written counts as absent, and is told', async () => {
  delivered = [good];
  const source = start();
  await source.read();
  delivered = [{ kind: 'untrusted', failure: failure('CFG_POLICY_UNTRUSTED', { reason: 'owner' }) }];
  expect(await source.read()).toEqual({
    kind: 'absent',
    problems: [{ code: 'CFG_POLICY_UNTRUSTED', params: { reason: 'owner' }, location }],
  });
  expect(kept).toBeUndefined();
});

test.each([
  ['cannot be understood', unparsable, 'CFG_INVALID'],
  ['cannot be read', unreadable, 'CFG_UNREADABLE'],
])(
  'while a policy %s, the last good one is in force, also after a restart, with its date',
  async (...row) => {
    const [, broken, code] = row;
    delivered = [good];
    const source = start();
    await source.read();
    delivered = [broken];
    for (const running of [source, start()]) {
      const reading = await running.read();
      if (reading.kind !== 'broken') throw new Error(reading.kind);
      expect(enforcedTheme(reading.layers)).toEqual(dark);
      expect(reading.problems).toMatchObject([
        { code, location },
        { code: 'CFG_POLICY_LAST_GOOD', location, params: { since: expect.any(Number) as number } },
      ]);
    }
  },
);

test.each([
  ['was ever good', () => {}],
  ['is what was kept', () => (kept = { text: Buffer.from('{').toString('base64'), writtenAt: 1 })],
])('where no policy %s, nothing is used and everything is locked', async (_what, prepare) => {
  delivered = [unparsable];
  prepare();
  const reading = await start().read();
  expect(reading).toMatchObject({
    kind: 'broken',
    problems: [{ code: 'CFG_INVALID', line: 1 }, { code: 'CFG_POLICY_UNKNOWN' }],
    layers: [{ source: 'policy-enforced', blocksRegistries: { code: 'CFG_POLICY_UNKNOWN' } }],
  });
});

test('a kept policy that today’s rules refuse is not in force', async () => {
  delivered = [good];
  await start().read();
  const refusing = () => Promise.resolve(failed('CFG_INVALID'));
  expect(await start(hurriedClock(), refusing).read()).toMatchObject({
    layers: [{ blocksRegistries: { code: 'CFG_POLICY_UNKNOWN' } }],
  });
});

test('a half-written policy is waited for, one second at most', async () => {
  const clock = manualClock();
  delivered = [unparsable, unparsable, good];
  const reading = start(clock).read();
  await clock.advance(1000);
  expect(await reading).toMatchObject({ kind: 'read' });

  delivered = [unparsable];
  let isDone = false;
  const broken = start(clock)
    .read()
    .finally(() => (isDone = true));
  await clock.advance(999);
  expect(isDone).toBe(false);
  await clock.advance(1);
  expect(await broken).toMatchObject({ kind: 'broken' });
});

test('the date of a policy is when it was read, not when it was last found unchanged', async () => {
  const clock = manualClock();
  delivered = [good];
  const source = start(clock, () => Promise.resolve(success([])));
  await source.read();
  const firstReadAt = clock.now();
  await clock.advance(60_000);
  await source.read();
  delivered = [unreadable];
  expect(await source.read()).toMatchObject({ problems: [{}, { params: { since: firstReadAt } }] });
});
