import type { ServerSummary } from '../../contract/server-list';

/** A list that was made ready to be searched, once, so that each letter typed costs one pass. */
export interface Searchable {
  readonly servers: readonly ServerSummary[];
  readonly texts: readonly string[];
}

export function searchable(servers: readonly ServerSummary[]): Searchable {
  const texts = servers.map(({ name, title = '', description }) =>
    `${title}\n${name}\n${description}`.toLocaleLowerCase(),
  );
  return { servers, texts };
}

/** The servers that have every word of the search in title, name or description. */
export function findServers({ servers, texts }: Searchable, search: string): readonly ServerSummary[] {
  const words = search
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return servers;
  return servers.filter((_, index) => words.every((word) => texts[index]?.includes(word)));
}
