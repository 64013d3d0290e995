import { expect, test } from 'vitest';
import { effectiveConfiguration } from '../config/effective';
import { readText } from '../config/testing/read-text';
import { settingViews } from './setting-views';

const views = async (...texts: readonly (readonly ['policy-enforced' | 'user', string])[]) => {
  const layers = await Promise.all(
    texts.map(([source, text]) => readText(text, source, `/etc/${source}.yaml`)),
  );
  return new Map(settingViews(effectiveConfiguration(layers).settings).map((view) => [view.key, view]));
};

test('each setting says who decided it, with file and line, and whether it is locked', async () => {
  const found = await views(
    ['policy-enforced', 'settings:\n  gateway: { enabled: false }\n'],
    ['user', 'settings:\n  theme: dark\n  gateway: { enabled: true }\n'],
  );
  expect(found.get('gateway.enabled')).toEqual({
    key: 'gateway.enabled',
    value: false,
    source: 'policy-enforced',
    location: '/etc/policy-enforced.yaml:2',
    locked: true,
  });
  expect(found.get('theme')).toEqual({
    key: 'theme',
    value: 'dark',
    source: 'user',
    location: '/etc/user.yaml:2',
    locked: false,
  });
});

test('a setting that nobody set is there as well, with no value where there is no default', async () => {
  const found = await views();
  expect(found.get('sign_in_timeout_seconds')).toMatchObject({
    value: 120,
    source: 'built-in',
    locked: false,
  });
  expect(found.get('allowed_issuers')).not.toHaveProperty('value');
});
