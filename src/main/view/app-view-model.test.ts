import { expect, test } from 'vitest';
import type { ConfigurationProblem } from '../../contract/view-model';
import { type Failure, failure } from '../base/failure';
import { effectiveConfiguration } from '../config/effective';
import type { Effective } from '../config';
import { clientOf } from '../identity/testing/client';
import { registryOf } from '../sessions/testing/registry-of';
import { AppViewModel } from './app-view-model';

const configured = (...ids: string[]): Effective => ({
  ...effectiveConfiguration([]),
  registries: ids.map((id) => registryOf(id, clientOf(`https://${id}.example`))),
});

/** A model over a configuration that a test exchanges, and what it asked the sessions for. */
function modelOf(first: Effective | undefined) {
  const asked: string[] = [];
  const now: {
    configuration: Effective | undefined;
    refusal?: Failure;
    settingProblems?: readonly ConfigurationProblem[];
  } = { configuration: first };
  const model = new AppViewModel({
    configuration: () => now.configuration,
    sessionState: (id) => {
      asked.push(id);
      return { kind: 'signed-out' };
    },
    beforeSignIn: () => undefined,
    siblings: () => 3,
    redirectUri: (id) => `http://127.0.0.1:8666/${id}`,
    reachability: () => ({ kind: 'checking' }),
    knownAs: () => undefined,
    token: () => undefined,
    gateway: () => ({ kind: 'off' }),
    keychain: () => ({ kind: 'nothing-to-say' }),
    refusal: () => now.refusal,
    settingProblems: () => now.settingProblems ?? [],
    configurationFile: '/profile/config.yaml',
    version: '1.2.3',
  });
  return { model, asked, now };
}

test('before the configuration was read there are no registries, and nothing may be added', () => {
  const { model } = modelOf(undefined);
  expect(model.ids()).toEqual([]);
  expect(model.row('acme')).toBeUndefined();
  expect(model.app()).toEqual({
    loaded: false,
    configurationFile: '/profile/config.yaml',
    configurationProblems: [],
    mayAddRegistries: false,
    settings: [],
    gateway: { kind: 'off' },
    keychain: { kind: 'nothing-to-say' },
    version: '1.2.3',
  });
});

test('registries come in the order of the configuration, each row from what is true of it', () => {
  const { model, asked } = modelOf(configured('b', 'a'));
  expect(model.ids()).toEqual(['b', 'a']);
  expect(model.row('a')).toMatchObject({
    id: 'a',
    session: { kind: 'signed-out' },
    siblings: 3,
    oauth: { redirectUri: 'http://127.0.0.1:8666/a' },
    reachability: { kind: 'checking' },
  });
  expect(asked).toEqual(['a']);
});

test('a new configuration is followed at once', () => {
  const { model, now } = modelOf(configured('a'));
  expect(model.registry('a')?.id).toBe('a');
  now.configuration = configured('c');
  expect(model.ids()).toEqual(['c']);
  expect(model.row('a')).toBeUndefined();
});

test('problems of the configuration, and whether registries may be added, are the app’s', () => {
  const effective = configured('a');
  const problems = [{ ...failure('CFG_INVALID'), location: '/profile/config.yaml', line: 4 }];
  const allowed = { ...effective.settings.allow_user_registries, value: false };
  const { model } = modelOf({
    ...effective,
    problems,
    settings: { ...effective.settings, allow_user_registries: allowed },
  });
  expect(model.app()).toMatchObject({
    loaded: true,
    configurationProblems: problems,
    mayAddRegistries: false,
  });
});

test('a profile that another process took is told as what stopped the app', () => {
  const { model, now } = modelOf(configured('a'));
  expect(model.app()).not.toHaveProperty('stopped');
  now.refusal = failure('STORE_CONTENDED');
  expect(model.app().stopped).toEqual({ code: 'STORE_CONTENDED', params: {} });
});

test('what keeps a setting from its effect is listed after what is wrong in the files', () => {
  const problem = (code: 'CFG_INVALID' | 'LAUNCH_AT_LOGIN_FAILED') => ({
    code,
    params: {},
    location: '/file',
  });
  const { model, now } = modelOf({ ...configured('acme'), problems: [problem('CFG_INVALID')] });
  now.settingProblems = [problem('LAUNCH_AT_LOGIN_FAILED')];
  expect(model.app().configurationProblems.map(({ code }) => code)).toEqual([
    'CFG_INVALID',
    'LAUNCH_AT_LOGIN_FAILED',
  ]);
});
