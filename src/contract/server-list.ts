import { z } from 'zod';
import type { Problem } from './view-model';

const registryId = z.string().min(1).max(200);
const serverName = z.string().min(1).max(200);

export const serversQuestion = z.strictObject({
  registryId,
  /** Asks the registry for matching servers only: for one that has more than the app reads. Empty: all of them. */
  search: z.string().max(200),
  /** Asks the registry even though what is held is still new. */
  again: z.boolean(),
});

export const serverQuestion = z.strictObject({ registryId, name: serverName });

/** The pages a server's entry may name. The renderer says which one; the address stays in main, which checks it. */
export const serverLinks = ['website', 'repository'] as const;
export type ServerLinkKind = (typeof serverLinks)[number];

export const serverLinkQuestion = z.strictObject({
  registryId,
  name: serverName,
  link: z.enum(serverLinks),
});

/** How a server runs: at an address, or from a package of this kind. */
export const waysToRun = ['remote', 'npm', 'pypi', 'oci', 'other'] as const;
export type WayToRun = (typeof waysToRun)[number];

/** One row of a registry's servers. Every text is already safe to show: one line, nothing invisible, capped. */
export interface ServerSummary {
  /** Unique in its registry, such as `io.acme/tickets`. */
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly version: string;
  /** Each way once, in the order of {@link waysToRun}; empty when the entry names none. */
  readonly runs: readonly WayToRun[];
  /** Its registry advises against using it. */
  readonly isDeprecated: boolean;
}

/** A value a server wants to be given before it runs. Never the value itself. */
export interface ServerInput {
  readonly name: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly isSecret: boolean;
}

export interface ServerPackage {
  /** As the registry calls it, such as `npm`, `pypi`, `oci`, `nuget`. */
  readonly type: string;
  readonly identifier: string;
  readonly version?: string;
  readonly inputs: readonly ServerInput[];
}

export interface ServerRemote {
  /** `streamable-http` or `sse`. */
  readonly type: string;
  /** May hold `{placeholders}`; shown, never opened. */
  readonly url: string;
  readonly inputs: readonly ServerInput[];
}

/** A page of a server: https only, without user name or password. */
export interface ServerLink {
  readonly kind: ServerLinkKind;
  readonly url: string;
  readonly host: string;
}

export interface ServerDetails extends ServerSummary {
  readonly packages: readonly ServerPackage[];
  readonly remotes: readonly ServerRemote[];
  readonly links: readonly ServerLink[];
}

/** The servers of a registry, or why there are none to show: a failure to sign in is never hidden behind old data. */
export type ServersAnswer =
  | {
      readonly kind: 'servers';
      readonly servers: readonly ServerSummary[];
      /** When the registry gave the list, in milliseconds since the epoch. */
      readonly readAt: number;
      /** Entries that are no valid description of a server, and are left out. */
      readonly unreadable: number;
      /** Why the registry could not be asked now: the list is from `readAt`, and may be out of date. */
      readonly stale?: Problem;
    }
  | { readonly kind: 'failed'; readonly problem: Problem };
