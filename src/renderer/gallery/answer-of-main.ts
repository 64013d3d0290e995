import type { ServersAnswer, ServerSummary } from '../../contract/server-list';
import { aServer, listed, someServers, theDetails } from '../testing/server-views';
import { someComputerFacts, someRegistryFacts } from '../testing/support-views';
import { aProblem } from '../testing/views';

/** What the gallery's main answers to a command, besides the view. */
export function answerOfMain(command: string, input: unknown): Promise<unknown> {
  if (command === 'readRegistryFacts') return Promise.resolve({ facts: someRegistryFacts() });
  if (command === 'readComputerFacts') return Promise.resolve(someComputerFacts());
  if (command === 'readServers') return Promise.resolve(serversOf(input as { registryId: string }));
  if (command === 'readServer') return Promise.resolve({ server: theDetails() });
  return Promise.resolve({ ok: true });
}

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
function serversOf({ registryId }: { readonly registryId: string }): ServersAnswer {
  if (registryId === 'r0001') return listed(someServers(10_000));
  if (registryId !== 'open') return listed(servers);
  const stale = aProblem({ code: 'NET_REFUSED', params: { host: 'registry.modelcontextprotocol.example' } });
  return listed(servers, { readAt: Date.now() - 12 * 60_000, unreadable: 1, stale });
}
