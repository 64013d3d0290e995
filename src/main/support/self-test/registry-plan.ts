import { lookup } from 'node:dns/promises';
import type { Reachability } from '../../../contract/view-model';
import type { Result } from '../../base/failure';
import { type NetworkStreams, type ResolveProxy, routesOf } from '../../base/net';
import { type OAuthClientSettings, redirectUriOf } from '../../base/oauth-client-settings';
import type { Registry } from '../../config';
import type { Sessions } from '../../sessions';
import { fact, type Check, notNeeded, passed, refused } from './check';
import { checkCallbackPort, checkLoopback } from './callback-checks';
import { checkName, type HostOnTheWay } from './host-checks';
import { portHolder } from './port-holder';
import {
  clockOutcome,
  type DiscoveredProvider,
  discoveryOutcome,
  issuerOutcome,
  pkceOutcome,
} from './provider-checks';
import { checkProxy } from './proxy-check';
import { checkConfiguration, checkRegistryAnswer, checkSession } from './registry-checks';
import { lookAtServer } from './tls-connection';
import { checkTls } from './tls-check';

export interface RegistryEdges {
  readonly network: NetworkStreams;
  readonly resolveProxy: ResolveProxy;
  /** Trusted authorities, PEM; undefined: those built into the runtime. */
  readonly authorities: () => Promise<readonly string[] | undefined>;
  readonly sessions: Pick<Sessions, 'state' | 'redirectUri'>;
  readonly reachability: (id: string) => Reachability | undefined;
  /** Asks the provider anew who it is, and nothing is kept of the answer. */
  readonly discover: (
    client: OAuthClientSettings,
    signal: AbortSignal,
  ) => Promise<Result<DiscoveredProvider>>;
  /** Asks the provider whether it knows client and redirect address, without a sign-in. */
  readonly askAuthorization: (
    provider: DiscoveredProvider,
    client: OAuthClientSettings,
    redirectUri: string,
    signal: AbortSignal,
  ) => Promise<Result<'accepted' | 'unclear'>>;
}

/** "Check this registry": everything between this computer and a finished sign-in, but the sign-in. */
export function registryPlan(registry: Registry, edges: RegistryEdges): readonly Check[] {
  const { sessions, reachability, resolveProxy } = edges;
  const client = registry.auth.type === 'oauth' ? registry.auth.oauth : undefined;
  const urls = [registry.url, ...(client === undefined ? [] : [client.issuer])];
  const own: Check[] = [
    { name: 'configuration', run: () => Promise.resolve(checkConfiguration(registry)) },
    {
      name: 'session',
      run: () => Promise.resolve(checkSession(sessions.state(registry.id), reachability(registry.id))),
    },
    { name: 'proxy', needs: ['configuration'], run: () => checkProxy(urls, resolveProxy) },
    ...hostChecks('registry', registry.url, edges, {
      rule: registry.allowPrivateIp ? 'any' : 'public',
      forbiddenAddress: 'REGISTRY_PRIVATE_ADDRESS',
    }),
    {
      name: 'registry-answer',
      needs: ['configuration', 'proxy', 'registry-dns', 'registry-tls'],
      run: (signal) => checkRegistryAnswer(registry, edges.network, signal),
    },
  ];
  return client === undefined ? own : [...own, ...providerPlan(registry.id, client, edges)];
}

function providerPlan(registryId: string, client: OAuthClientSettings, edges: RegistryEdges): Check[] {
  const { discover, askAuthorization, sessions } = edges;
  let discovering: Promise<Result<DiscoveredProvider>> | undefined;
  const discovered = (signal: AbortSignal) => (discovering ??= discover(client, signal));
  const redirectUri = () => sessions.redirectUri(registryId) ?? redirectUriOf(client);
  return [
    ...hostChecks('provider', client.issuer, edges, {
      rule: 'any',
      forbiddenAddress: 'DISC_PRIVATE_ENDPOINT',
    }),
    {
      name: 'discovery',
      needs: ['configuration', 'proxy', 'provider-dns', 'provider-tls'],
      run: async (signal) => discoveryOutcome(await discovered(signal), client),
    },
    {
      name: 'issuer',
      needs: ['discovery'],
      run: async (signal) => issuerOutcome(await discovered(signal), client),
    },
    { name: 'pkce', needs: ['issuer'], run: async (signal) => pkceOutcome(await discovered(signal)) },
    { name: 'clock', needs: ['discovery'], run: async (signal) => clockOutcome(await discovered(signal)) },
    {
      name: 'redirect-address',
      needs: ['configuration'],
      run: () => Promise.resolve(passed({ facts: [fact('redirect-uri', redirectUri())] })),
    },
    {
      name: 'redirect-accepted',
      needs: ['pkce'],
      run: async (signal) => {
        const provider = await discovered(signal);
        if (!provider.ok) return notNeeded();
        const tried = redirectUri();
        const answer = await askAuthorization(provider.value, client, tried, signal);
        if (!answer.ok) return refused(answer.failure, { tried });
        return answer.value === 'accepted' ? passed({ tried }) : notNeeded({ tried });
      },
    },
    {
      name: 'callback-port',
      needs: ['configuration'],
      run: () => checkCallbackPort(client.callbackPort, portHolder),
    },
    {
      name: 'loopback',
      needs: ['configuration'],
      run: (signal) => checkLoopback(client.callbackHost, signal),
    },
  ];
}

function hostChecks(
  whose: 'registry' | 'provider',
  address: string,
  { resolveProxy, authorities }: RegistryEdges,
  rules: Pick<HostOnTheWay, 'rule' | 'forbiddenAddress'>,
): Check[] {
  const host = async (): Promise<HostOnTheWay> => {
    const [route = { kind: 'direct' }] = routesOf(await resolveProxy(address).catch(() => 'DIRECT'));
    return { url: new URL(address), route, ...rules };
  };
  return [
    {
      name: `${whose}-dns`,
      needs: ['configuration', 'proxy'],
      run: async () => checkName(await host(), (name) => lookup(name, { all: true })),
    },
    {
      name: `${whose}-tls`,
      needs: ['configuration', 'proxy', `${whose}-dns`],
      run: async (signal) => checkTls(await host(), { look: lookAtServer, ca: await authorities(), signal }),
    },
  ];
}
