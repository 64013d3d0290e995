import type { SettingValue, SettingView, Source } from '../../contract/view-model';
import { anApp, aProblem } from '../testing/views';

/** A file with problems of several kinds, each at its line. */
export const brokenConfiguration = anApp({
  configurationProblems: [
    aProblemAt('CFG_ISSUER_NOT_HTTPS', 12),
    aProblemAt('CFG_DUPLICATE_ID', 31),
    {
      ...aProblemAt('CFG_INVALID', 40),
      params: { field: 'registries[4].auth.oauth.callback_port', reason: 'range', minimum: '1024' },
    },
    aProblemAt('CFG_URL_SCHEME', 52),
  ],
});

function aProblemAt(
  code: 'CFG_ISSUER_NOT_HTTPS' | 'CFG_DUPLICATE_ID' | 'CFG_INVALID' | 'CFG_URL_SCHEME',
  line: number,
) {
  return { ...aProblem({ code }), location: '/home/alice/.config/Gatepass/config.yaml', line };
}

/** Settings of every source: what the organization set, what it suggests, what the person chose, what comes with the app. */
export const mixedSettings = anApp({
  settings: [
    aSetting('allow_user_registries', false, 'policy-enforced'),
    aSetting('allowed_issuers', ['login.acme.example', '*.okta.com'], 'policy-enforced'),
    aSetting('sign_in_timeout_seconds', 180, 'policy-enforced'),
    aSetting('theme', 'dark', 'user'),
    aSetting('gateway.enabled', false, 'policy-default'),
    aSetting('keep_running', true, 'user'),
    aSetting('launch_at_login', false, 'built-in'),
    aSetting('notifications', true, 'built-in'),
  ],
});

function aSetting(key: string, value: SettingValue, source: Source): SettingView {
  const locations: Partial<Record<Source, string>> = {
    'policy-enforced': '/etc/gatepass/policy.yaml:4',
    'policy-default': '/etc/gatepass/policy.yaml:19',
    user: '/home/alice/.config/Gatepass/config.yaml:31',
  };
  return {
    key,
    value,
    source,
    location: locations[source] ?? 'Gatepass',
    locked: source === 'policy-enforced',
  };
}
