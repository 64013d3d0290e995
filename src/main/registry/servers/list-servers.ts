import { z } from 'zod';
import type { ServerDetails } from '../../../contract/server-list';
import type { Clock } from '../../base/clock';
import { failed, type Result, success } from '../../base/failure';
import type { Registry } from '../../config';
import { jsonOf } from '../json-answer';
import type { RegistryClient } from '../registry-client';
import { kindOf } from '../registry-kind';
import { type Entry, readListEntry, readServer } from './server-entry';
import { withRetries } from './with-retries';

/** A registry's own list of servers. */
export interface ServerList {
  /** By name, in the order of the registry. */
  readonly servers: ReadonlyMap<string, ServerDetails>;
  /** How many entries describe no server. */
  readonly unreadable: number;
}

export interface ListServices {
  readonly client: Pick<RegistryClient, 'request'>;
  readonly clock: Clock;
  /** From 0 up to 1, for jitter. Default: `Math.random`. */
  readonly random?: () => number;
}

interface Question {
  /** Only servers that match; empty for all. */
  readonly search: string;
  readonly signal: AbortSignal;
}

const pageLength = 100;
const mostServers = 10_000;
/** A registry may give shorter pages than it is asked for, but not pages without end. */
const mostPages = 1_000;
const longestMs = 60_000;

const pageShape = z.object({
  servers: z.array(z.unknown()),
  metadata: z.object({ nextCursor: z.string().nullish() }).nullish(),
});
const fileShape = z.object({ data: z.object({ servers: z.array(z.unknown()) }) });

/**
 * Reads the servers of a registry: page by page of the MCP Registry API v0.1 until there is no cursor, or one static
 * file. All of it has 60 s. What passes by itself is tried up to three times, after as long as the registry asks for.
 *
 * Failures: REGISTRY_TOO_MANY_SERVERS above 10,000, REGISTRY_NOT_A_REGISTRY for an answer that is no list or a cursor
 * that leads nowhere new, NET_TIMEOUT, and those of {@link RegistryClient.request} and {@link jsonOf}.
 */
export function listServers(
  services: ListServices,
  registry: Registry,
  question: Question,
): Promise<Result<ServerList>> {
  return kindOf(registry) === 'static'
    ? readFile(services, registry, question)
    : readPages(services, registry, question);
}

async function readPages(
  services: ListServices,
  registry: Registry,
  question: Question,
): Promise<Result<ServerList>> {
  const ask = asking(services, registry, question.signal);
  const collected = new Collected();
  const cursors = new Set<string>();
  let cursor = '';
  do {
    if (cursors.size >= mostPages) return failed('REGISTRY_TOO_MANY_SERVERS');
    cursors.add(cursor);
    const answer = await ask(`/v0.1/servers?${pageQuery(question.search, cursor).toString()}`);
    if (!answer.ok) return answer;
    const page = pageShape.safeParse(answer.value).data;
    if (page === undefined) return notARegistry(registry);
    if (collected.count + page.servers.length > mostServers) return failed('REGISTRY_TOO_MANY_SERVERS');
    collected.add(page.servers.map(readListEntry));
    cursor = page.metadata?.nextCursor ?? '';
    // A registry that ignores the cursor would give its first page for ever.
    if (cursors.has(cursor) && cursor !== '') return notARegistry(registry);
  } while (cursor !== '');
  return success(collected);
}

async function readFile(
  services: ListServices,
  registry: Registry,
  { search, signal }: Question,
): Promise<Result<ServerList>> {
  const answer = await asking(services, registry, signal)('');
  if (!answer.ok) return answer;
  const file = fileShape.safeParse(answer.value).data;
  if (file === undefined) return notARegistry(registry);
  const found = file.data.servers.filter((server) => isFound(server, search));
  if (found.length > mostServers) return failed('REGISTRY_TOO_MANY_SERVERS');
  const collected = new Collected();
  collected.add(found.map((server) => readServer(server)));
  return success(collected);
}

/** Asks one path of a registry for its JSON, within what is left of the list's time. */
function asking({ client, clock, random }: ListServices, registry: Registry, signal: AbortSignal) {
  const { url } = registry;
  const until = clock.monotonic() + longestMs;
  const left = () => until - clock.monotonic();
  const askOnce = async (path: string): Promise<Result<unknown>> => {
    if (left() <= 0) return failed('NET_TIMEOUT', { host: new URL(url).host });
    const answer = await client.request(registry, { path, signal, deadlineMs: left() });
    return answer.ok ? jsonOf(answer.value, url, clock.now()) : answer;
  };
  return (path: string) => withRetries(() => askOnce(path), { clock, signal, left, random });
}

function pageQuery(search: string, cursor: string): URLSearchParams {
  return new URLSearchParams({
    limit: String(pageLength),
    version: 'latest',
    ...(search !== '' && { search }),
    ...(cursor !== '' && { cursor }),
  });
}

const notARegistry = ({ url }: Registry) =>
  failed('REGISTRY_NOT_A_REGISTRY', { host: new URL(url).host, url });

const searchable = z.object({ name: z.string(), title: z.string().catch('') });

/** The search of a file, which nobody else can do: by name and title, without regard to case. */
function isFound(server: unknown, search: string): boolean {
  if (search === '') return true;
  const { data } = searchable.safeParse(server);
  return data !== undefined && `${data.name}\n${data.title}`.toLowerCase().includes(search.toLowerCase());
}

/** What came so far. A name that comes again is the same server once more: the first one counts. */
class Collected implements ServerList {
  readonly servers = new Map<string, ServerDetails>();
  unreadable = 0;
  /** Every entry, shown or not. */
  count = 0;

  add(entries: readonly Entry[]): void {
    this.count += entries.length;
    for (const entry of entries) {
      if (entry === 'unreadable') this.unreadable += 1;
      else if (entry !== 'passed-over' && !this.servers.has(entry.name)) this.servers.set(entry.name, entry);
    }
  }
}
