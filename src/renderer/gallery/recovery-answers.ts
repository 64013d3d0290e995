import type { KeptRecords } from '../../contract/recovery-view';
import type { CheckOutcome, CheckView, SelfTestRun } from '../../contract/self-test';
import { aProblem } from '../testing/views';

const done = (name: CheckView['name'], outcome: CheckOutcome, durationMs: number): CheckView => ({
  name,
  state: 'done',
  outcome,
  durationMs,
});

/** A run that found what most runs are for: somebody else has the port. */
export const selfTest = (now: number): SelfTestRun => ({
  target: { kind: 'registry', registryId: 'acme' },
  state: 'done',
  startedAt: now - 4_000,
  checks: [
    done('configuration', { verdict: 'pass', tried: '/etc/gatepass/policy.yaml' }, 1),
    done('registry-dns', { verdict: 'pass', tried: 'mcp.acme.example' }, 12),
    done('registry-answer', { verdict: 'pass', tried: 'https://mcp.acme.example/registry' }, 148),
    done('pkce', { verdict: 'pass' }, 0),
    done(
      'clock',
      {
        verdict: 'warn',
        facts: [{ name: 'clock-ahead', value: '75 s' }],
        problem: aProblem({ code: 'CLOCK_SKEW' }),
      },
      0,
    ),
    done(
      'callback-port',
      {
        verdict: 'fail',
        tried: '127.0.0.1:8666',
        facts: [{ name: 'port-holder', value: 'thv (812)' }],
        problem: aProblem({ code: 'LOGIN_PORT_BUSY', params: { port: 8666 } }),
      },
      3,
    ),
    done('loopback', { verdict: 'left-out' }, 0),
  ],
});

export const keptRecords = (now: number): KeptRecords => ({
  setAside: [
    {
      id: 'one',
      at: now - 86_400_000,
      kind: 'sign-in',
      owner: {
        registry: 'https://catalogue.umbrella.example',
        issuer: 'https://login.umbrella.example',
        account: 'a.smith@umbrella.example',
      },
    },
    { id: 'two', at: now - 3 * 86_400_000, kind: 'sign-in' },
    { id: 'three', at: now - 3 * 86_400_000, kind: 'data-key' },
  ],
  unused: [
    {
      owner: { registry: 'https://old.acme.example', issuer: 'https://login.acme.example/realms/main' },
      since: now - 12 * 86_400_000,
    },
  ],
});

export const report = `Gatepass 0.1.0 · report of Mar 10, 2026, 14:05

Registry 1: signed-in · authenticated
  issuer: https://login.acme.example/realms/main
  refresh token: present, 512–4095 characters, sealed
  access token: present, 512–4095 characters, memory
  last error: none
`;
