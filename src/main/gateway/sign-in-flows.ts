import { randomUUID } from 'node:crypto';
import { failed, type Result, success } from '../base/failure';
import type { SessionEvent, SessionState } from '../sessions';
import type { WireFlowStatus } from './schemas';

/** One sign-in that is running, however it was started. */
export interface RunningFlow {
  readonly id: string;
  /** Milliseconds since the epoch; later when the person asks for more time. */
  readonly deadline: number;
}

export type Initiated = { readonly kind: 'started' | 'already-running'; readonly flow: RunningFlow };

interface FlowSessions {
  state(registryId: string): SessionState | undefined;
  signIn(registryId: string, account: 'default'): Result<void>;
  onChange(listener: (registryId: string, event: SessionEvent) => void): () => void;
}

interface Flow {
  readonly id: string;
  readonly registryId: string;
  readonly startedAt: number;
  status: WireFlowStatus;
}

/** How many flows are remembered for polling; more than anyone polls, and little to keep. */
const mostRemembered = 200;

/**
 * Gives every sign-in an id that other programs can ask about. Those that a person starts in the window have one too: a
 * program that wants to sign in then learns of the running one instead of opening a second browser page.
 */
export class SignInFlows {
  readonly #sessions: FlowSessions;
  readonly #flows = new Map<string, Flow>();
  readonly #running = new Map<string, Flow>();
  readonly #stop: () => void;

  constructor(sessions: FlowSessions) {
    this.#sessions = sessions;
    this.#stop = sessions.onChange((registryId, event) => {
      this.#note(registryId, event);
    });
  }

  /**
   * Starts a sign-in in the background, or tells of the one that runs. OP_STALE where there is nothing to sign in to; else
   * what a person has to confirm first, see `Sessions.signIn`.
   */
  initiate(registryId: string): Result<Initiated> {
    const running = this.#runningFlow(registryId);
    if (running !== undefined) return success({ kind: 'already-running', flow: running });
    const started = this.#sessions.signIn(registryId, 'default');
    if (!started.ok) return started;
    const flow = this.#runningFlow(registryId);
    return flow === undefined ? failed('OP_STALE') : success({ kind: 'started', flow });
  }

  /** Undefined for an id that was never given for this registry, or is forgotten. */
  status(registryId: string, flowId: string): WireFlowStatus | undefined {
    const flow = this.#flows.get(flowId);
    if (flow?.registryId !== registryId) return undefined;
    // A registry that was edited meanwhile ends its flow without a word.
    if (flow.status.state === 'pending' && this.#runningFlow(registryId)?.id !== flowId)
      this.#end(flow, stale);
    return flow.status;
  }

  close(): void {
    this.#stop();
  }

  #runningFlow(registryId: string): RunningFlow | undefined {
    const state = this.#sessions.state(registryId);
    if (state?.kind !== 'signing-in') return undefined;
    const { startedAt, deadline } = state.flow;
    return { id: this.#flowOf(registryId, startedAt).id, deadline };
  }

  /** The flow that started then, known or not: one may be older than the gateway. */
  #flowOf(registryId: string, startedAt: number): Flow {
    const known = this.#running.get(registryId);
    if (known?.startedAt === startedAt) return known;
    if (known !== undefined) this.#end(known, stale);
    const id = randomUUID();
    const flow: Flow = { id, registryId, startedAt, status: { flow_id: id, state: 'pending' } };
    this.#flows.set(id, flow);
    this.#running.set(registryId, flow);
    for (const oldest of this.#flows.keys()) {
      if (this.#flows.size <= mostRemembered) break;
      this.#flows.delete(oldest);
    }
    return flow;
  }

  #note(registryId: string, event: SessionEvent): void {
    if (event.type === 'sign-in-progressed') this.#flowOf(registryId, event.flow.startedAt);
    const flow = this.#running.get(registryId);
    const end = endOf(event);
    if (flow !== undefined && end !== undefined) this.#end(flow, end);
  }

  #end(flow: Flow, end: FlowEnd): void {
    flow.status = { flow_id: flow.id, ...end };
    if (this.#running.get(flow.registryId) === flow) this.#running.delete(flow.registryId);
  }
}

type FlowEnd = Omit<WireFlowStatus, 'flow_id'>;

const stale: FlowEnd = { state: 'failed', code: 'OP_STALE' };

function endOf(event: SessionEvent): FlowEnd | undefined {
  switch (event.type) {
    case 'sign-in-succeeded':
      return { state: 'completed' };
    case 'sign-in-failed':
      return event.failure.code === 'LOGIN_TIMEOUT'
        ? { state: 'expired', code: 'LOGIN_TIMEOUT' }
        : { state: 'failed', code: event.failure.code };
    case 'sign-in-cancelled':
    case 'signed-out':
      return { state: 'failed', code: 'LOGIN_CANCELLED' };
    case 'restored':
    case 'restored-ended':
    case 'not-restored':
    case 'storage-changed':
    case 'sign-in-progressed':
    case 'refresh-started':
    case 'refresh-succeeded':
    case 'refresh-failed':
    case 'refresh-postponed':
    case 'unusable':
    case 'usable':
    case 'ended':
    case 'blocked':
      return undefined;
  }
}
