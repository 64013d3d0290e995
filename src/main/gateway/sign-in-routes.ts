import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Code } from '../../contract/codes';
import type { Failure } from '../base/failure';
import type { Registry } from '../config';
import { type Answer, refusal } from './answer';
import { addRoute, nameIn } from './routes';
import type { WireLoggedOut, WireStartedFlow } from './schemas';
import type { GatewayServices } from './services';
import type { RunningFlow, SignInFlows } from './sign-in-flows';

type Services = Pick<GatewayServices, 'registry' | 'sessions' | 'sessionControl' | 'askPerson' | 'events'>;

/** What only a person may say yes to, who sees it in the window. */
const needsPerson: ReadonlySet<Code> = new Set(['CFG_HOST_SUSPICIOUS', 'CFG_ISSUER_CHANGED']);

/**
 * Starting and ending sign-ins, for programs that a person has allowed to.
 * @param origin how programs reach the gateway
 */
export function addSignInRoutes(
  app: FastifyInstance,
  services: Services,
  flows: SignInFlows,
  origin: () => string,
): void {
  const area = '/api/v1beta/registry/:name/auth';

  const initiate = ({ id }: Registry): Answer => {
    const initiated = flows.initiate(id);
    if (!initiated.ok) return notStarted(id, initiated.failure);
    const { kind, flow } = initiated.value;
    if (kind === 'already-running') return refusal('flow_in_progress', { flow_id: flow.id });
    services.events.record({ level: 'info', name: 'gateway', kind: 'sign-in-started', registryId: id });
    return { status: 202, body: startedFlow(origin(), id, flow) };
  };
  const notStarted = (id: string, { code }: Failure): Answer => {
    if (!needsPerson.has(code)) return refusal('auth_not_configured');
    services.events.record({
      level: 'warn',
      name: 'gateway',
      kind: 'confirmation-needed',
      registryId: id,
      code,
    });
    services.askPerson(id);
    return refusal('confirmation_required');
  };
  const logout = async ({ id }: Registry): Promise<Answer> => {
    const signedOut = await services.sessions.signOut(id);
    if (!signedOut.ok) return refusal('internal_error', { message: signedOut.failure.code });
    services.events.record({ level: 'info', name: 'gateway', kind: 'signed-out', registryId: id });
    const body: WireLoggedOut = { status: 'logged_out' };
    return { status: 200, body };
  };

  addRoute(app, 'POST', `${area}/initiate`, (request) => controlled(services, request, initiate));
  addRoute(app, 'POST', `${area}/logout`, (request) => controlled(services, request, logout));
  addRoute(app, 'GET', `${area}/status`, (request) => {
    const { flow_id: flowId } = request.query as { readonly flow_id?: unknown };
    if (typeof flowId !== 'string')
      return refusal('bad_request', { message: 'flow_id: the id of the flow, once.' });
    const body = flows.status(nameIn(request), flowId);
    return body === undefined ? refusal('not_found') : { status: 200, body };
  });
}

function controlled(
  services: Services,
  request: FastifyRequest,
  act: (registry: Registry) => Answer | Promise<Answer>,
): Answer | Promise<Answer> {
  const { isAllowed, isLocked } = services.sessionControl();
  if (!isAllowed) return refusal(isLocked ? 'setting_locked' : 'session_control_disabled');
  const registry = services.registry(nameIn(request));
  if (registry === undefined) return refusal('not_found');
  const canSignIn = registry.auth.type === 'oauth' && registry.blocked === undefined;
  return canSignIn ? act(registry) : refusal('auth_not_configured');
}

function startedFlow(origin: string, registryId: string, { id, deadline }: RunningFlow): WireStartedFlow {
  return {
    flow_id: id,
    poll_url: `${origin}/api/v1beta/registry/${encodeURIComponent(registryId)}/auth/status?flow_id=${id}`,
    expires_at: new Date(deadline).toISOString(),
  };
}
