import type { ServersAnswer, ServerSummary } from '../../contract/server-list';
import { aServer, listed, someServers } from '../testing/server-views';
import { aProblem } from '../testing/views';

const servers: readonly ServerSummary[] = [
  aServer({ runs: ['remote', 'npm', 'oci'] }),
  aServer({
    name: 'io.acme/tickets',
    title: 'Tickets',
    description: 'Searches, reads and files support tickets.',
    version: '2.4.1',
  }),
  aServer({
    name: 'io.acme.data/warehouse',
    title: 'Data warehouse',
    description: 'Runs read-only queries against the data warehouse, and explains what the columns mean.',
    version: '3.0.2',
    runs: ['oci'],
    isDeprecated: true,
  }),
  aServer({
    name: 'io.acme.data/metrics',
    title: 'Metrics',
    description: 'Charts and explains business metrics.',
    version: '1.2.0',
    runs: ['pypi'],
  }),
];

/** The registry without sign-in cannot be reached; the one of the 1,000 has as many servers as are read. */
export function serversOf({ registryId }: { readonly registryId: string }): ServersAnswer {
  if (registryId === 'r0001') return listed(someServers(10_000));
  if (registryId !== 'open') return listed(servers);
  const stale = aProblem({ code: 'NET_REFUSED', params: { host: 'registry.modelcontextprotocol.example' } });
  return listed(servers, { readAt: Date.now() - 12 * 60_000, unreadable: 1, stale });
}
