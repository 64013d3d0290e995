import type { ServerSummary, WayToRun } from '../../contract/server-list';

/** What a server is called where there is one line for it. */
export const shownName = ({ title, name }: Pick<ServerSummary, 'title' | 'name'>): string => title ?? name;

export const wayKeys = {
  remote: 'servers.way.remote',
  npm: 'servers.way.npm',
  pypi: 'servers.way.pypi',
  oci: 'servers.way.oci',
  other: 'servers.way.other',
} as const satisfies Record<WayToRun, string>;
