import { networkInterfaces } from 'node:os';
import type { CheckOutcome } from '../../../contract/self-test';
import type { GatewayView } from '../../../contract/view-model';
import { failure } from '../../base/failure';
import type { Effective, PolicyState } from '../../config';
import { checkCallbackPort, checkLoopback } from './callback-checks';
import { type Check, fact, notNeeded, passed, refused, warned } from './check';
import { portHolder } from './port-holder';
import { checkKeychain, checkProfileFolder, type ProbedKeychain } from './storage-checks';

export interface ComputerEdges {
  readonly configuration: () => Effective;
  readonly policies: () => Promise<readonly PolicyState[]>;
  readonly profileFolder: string;
  readonly keychain: ProbedKeychain;
  readonly gateway: () => GatewayView;
}

/** The port that registries use which say nothing of one. */
const usualPort = 8666;
const mostProblems = 20;

/** "Check this computer": what every sign-in here depends on. */
export function computerPlan(edges: ComputerEdges): readonly Check[] {
  const { configuration, policies, profileFolder, keychain, gateway } = edges;
  return [
    { name: 'network', run: () => Promise.resolve(checkNetwork()) },
    { name: 'configuration-files', run: () => Promise.resolve(checkFiles(configuration())) },
    { name: 'policies', run: async () => checkPolicies(await policies()) },
    { name: 'profile-folder', run: () => checkProfileFolder(profileFolder) },
    { name: 'keychain', longestMs: 16_000, run: () => checkKeychain(keychain) },
    { name: 'callback-port', run: () => checkCallbackPort(portIn(configuration()), portHolder) },
    { name: 'loopback', run: (signal) => checkLoopback('127.0.0.1', signal) },
    { name: 'gateway', run: () => Promise.resolve(checkGateway(gateway())) },
  ];
}

type Interfaces = Readonly<
  Partial<Record<string, readonly { readonly address: string; readonly internal: boolean }[]>>
>;

export function checkNetwork(interfaces: Interfaces = networkInterfaces()): CheckOutcome {
  const addresses = Object.values(interfaces).flatMap(
    (all) => all?.filter(({ internal }) => !internal) ?? [],
  );
  return addresses.length > 0
    ? passed({ facts: addresses.slice(0, 8).map(({ address }) => fact('address', address)) })
    : refused(failure('NET_OFFLINE'));
}

/** Every problem of every file, in short; the first one decides what to do. */
export function checkFiles({ problems }: Pick<Effective, 'problems'>): CheckOutcome {
  const [first] = problems;
  if (first === undefined) return passed();
  const facts = problems
    .slice(0, mostProblems)
    .map(({ code, location, line }) =>
      fact('problem', `${code} ${location}${line === undefined ? '' : `:${line}`}`),
    );
  return refused({ code: first.code, params: first.params }, { tried: first.location, facts });
}

export function checkPolicies(states: readonly PolicyState[]): CheckOutcome {
  const facts = states.map(({ kind, location }) => fact(`policy-${kind}`, location));
  const bad = states.find((state) => state.kind === 'refused');
  return bad === undefined ? passed({ facts }) : refused(bad.failure, { tried: bad.location, facts });
}

export function checkGateway(gateway: GatewayView): CheckOutcome {
  if (gateway.kind === 'off') return notNeeded();
  return gateway.kind === 'on' ? passed({ tried: gateway.url }) : warned(gateway.problem);
}

function portIn({ registries }: Effective): number {
  const [first] = registries.flatMap(({ auth }) => (auth.type === 'oauth' ? [auth.oauth.callbackPort] : []));
  return first ?? usualPort;
}
