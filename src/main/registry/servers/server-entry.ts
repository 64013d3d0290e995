import { z } from 'zod';
import {
  type ServerDetails,
  type ServerInput,
  type ServerLink,
  type ServerPackage,
  type ServerRemote,
  waysToRun,
  type WayToRun,
} from '../../../contract/server-list';
import { plainText } from '../../base/failure';

/** Most packages, remotes, and inputs of each that are kept of one entry; more would be no help, and cost memory. */
const mostParts = 20;

/** A text of a stranger, of which at most `longest` characters are kept. */
const text = (longest: number) => z.string().transform((value) => plainText(value, longest));
const optionalText = (longest: number) => text(longest).optional().catch(undefined);
/** The items of a list that are what they should be; the others are left out, as is whatever is no list. */
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items) => items.slice(0, mostParts).flatMap((each) => item.safeParse(each).data ?? []));

const flag = z.boolean().catch(false);

const input = z.object({
  name: text(100),
  description: text(300).catch(''),
  isRequired: flag,
  isSecret: flag,
});

const packageShape = z.object({
  registryType: text(30),
  identifier: text(300),
  version: optionalText(100),
  environmentVariables: listOf(input),
});

const remoteShape = z.object({ type: text(30), url: text(500), headers: listOf(input) });

/** The `server.json` of the MCP Registry API v0.1 (`ServerDetail`), as far as it is shown. */
const serverShape = z.object({
  name: z
    .string()
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: optionalText(100),
  description: text(300),
  version: text(100),
  repository: z.object({ url: z.string() }).optional().catch(undefined),
  websiteUrl: z.string().optional().catch(undefined),
  packages: listOf(packageShape),
  remotes: listOf(remoteShape),
});

const official = 'io.modelcontextprotocol.registry/official';
/** What the registry itself says of an entry, beside what the server's author says. */
const metaShape = z
  .object({ [official]: z.object({ status: z.string().optional(), isLatest: z.boolean().optional() }) })
  .transform((meta) => meta[official])
  .catch({});

const listed = z.object({ server: z.unknown(), _meta: z.unknown().optional() });

/** One entry of a list: a server to show, one that is not for showing (deleted, an older version), or none at all. */
export type Entry = ServerDetails | 'passed-over' | 'unreadable';

/** An entry of `GET /v0.1/servers`: a server and what the registry says of it. */
export function readListEntry(entry: unknown): Entry {
  const parsed = listed.safeParse(entry);
  if (!parsed.success) return 'unreadable';
  const { status, isLatest } = metaShape.parse(parsed.data._meta);
  if (status === 'deleted' || isLatest === false) return 'passed-over';
  return readServer(parsed.data.server, status === 'deprecated');
}

/** An entry of a static file: the server alone. */
export function readServer(server: unknown, isDeprecated = false): Entry {
  const { data } = serverShape.safeParse(server);
  if (data === undefined) return 'unreadable';
  const { name, title, description, version } = data;
  const packages = data.packages.map(packageOf);
  const remotes: readonly ServerRemote[] = data.remotes.map(({ type, url, headers }) => ({
    type,
    url,
    inputs: headers,
  }));
  return {
    name,
    ...(title !== undefined && title !== '' && { title }),
    description,
    version,
    runs: runsOf(packages, remotes),
    isDeprecated,
    packages,
    remotes,
    links: [...linkOf('website', data.websiteUrl), ...linkOf('repository', data.repository?.url)],
  };
}

function packageOf(shape: z.infer<typeof packageShape>): ServerPackage {
  const { registryType, identifier, version, environmentVariables } = shape;
  const inputs: readonly ServerInput[] = environmentVariables;
  return { type: registryType, identifier, inputs, ...(version !== undefined && { version }) };
}

function runsOf(packages: readonly ServerPackage[], remotes: readonly ServerRemote[]): readonly WayToRun[] {
  const found = new Set<WayToRun>(packages.map(({ type }) => packageKind(type)));
  if (remotes.length > 0) found.add('remote');
  return waysToRun.filter((way) => found.has(way));
}

function packageKind(type: string): WayToRun {
  return type === 'npm' || type === 'pypi' || type === 'oci' ? type : 'other';
}

/** Only a secure page that hides nothing in front of its host may ever be opened from here. */
function linkOf(kind: ServerLink['kind'], address: string | undefined): readonly ServerLink[] {
  const url = address === undefined || address.length > 2000 ? null : URL.parse(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return [];
  return [{ kind, url: url.href, host: url.host }];
}
