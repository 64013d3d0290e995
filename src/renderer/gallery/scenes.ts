import type { RegistryView, SettingValue, SettingView, Snapshot, Source } from '../../contract/view-model';
import { aFlow, anApp, anOAuthClient, aProblem, aRegistry, aSnapshot } from '../testing/views';
import { lockedKeychain, stopped } from './app-scenes';
import { changedIssuers, lookalike } from './question-scene';
import { tokenRegistries } from './token-scene';

/** Every state a registry can be in, as rows of one list. Times count from `now`, milliseconds since the epoch. */
const everyState = (now: number): readonly RegistryView[] => [
  aRegistry({
    id: 'acme',
    name: 'Acme MCP Registry',
    status: 'authenticated',
    locked: true,
    source: 'policy-enforced',
    location: '/etc/gatepass/policy.yaml',
    siblings: 1,
    session: { kind: 'signed-in', account: 'alice@acme.example' },
    oauth: anOAuthClient({ audience: 'api://mcp' }),
    reachability: { kind: 'answers', checkedAt: now - 240_000 },
  }),
  aRegistry({ id: 'globex', name: 'Globex', host: 'registry.globex.example' }),
  aRegistry({
    id: 'initech',
    name: 'Initech Tools',
    host: 'mcp.initech.example',
    session: aFlow(now - 22_000),
  }),
  aRegistry({
    id: 'umbrella',
    name: 'Umbrella Research',
    host: 'catalogue.umbrella.example',
    status: 'expired',
    session: { kind: 'expired', account: 'a.smith@umbrella.example', problem: aProblem() },
  }),
  aRegistry({
    id: 'hooli',
    name: 'Hooli',
    host: 'mcp.hooli.example',
    session: {
      kind: 'needs-attention',
      next: 'sign-in',
      problem: aProblem({ code: 'LOGIN_TIMEOUT' }),
    },
  }),
  aRegistry({
    id: 'stark',
    name: 'Stark Industries',
    host: 'tools.stark.example',
    status: 'authenticated',
    session: { kind: 'signed-in', account: 'pepper@stark.example' },
    reachability: {
      kind: 'fails',
      checkedAt: now - 60_000,
      problem: aProblem({ code: 'REGISTRY_FORBIDDEN' }),
    },
  }),
  aRegistry({
    id: 'wayne',
    name: 'Wayne Enterprises',
    host: 'mcp.wayne.example',
    status: 'authenticated',
    session: {
      kind: 'signed-in',
      account: 'bruce@wayne.example',
      notRemembered: aProblem({ code: 'STORE_UNAVAILABLE' }),
    },
    reachability: { kind: 'checking' },
  }),
  aRegistry({
    id: 'open',
    name: 'Public catalogue',
    host: 'registry.modelcontextprotocol.example',
    source: 'built-in',
    authType: 'none',
    status: 'none',
    session: { kind: 'no-sign-in-needed' },
    reachability: { kind: 'answers', checkedAt: now - 3_600_000 },
  }),
];

/** The steps of a running flow, and the one in which the browser did not open. */
const everyStep = (now: number): readonly RegistryView[] => [
  aRegistry({ id: 'one', name: 'Opening', session: aFlow(now, { step: 'opening-browser' }) }),
  aRegistry({
    id: 'two',
    name: 'Waiting for a long time',
    session: aFlow(now - 880_000, { deadline: now + 20_000, canExtend: false }),
  }),
  aRegistry({ id: 'three', name: 'Completing', session: aFlow(now - 50_000, { step: 'completing' }) }),
  aRegistry({
    id: 'four',
    name: 'No browser',
    session: aFlow(now - 3_000, { problem: aProblem({ code: 'LOGIN_BROWSER_FAILED' }) }),
  }),
];

