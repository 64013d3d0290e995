import type { CommandHandlers, Outcome } from '../../contract/bridge';
import type { ServerDetails, ServersAnswer, ServerSummary } from '../../contract/server-list';
import { failed, type Result } from '../base/failure';
import type { ReadServers, ServerLists } from '../registry';
import type { Browser } from './browser';

type ServerCommands = 'readServers' | 'readServer' | 'openServerLink';

/** The commands about the servers of a registry. */
export function serverHandlers(
  lists: Pick<ServerLists, 'read' | 'server'>,
  browser: Browser,
): Pick<CommandHandlers, ServerCommands> {
  return {
    readServers: async ({ registryId, search, again }) =>
      answerOf(await lists.read(registryId, { search: search.trim(), again })),
    readServer: ({ registryId, name }) => {
      const server = lists.server(registryId, name);
      return Promise.resolve(server === undefined ? {} : { server });
    },
    openServerLink: async ({ registryId, name, link }) => {
      const found = lists.server(registryId, name)?.links.find(({ kind }) => kind === link);
      return outcomeOf(found === undefined ? failed('OP_STALE') : await browser.open(found.url));
    },
  };
}

function answerOf(result: Result<ReadServers>): ServersAnswer {
  if (!result.ok) return { kind: 'failed', problem: result.failure };
  const { servers, ...about } = result.value;
  return { kind: 'servers', servers: Array.from(servers.values(), summaryOf), ...about };
}

/** What a row shows; ten thousand of them cross to the page at once. */
const summaryOf = ({
  name,
  title,
  description,
  version,
  runs,
  isDeprecated,
}: ServerDetails): ServerSummary => ({
  name,
  ...(title !== undefined && { title }),
  description,
  version,
  runs,
  isDeprecated,
});

/** The browser speaks of signing in, which this is not. */
const outcomeOf = (result: Result<void>): Outcome => {
  if (result.ok) return { ok: true };
  const { code, params } = result.failure;
  return {
    ok: false,
    problem: { code: code === 'LOGIN_BROWSER_FAILED' ? 'REGISTRY_LINK_NOT_OPENED' : code, params },
  };
};
