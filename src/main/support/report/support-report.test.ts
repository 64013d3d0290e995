import { expect, test } from 'vitest';
import type { ActivityEntry } from '../../../contract/activity';
import type { SelfTestRun } from '../../../contract/self-test';
import type { ComputerFacts, RegistryFacts } from '../../../contract/support-view';
import type { AppView, RegistryView } from '../../../contract/view-model';
import { failure } from '../../base/failure';
import type { ReportParts } from './support-report';
import { SupportReport } from './support-report';

const madeAt = Date.UTC(2026, 0, 5, 9, 0);

const row = (changes: Partial<RegistryView> = {}): RegistryView => ({
  id: 'acme',
  name: 'Acme',
  url: 'https://mcp.acme.example/registry',
  host: 'mcp.acme.example',
  source: 'user',
  location: '/home/alice/.config/Gatepass/config.yaml:3',
  locked: false,
  authType: 'oauth',
  status: 'authenticated',
  session: { kind: 'signed-in', account: 'alice@acme.example' },
  oauth: {
    issuer: 'https://login.acme.example',
    clientId: 'iX9k2Lq8Zt4Wv6Bn1Mc3Yp5R',
    scopes: ['openid', 'offline_access'],
    redirectUri: 'http://127.0.0.1:8666/callback',
    callbackPort: 8666,
    slot: 'REGISTRY_OAUTH_1A2B3C4D',
  },
  siblings: 0,
  ...changes,
});
const app = (changes: Partial<AppView> = {}): AppView => ({
  loaded: true,
  configurationFile: '/home/alice/.config/Gatepass/config.yaml',
  configurationProblems: [],
  mayAddRegistries: true,
  settings: [
    {
      key: 'theme',
      value: 'dark',
      source: 'policy-enforced',
      location: '/etc/gatepass/policy.yaml:4',
      locked: true,
    },
  ],
  gateway: { kind: 'off' },
  keychain: { kind: 'nothing-to-say' },
  version: '0.1.0',
  ...changes,
});
const facts = (changes: Partial<RegistryFacts> = {}): RegistryFacts => ({
  state: 'signed-in',
  keySource: { kind: 'keychain' },
  refreshToken: { kind: 'present', length: '64–511', kept: 'sealed' },
  accessToken: { kind: 'absent' },
  openAttempts: 0,
  times: { signedInAt: madeAt },
  counters: { signIns: 1, refreshes: 2, failures: 0 },
  ...changes,
});
const run = (checks: SelfTestRun['checks'] = []): SelfTestRun => ({
  target: { kind: 'computer' },
  state: 'done',
  startedAt: madeAt,
  checks,
});

interface World {
  readonly rows?: readonly RegistryView[];
  readonly app?: AppView;
  readonly facts?: RegistryFacts;
  readonly activity?: readonly ActivityEntry[];
  readonly run?: SelfTestRun;
  readonly setAside?: ComputerFacts['setAside'];
}

async function reportOf(world: World = {}) {
  const rows = world.rows ?? [row()];
  const asked: string[] = [];
  const parts: ReportParts = {
    clock: { now: () => madeAt },
    view: {
      ids: () => rows.map(({ id }) => id),
      row: (id) => rows.find((each) => each.id === id),
      app: () => world.app ?? app(),
    },
    support: {
      registryFacts: () => Promise.resolve(world.facts ?? facts()),
      computerFacts: () =>
        Promise.resolve({
          version: '0.1.0',
          parts: [{ name: 'linux', version: '6.8.0 x64' }],
          profileFolder: '/home/alice/.config/Gatepass',
          startedAt: madeAt,
          keySource: { kind: 'keychain' },
          keptSignIns: [],
          setAside: world.setAside ?? [],
        }),
      activity: () => world.activity ?? [],
    },
    selfTest: {
      runQuietly: (target) => {
        asked.push(target.kind === 'computer' ? 'computer' : target.registryId);
        return Promise.resolve(target.kind === 'computer' ? (world.run ?? run()) : undefined);
      },
    },
    person: { userName: 'alice', homeFolder: '/home/alice' },
  };
  const report = new SupportReport(parts);
  expect(report.text('masked')).toBeUndefined();
  await report.collect();
  return { masked: report.text('masked') ?? '', shown: report.text('shown') ?? '', asked };
}

test('it tells versions, states, settings with who decided them, and where each thing was found', async () => {
  const { masked } = await reportOf();
  for (const told of [
    /^Gatepass support report$/m,
    /^ {2}linux: +6\.8\.0 x64$/m,
    /^== Registry Acme ==$/m,
    /^ {2}state: +signed-in \(authenticated\)$/m,
    /^ {2}client id: +iX9k2Lq8Zt4Wv6Bn1Mc3Yp5R$/m,
    /^ {2}refresh token: +present, 64–511 characters, sealed$/m,
    /^ {2}signed in: +2026-01-05T09:00:00\.000Z$/m,
    /^ {2}last use: +–$/m,
    /^ {2}theme: +dark \(policy-enforced, locked; \/etc\/gatepass\/policy\.yaml:4\)$/m,
    /^== What is wrong ==\n {2}nothing that Gatepass knows of$/m,
  ])
    expect(masked).toMatch(told);
});

