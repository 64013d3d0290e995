import type {
  AppView,
  OAuthView,
  Problem,
  RegistryView,
  SessionView,
  Snapshot,
} from '../../contract/view-model';

/** Views for tests and the gallery: complete, and changed where a test says so. */

export const anApp = (changes: Partial<AppView> = {}): AppView => ({
  loaded: true,
  configurationFile: '/home/alice/.config/Gatepass/config.yaml',
  configurationProblems: [],
  mayAddRegistries: true,
  gateway: { kind: 'off' },
  keychain: { kind: 'nothing-to-say' },
  settings: [],
  version: '0.1.0',
  ...changes,
});

export const anOAuthClient = (changes: Partial<OAuthView> = {}): OAuthView => ({
  issuer: 'https://login.acme.example/realms/main',
  clientId: 'gatepass',
  scopes: ['openid', 'offline_access'],
  redirectUri: 'http://127.0.0.1:8666/callback',
  callbackPort: 8666,
  slot: 'REGISTRY_OAUTH_1A2B3C4D',
  ...changes,
});

export const aRegistry = (changes: Partial<RegistryView> = {}): RegistryView => ({
  id: 'acme',
  name: 'Acme',
  url: 'https://mcp.acme.example/registry/engineering',
  host: 'mcp.acme.example',
  source: 'user',
  location: '/home/alice/.config/Gatepass/config.yaml:3',
  locked: false,
  authType: 'oauth',
  status: 'configured',
  session: { kind: 'signed-out' },
  oauth: anOAuthClient(),
  siblings: 0,
  ...changes,
});

export const aProblem = (changes: Partial<Problem> = {}): Problem => ({
  code: 'SESSION_ENDED',
  params: {},
  ...changes,
});

/** A flow that waits for the browser, begun at `startedAt` with two minutes to go (milliseconds since the epoch). */
export const aFlow = (
  startedAt: number,
  changes: Partial<Extract<SessionView, { kind: 'signing-in' }>> = {},
): Extract<SessionView, { kind: 'signing-in' }> => ({
  kind: 'signing-in',
  step: 'waiting-for-browser',
  startedAt,
  deadline: startedAt + 120_000,
  canExtend: true,
  ...changes,
});

export const aSnapshot = (
  registries: readonly RegistryView[],
  app: AppView = anApp(),
  seq = 1,
): Snapshot => ({
  seq,
  app,
  registries,
});
