import type { RegistryView } from '../../contract/view-model';
import { aFlow, anOAuthClient, aProblem, aRegistry } from '../testing/views';

/** Every state a registry can be in, as rows of one list. Times count from `now`, milliseconds since the epoch. */
export const everyState = (now: number): readonly RegistryView[] => [
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
export const everyStep = (now: number): readonly RegistryView[] => [
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
export const everyProblem = (now: number): readonly RegistryView[] => [
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
