import { expect, test } from 'vitest';
import type { SessionView } from '../../contract/view-model';
import { failure } from '../base/failure';
import { clientOf } from '../identity/testing/client';
import type { SessionState } from '../sessions';
import { registryOf } from '../sessions/testing/registry-of';
import { registryRow, type RowParts } from './registry-row';

const client = clientOf('https://login.acme.example', { audience: 'https://mcp.acme.example' });
const parts: RowParts = {
  registry: registryOf('acme', client),
  state: { kind: 'signed-out' },
  beforeSignIn: undefined,
  siblings: 0,
  redirectUri: 'http://127.0.0.1:8666/callback',
  reachability: undefined,
  knownAs: undefined,
  token: undefined,
};
const rowOf = (changes: Partial<RowParts> = {}) => registryRow({ ...parts, ...changes });

const problem = failure('SESSION_ENDED');
const held = { account: 'alice@acme.example' };
const flow = { step: 'completing', startedAt: 1, deadline: 2, canExtend: true } as const;

test('the place of a registry has the line of its entry, where its source has lines', () => {
  const at = (line: number | undefined) => {
    const placed = {
      ...parts.registry,
      location: '/etc/gatepass/policy.yaml',
      ...(line !== undefined && { line }),
    };
    return rowOf({ registry: placed }).location;
  };
  expect(at(12)).toBe('/etc/gatepass/policy.yaml:12');
  expect(at(undefined)).toBe('/etc/gatepass/policy.yaml');
});

test('what has to be confirmed before a sign-in stands beside the session, which is what it is', () => {
  const beforeSignIn = failure('CFG_ISSUER_CHANGED', {
    former: 'https://a.example',
    issuer: 'https://b.example',
  });
  expect(rowOf({ beforeSignIn })).toMatchObject({ session: { kind: 'signed-out' }, beforeSignIn });
  expect(rowOf()).not.toHaveProperty('beforeSignIn');
});

test('what ToolHive says of its own sign-in is shown of what came from ToolHive, and of nothing else', () => {
  const from = (changes: object) => rowOf({ registry: { ...parts.registry, ...changes } }).toolhive;
  expect(from({ source: 'toolhive', isToolhiveSignedIn: true })).toEqual({ isSignedIn: true });
  expect(from({ source: 'toolhive' })).toEqual({ isSignedIn: false });
  expect(from({ source: 'user', isToolhiveSignedIn: true })).toBeUndefined();
});

test.each<[SessionState, SessionView, string]>([
  [{ kind: 'signed-out' }, { kind: 'signed-out' }, 'configured'],
  [
    { kind: 'signing-in', flow, before: { kind: 'signed-out' } },
    { kind: 'signing-in', ...flow },
    'configured',
  ],
  [
    { kind: 'signing-in', flow, before: { kind: 'signed-in', held } },
    { kind: 'signing-in', ...flow },
    'authenticated',
  ],
  [{ kind: 'signed-in', held }, { kind: 'signed-in', ...held }, 'authenticated'],
  [{ kind: 'signed-in', held, problem }, { kind: 'signed-in', ...held, problem }, 'authenticated'],
  [{ kind: 'refreshing', held }, { kind: 'signed-in', ...held }, 'authenticated'],
  [{ kind: 'expired', failure: problem, ...held }, { kind: 'expired', problem, ...held }, 'expired'],
  [{ kind: 'expired', failure: problem }, { kind: 'expired', problem }, 'expired'],
  [{ kind: 'error', failure: problem }, { kind: 'needs-attention', problem, next: 'sign-in' }, 'configured'],
  [
    { kind: 'error', failure: problem, held },
    { kind: 'needs-attention', problem, next: 'sign-in', ...held },
    'authenticated',
  ],
  [
    { kind: 'error', failure: failure('REGISTRY_REJECTED_TOKEN'), held },
    { kind: 'needs-attention', problem: failure('REGISTRY_REJECTED_TOKEN'), next: 'none', ...held },
    'authenticated',
  ],
  [{ kind: 'blocked', failure: problem }, { kind: 'needs-attention', problem, next: 'none' }, 'configured'],
])('%j is shown as %j, and on the wire as %s', (state, session, status) => {
  expect(rowOf({ state })).toMatchObject({ session, status });
  expect(rowOf({ state }).session).toEqual(session);
});

test('a registry without sign-in needs none', () => {
  const row = rowOf({ registry: { ...parts.registry, auth: { type: 'none' } }, state: undefined });
  expect(row).toMatchObject({ authType: 'none', status: 'none', session: { kind: 'no-sign-in-needed' } });
  expect(row).not.toHaveProperty('oauth');
});

test('the client is shown as configured, with its slot and the address that is in force', () => {
  expect(rowOf({ redirectUri: 'http://127.0.0.1:8666/callback/1a2b3c4d' }).oauth).toEqual({
    issuer: 'https://login.acme.example',
    clientId: 'gatepass',
    scopes: ['openid', 'offline_access'],
    audience: 'https://mcp.acme.example',
    callbackPort: 8666,
    slot: expect.stringMatching(/^REGISTRY_OAUTH_[0-9A-F]{8}$/i) as string,
    redirectUri: 'http://127.0.0.1:8666/callback/1a2b3c4d',
  });
});

test('a redirect address that is not certain yet is not shown at all', () => {
  expect(rowOf({ redirectUri: undefined }).oauth).not.toHaveProperty('redirectUri');
});

test('a blocked registry keeps the kind of sign-in that was meant, and an address that cannot be read is its host', () => {
  const registry = {
    ...parts.registry,
    url: '',
    auth: { type: 'unusable', intended: 'bearer' },
    blocked: problem,
  } as const;
  expect(rowOf({ registry, state: { kind: 'blocked', failure: problem } })).toMatchObject({
    authType: 'bearer',
    host: '',
  });
});

test('host with port, siblings and what the registry last answered are passed on', () => {
  const reachability = { kind: 'answers', checkedAt: 7 } as const;
  const registry = { ...parts.registry, url: 'http://127.0.0.1:5000/registry' };
  expect(rowOf({ registry, siblings: 2, reachability })).toMatchObject({
    host: '127.0.0.1:5000',
    siblings: 2,
    reachability,
  });
});

test('where the sign-in service does not say who it is, the registry may; it never overrules it', () => {
  const knownAs = { subject: 'user-17', roles: ['reader'] };
  const accountIn = (state: SessionState) => rowOf({ state, knownAs }).session;
  expect(accountIn({ kind: 'signed-in', held: {} })).toEqual({ kind: 'signed-in', account: 'user-17' });
  expect(accountIn({ kind: 'signed-in', held })).toEqual({ kind: 'signed-in', ...held });
  expect(accountIn({ kind: 'signed-out' })).toEqual({ kind: 'signed-out' });
  expect(rowOf({ knownAs }).knownAs).toEqual(knownAs);
  expect(rowOf()).not.toHaveProperty('knownAs');
});
