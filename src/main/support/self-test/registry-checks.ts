import type { CheckOutcome } from '../../../contract/self-test';
import type { Reachability } from '../../../contract/view-model';
import { systemClock } from '../../base/clock';
import { failed } from '../../base/failure';
import type { NetworkStreams } from '../../base/net';
import type { Registry } from '../../config';
import { askRegistry, probeRegistry } from '../../registry';
import type { SessionState } from '../../sessions';
import { fact, notNeeded, passed, refused, warned } from './check';

/** What configuration says of the registry itself. */
export function checkConfiguration({ blocked, warnings, location, line }: Registry): CheckOutcome {
  const tried = line === undefined ? location : `${location}:${line}`;
  if (blocked !== undefined) return refused(blocked, { tried });
  const [warning] = warnings;
  return warning === undefined ? passed({ tried }) : warned(warning, { tried });
}

/** What the session is at now; asks nobody, and starts nothing. */
export function checkSession(
  state: SessionState | undefined,
  reachability: Reachability | undefined,
): CheckOutcome {
  if (state === undefined) return notNeeded();
  const facts = [fact('account-state', state.kind)];
  switch (state.kind) {
    case 'expired':
    case 'error':
    case 'blocked':
      return refused(state.failure, { facts });
    case 'signed-in':
    case 'refreshing': {
      if (reachability?.kind === 'fails') return refused(asFailure(reachability), { facts });
      const problem =
        state.kind === 'signed-in' ? (state.problem ?? state.held.notRemembered) : state.held.notRemembered;
      return problem === undefined ? passed({ facts }) : warned(problem, { facts });
    }
    case 'signed-out':
    case 'signing-in':
      return passed({ facts });
  }
}

const asFailure = ({ problem }: Extract<Reachability, { kind: 'fails' }>) => problem;

/**
 * Whether the registry answers as one, asked without a token: one that then asks for a sign-in is there. Nobody's session
 * is used, so nothing is refreshed.
 */
export async function checkRegistryAnswer(
  registry: Registry,
  network: NetworkStreams,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const tried = registry.url;
  let status: number | undefined;
  const client = {
    request: async (_registry: Registry, { path, deadlineMs }: { path: string; deadlineMs?: number }) => {
      const question = {
        base: registry.url,
        path,
        allowPrivateIp: registry.allowPrivateIp,
        ...(deadlineMs !== undefined && { deadlineMs }),
      };
      const answer = await askRegistry(network, question, signal);
      if (!answer.ok) return answer;
      status = answer.value.status;
      if (status !== 401 && status !== 403) return answer;
      answer.value.body?.destroy();
      return registry.auth.type === 'none'
        ? failed('REGISTRY_NEEDS_SIGN_IN', { name: registry.name })
        : failed('REGISTRY_AUTH_REQUIRED');
    },
  };
  const result = await probeRegistry(client, systemClock, registry);
  const facts = status === undefined ? [] : [fact('status', status)];
  if (result.ok || result.failure.code === 'REGISTRY_AUTH_REQUIRED') return passed({ tried, facts });
  return refused(result.failure, { tried, facts });
}
