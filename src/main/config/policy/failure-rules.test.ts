import { describe, expect, test } from 'vitest';
import { failure } from '../../base/failure';
import { ConfigStore } from '../config-store';
import type { ConfigSource } from '../layer';
import { hurriedClock } from '../testing/hurried-clock';
import { readText } from '../testing/read-text';
import { LastGood } from './last-good';
import { ManagedSource } from './managed-source';
import type { PolicyReading, PolicySource } from './policy-source';
import { yamlPolicy } from './yaml-policy';

type Place = 'absent' | 'default' | 'enforced';
const conditions = [
  'good',
  'bad key',
  'bad security key',
  'unparsable',
  'unreadable',
  'untrusted',
  'removed while running',
] as const;
type Condition = (typeof conditions)[number];

const parts = { absent: 'enforced', default: 'defaults', enforced: 'enforced' } as const;
/** Where the policy does not speak of the two settings, it speaks of others. */
const good = { time: '300', registries: 'true' };
function policyText(place: Place, { time, registries } = good): string {
  const settings =
    place === 'absent'
      ? `{ theme: ${time === good.time && registries === good.registries ? 'dark' : '5'} }`
      : `{ sign_in_timeout_seconds: ${time}, allow_user_registries: ${registries} }`;
  return `${parts[place]}: { settings: ${settings} }\n`;
}

function readingOf(place: Place, condition: Condition): PolicyReading {
  const read = (text: string): PolicyReading => ({ kind: 'read', content: Buffer.from(text) });
  switch (condition) {
    case 'good':
      return read(policyText(place));
    case 'bad key':
      return read(policyText(place, { ...good, time: '5' }));
    case 'bad security key':
      return read(policyText(place, { ...good, registries: 'maybe' }));
    case 'unparsable':
      return read(`${policyText(place)}defaults: [`);
    case 'unreadable':
      return { kind: 'unreadable', failure: failure('CFG_UNREADABLE') };
    case 'untrusted':
      return { kind: 'untrusted', failure: failure('CFG_POLICY_UNTRUSTED', { reason: 'owner' }) };
    case 'removed while running':
      return { kind: 'absent' };
  }
}

/** A store that has read a good policy, and reads the next one when told to. */
async function effectiveAfter(place: Place, condition: Condition, userText: string) {
  let reading = readingOf(place, 'good');
  const location = '/etc/gatepass/policy.yaml';
  const policy: PolicySource = {
    location,
    interpret: (content) => yamlPolicy(content, location),
    read: () => Promise.resolve(reading),
    watch: () => () => {},
  };
  const lastGood = new LastGood({
    read: () => Promise.resolve(undefined),
    write: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  });
  const user: ConfigSource = {
    read: async () => ({ kind: 'read', layers: [await readText(userText)] }),
    watch: () => () => {},
  };
  const clock = hurriedClock();
  const store = new ConfigStore({ sources: [new ManagedSource({ policy, lastGood, clock }), user], clock });
  await store.start();
  reading = readingOf(place, condition);
  const effective = await store.reload();
  store.close();
  return effective;
}

const own = 'registries: [{id: own, url: "https://own.example"}]\n';
const userTexts = {
  unset: own,
  set: `${own}settings: { sign_in_timeout_seconds: 60, allow_user_registries: true }\n`,
};

type Said = readonly [value: unknown, source: string];
const builtIn: Said = [120, 'built-in'];
const users: Said = [60, 'user'];
const suggested: Said = [300, 'policy-default'];
const enforced: Said = [300, 'policy-enforced'];
const lockedShut: Said = [120, 'policy-enforced'];

/** The time to sign in that is in force: for a user's file without one, and with one. */
const times: Record<Place, Record<Condition, readonly [unset: Said, set: Said]>> = {
  absent: {
    good: [builtIn, users],
    'bad key': [builtIn, users],
    'bad security key': [builtIn, users],
    unparsable: [builtIn, users],
    unreadable: [builtIn, users],
    untrusted: [builtIn, users],
    'removed while running': [builtIn, users],
  },
  default: {
    good: [suggested, users],
    'bad key': [builtIn, users],
    'bad security key': [suggested, users],
    unparsable: [suggested, users],
    unreadable: [suggested, users],
    untrusted: [builtIn, users],
    'removed while running': [builtIn, users],
  },
  enforced: {
    good: [enforced, enforced],
    'bad key': [lockedShut, lockedShut],
    'bad security key': [enforced, enforced],
    unparsable: [enforced, enforced],
    unreadable: [enforced, enforced],
    untrusted: [builtIn, users],
    'removed while running': [builtIn, users],
  },
};

const problemsOf: Record<Condition, readonly string[]> = {
  good: [],
  'bad key': ['CFG_INVALID'],
  'bad security key': ['CFG_INVALID'],
  unparsable: ['CFG_INVALID', 'CFG_POLICY_LAST_GOOD'],
  unreadable: ['CFG_UNREADABLE', 'CFG_POLICY_LAST_GOOD'],
  untrusted: ['CFG_POLICY_UNTRUSTED'],
  'removed while running': [],
};

describe.each(['absent', 'default', 'enforced'] as const)('a setting that is %s in a policy', (place) => {
  describe.each(['unset', 'set'] as const)('and %s by the user', (byUser) => {
    test.each(conditions)('where the policy is or becomes: %s', async (condition) => {
      const { settings, registries, problems } = await effectiveAfter(place, condition, userTexts[byUser]);
      const [value, source] = times[place][condition][byUser === 'unset' ? 0 : 1];
      const { sign_in_timeout_seconds: time, allow_user_registries: mayHaveOwn } = settings;
      expect([time.value, time.source, time.locked]).toEqual([value, source, source === 'policy-enforced']);

      // Who may have registries fails closed, and only where it is enforced.
      const isShut = place === 'enforced' && condition === 'bad security key';
      expect(mayHaveOwn.value).toBe(!isShut);
      const isInForce = !['untrusted', 'removed while running'].includes(condition);
      expect(mayHaveOwn.locked).toBe(place === 'enforced' && isInForce);
      expect(registries.map(({ id, blocked }) => [id, blocked])).toEqual(isShut ? [] : [['own', undefined]]);

      const ofPolicy = problems.filter(({ location }) => location.startsWith('/etc/'));
      expect(ofPolicy.map(({ code }) => code)).toEqual(problemsOf[condition]);
    });
  });
});
