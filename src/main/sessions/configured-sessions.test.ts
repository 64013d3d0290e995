import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { failure } from '../base/failure';
import { clientOf } from '../identity/testing/client';
import { ConfiguredSessions } from './configured-sessions';
import { CallbackPaths } from './callback-paths';
import { type Desk, openDesk } from './testing/desk';
import { issuerMemory } from './testing/issuer-memory';
import { registryOf } from './testing/registry-of';
import { systemClock } from '../base/clock';

let provider: MisbehavingProvider;
let desk: Desk;
let gone: string[];
let sessions: ConfiguredSessions;
beforeEach(async () => {
  provider = await startMisbehavingProvider();
  // Two sessions of one provider are in the vault.
  desk = await openDesk({ issuer: provider.issuer, registries: ['one', 'two'] });
  for (const id of ['one', 'two']) await desk.signIn(id);
  gone = [];
  const { identity, vault } = desk;
  const callbackPaths = new CallbackPaths({
    providers: identity,
    memory: issuerMemory(),
    learnt: () => undefined,
  });
  sessions = new ConfiguredSessions(
    { identity, vault, clock: systemClock, callbackPaths },
    { changed: () => undefined, gone: (id) => gone.push(id) },
  );
});
afterEach(() => provider.close());

const client = (more: Parameters<typeof clientOf>[1] = {}) => clientOf(provider.issuer, more);

test('each registry finds its session, and they count each other', () => {
  sessions.configure([registryOf('one', client()), registryOf('two', client())]);
  expect(sessions.get('one')?.session?.state.kind).toBe('signed-in');
  expect([sessions.siblings('one'), sessions.siblings('unknown')]).toEqual([1, 0]);
  expect(sessions.ofSameProvider('two')).toEqual(['one', 'two']);
});

describe('a new configuration', () => {
  test('that changes nothing of a client leaves its session, with the new name', () => {
    sessions.configure([registryOf('one', client())]);
    const before = sessions.get('one')?.session;
    sessions.configure([{ ...registryOf('one', client()), name: 'Another name' }]);
    expect(sessions.get('one')).toMatchObject({ registry: { name: 'Another name' } });
    expect(sessions.get('one')?.session).toBe(before);
    expect(gone).toEqual([]);
  });

  test.each<[string, () => Parameters<ConfiguredSessions['configure']>[0]]>([
    [
      'that edits one',
      () => [registryOf('one', client({ scopes: ['openid'] })), registryOf('two', client())],
    ],
    ['without one', () => [registryOf('two', client())]],
    [
      'that blocks one',
      () => [
        { ...registryOf('one', client()), blocked: failure('CFG_ISSUER_NOT_ALLOWED') },
        registryOf('two', client()),
      ],
    ],
  ])('%s ends its session here, and no other', (_how, next) => {
    sessions.configure([registryOf('one', client()), registryOf('two', client())]);
    const [one, two] = ['one', 'two'].map((id) => sessions.get(id)?.session);
    sessions.configure(next());
    expect(gone).toEqual(['one']);
    expect(sessions.get('one')?.session).not.toBe(one);
    expect(sessions.get('two')?.session).toBe(two);
  });

  test('without one is one sibling less', () => {
    sessions.configure([registryOf('one', client()), registryOf('two', client())]);
    sessions.configure([registryOf('two', client())]);
    expect([sessions.siblings('two'), sessions.registries.map(({ id }) => id)]).toEqual([0, ['two']]);
  });
});

test('the refreshes of one provider wait in one line, whatever the client', () => {
  expect(sessions.queueOf(client())).toBe(sessions.queueOf(client({ clientId: 'other' })));
  expect(sessions.queueOf(client())).not.toBe(sessions.queueOf(clientOf('https://other.example')));
});