test('what was set aside is told with what it was, a data key apart from sign-ins', async () => {
  const setAside = [
    { kind: 'sign-in', at: madeAt, host: 'mcp.acme.example' },
    { kind: 'data-key', at: madeAt },
  ] as const;
  const { masked } = await reportOf({ setAside });
  expect(masked).toMatch(/^ {2}set aside: +the sign-in of mcp\.acme\.example, 20/m);
  expect(masked).toMatch(/^ {2}set aside: +a data key that could not be used, 20/m);
  expect((await reportOf({ setAside: 'unreadable' })).masked).toMatch(/^ {2}set aside: +not known/m);
});

test('what is wrong comes first, whoever noticed it, each once', async () => {
  const { masked } = await reportOf({
    rows: [row({ session: { kind: 'needs-attention', next: 'sign-in', problem: failure('LOGIN_TIMEOUT') } })],
    app: app({
      configurationProblems: [{ ...failure('CFG_POLICY_UNTRUSTED', { reason: 'owner' }), location: 'p' }],
    }),
    run: run([
      {
        name: 'keychain',
        state: 'done',
        durationMs: 7,
        outcome: { verdict: 'fail', problem: failure('STORE_LOCKED') },
      },
      { name: 'loopback', state: 'waiting' },
    ]),
    activity: [
      {
        seq: 1,
        at: madeAt,
        level: 'warn',
        name: 'session-changed',
        registryId: 'acme',
        kind: 'sign-in-failed',
        code: 'LOGIN_TIMEOUT',
        durationMs: 120,
        correlationId: '0a1b2c3d',
      },
    ],
  });
  expect(masked).toContain(
    [
      '== What is wrong ==',
      '  configuration: CFG_POLICY_UNTRUSTED (reason owner)',
      '  Acme: LOGIN_TIMEOUT',
      '  this computer, self-test keychain: STORE_LOCKED',
    ].join('\n'),
  );
  expect(masked).toMatch(/^ {2}keychain: +FAIL, 7 ms\n {6}STORE_LOCKED$/m);
  expect(masked).toMatch(/^ {2}loopback: +not run$/m);
  expect(masked).toContain('warn session-changed sign-in-failed acme LOGIN_TIMEOUT 120 ms 0a1b2c3d');
});

test('names are masked unless they are wanted', async () => {
  const { masked, shown } = await reportOf();
  expect(masked).not.toMatch(/alice/);
  expect(masked).toMatch(/account: +‹account 1›/);
  expect(masked).toContain('~/.config/Gatepass/config.yaml');
  expect(shown).toContain('alice@acme.example');
  expect(shown).toContain('/home/alice/.config/Gatepass');
});

test('of many registries those with a problem are told and tested first', async () => {
  const rows = Array.from({ length: 60 }, (_, index) => row({ id: `r${index}`, name: `R${index}` }));
  rows.push(row({ id: 'bad', name: 'Bad', session: { kind: 'expired', problem: failure('SESSION_ENDED') } }));
  const { masked, asked } = await reportOf({ rows });
  expect(asked.slice(0, 2)).toEqual(['computer', 'bad']);
  expect(asked).toHaveLength(13);
  expect(masked).toContain('Bad: SESSION_ENDED');
  expect(masked).toContain('… and 11 more registries');
});

/** What somebody could write where it does not belong, in the shapes that tokens have. */
const canaries = [
  'canary7f3k9x2m5q8w1z4c6v0b',
  'eyJjYW5hcnkiOjEyMzQ1Njc4OTB9.eyJzdWIiOiJjYW5hcnkxMjM0NTYifQ.c2lnbmF0dXJlLTEyMzQ1Njc4OTA',
  'Y2FuYXJ5LTEyMzQ1Njc4OTAtYWJj+def123==',
];

test.each(canaries)('a canary in any field that somebody else can fill is not in it: %s', async (canary) => {
  const problem = failure('LOGIN_IDP_ERROR', { actual: canary, field: canary }, `it says ${canary}`);
  const url = `https://u:${canary}@mcp.acme.example/${canary}?token=${canary}#${canary}`;
  const value = { name: 'port-holder', value: canary } as const;
  const { masked, shown } = await reportOf({
    rows: [
      row({
        id: canary,
        name: canary,
        url,
        location: `/home/${canary}/config.yaml`,
        session: { kind: 'signed-in', account: canary, problem, notRemembered: problem },
        reachability: { kind: 'fails', checkedAt: 1, problem },
        oauth: {
          issuer: url,
          clientId: 'gatepass',
          scopes: [canary],
          audience: canary,
          redirectUri: url,
          callbackPort: 1,
          slot: canary,
        },
      }),
    ],
    app: app({
      configurationFile: `/x/${canary}`,
      configurationProblems: [{ ...problem, location: canary }],
      settings: [{ key: canary, value: [canary], source: 'user', location: canary, locked: false }],
      gateway: { kind: 'failed', problem },
      keychain: { kind: 'missing', problem },
    }),
    facts: facts({
      scopesGranted: canary,
      discovered: { issuer: url, endpoints: [{ name: canary, url }], namesItselfInAnswers: true },
    }),
    run: run([
      {
        name: 'proxy',
        state: 'done',
        durationMs: 1,
        outcome: { verdict: 'fail', tried: url, facts: [value], problem },
      },
    ]),
  });
  for (const text of [masked, shown]) {
    expect(text).toContain('LOGIN_IDP_ERROR');
    for (const piece of canary.split('.')) expect(text).not.toContain(piece);
  }
});