/** Everything that can be wrong, from the harmless to what must not go on. */
const everyProblem = (now: number): readonly RegistryView[] => [
  aRegistry({
    id: 'denied',
    name: 'Declined',
    session: {
      kind: 'needs-attention',
      next: 'sign-in',
      problem: aProblem({
        code: 'LOGIN_DENIED',
        providerText: 'User is not assigned to the application “mcp-registry”.',
      }),
    },
  }),
  aRegistry({
    id: 'port',
    name: 'Port taken',
    session: {
      kind: 'needs-attention',
      next: 'sign-in',
      problem: aProblem({ code: 'LOGIN_PORT_BUSY', params: { port: 8666 } }),
    },
  }),
  aRegistry({
    id: 'mix-up',
    name: 'Answered by another service',
    session: { kind: 'needs-attention', next: 'sign-in', problem: aProblem({ code: 'LOGIN_ISS_MISMATCH' }) },
  }),
  aRegistry({
    id: 'client',
    name: 'Signed in, but not accepted any more',
    status: 'authenticated',
    session: {
      kind: 'needs-attention',
      account: 'alice@acme.example',
      next: 'sign-in',
      problem: aProblem({ code: 'CLIENT_REJECTED' }),
    },
  }),
  aRegistry({
    id: 'rejected',
    name: 'Refused by the registry',
    status: 'authenticated',
    session: {
      kind: 'needs-attention',
      account: 'alice@acme.example',
      next: 'none',
      problem: aProblem({ code: 'REGISTRY_REJECTED_TOKEN' }),
    },
  }),
  aRegistry({
    id: 'blocked',
    name: 'Not allowed by the organization',
    session: {
      kind: 'needs-attention',
      next: 'none',
      problem: aProblem({
        code: 'CFG_ISSUER_NOT_ALLOWED',
        params: { issuer: 'https://login.elsewhere.example' },
      }),
    },
  }),
  aRegistry({
    id: 'forbidden',
    name: 'No access with this account',
    status: 'authenticated',
    session: { kind: 'signed-in', account: 'alice@acme.example' },
    reachability: {
      kind: 'fails',
      checkedAt: now - 60_000,
      problem: aProblem({ code: 'REGISTRY_FORBIDDEN' }),
    },
  }),
  aRegistry({
    id: 'limited',
    name: 'Fewer permissions than asked for',
    status: 'authenticated',
    session: {
      kind: 'signed-in',
      account: 'alice@acme.example',
      problem: aProblem({ code: 'SCOPE_MISSING', params: { scope: 'mcp.read' } }),
    },
  }),
  aRegistry({
    id: 'short',
    name: 'Without a lasting sign-in',
    status: 'authenticated',
    session: {
      kind: 'signed-in',
      account: 'alice@acme.example',
      notRemembered: aProblem({ code: 'NO_REFRESH_TOKEN' }),
    },
  }),
  aRegistry({
    id: 'interrupted',
    name: 'Interrupted',
    status: 'expired',
    session: {
      kind: 'expired',
      account: 'alice@acme.example',
      problem: aProblem({ code: 'SESSION_INTERRUPTED' }),
    },
  }),
];

function many(now: number): readonly RegistryView[] {
  const states = everyState(now);
  return Array.from({ length: 1000 }, (_, index) => {
    const state = states[index % 11 === 3 ? 3 : index % 3 === 0 ? 1 : 0] ?? aRegistry();
    const number = String(index + 1).padStart(4, '0');
    return {
      ...state,
      id: `r${number}`,
      name: `Registry ${number}`,
      host: `mcp${number}.acme.example`,
      locked: false,
    };
  });
}

const brokenConfiguration = anApp({
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
const mixedSettings = anApp({
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

/** What the gallery can show, by name. */
export const scenes: Readonly<Record<string, (now: number) => Snapshot>> = {
  states: (now) => aSnapshot(everyState(now)),
  steps: (now) => aSnapshot(everyStep(now)),
  attention: (now) => aSnapshot(everyProblem(now)),
  suspicious: () => aSnapshot(lookalike),
  'changed-issuer': () => aSnapshot(changedIssuers),
  'only-managed': (now) => aSnapshot(everyState(now).slice(0, 1), anApp({ mayAddRegistries: false })),
  'first-run': () => aSnapshot([]),
  loading: () => aSnapshot([], anApp({ loaded: false })),
  configuration: (now) => aSnapshot(everyState(now).slice(0, 2), brokenConfiguration),
  settings: (now) => aSnapshot(everyState(now).slice(0, 2), mixedSettings),
  one: (now) => aSnapshot(everyState(now).slice(1, 2)),
  few: (now) => aSnapshot(everyState(now).slice(0, 4)),
  many: (now) => aSnapshot(many(now)),
  tokens: () => aSnapshot(tokenRegistries()),
  'keychain-locked': lockedKeychain,
  stopped,
};
