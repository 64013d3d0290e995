import type { Source } from '../../contract/view-model';
import type { Failure } from '../base/failure';
import { issuerWarnings } from './issuer';
import type { Problems } from './problems';
import type { ReadAuth } from './read-auth';
import type { Registry } from './registry';
import { slugOf } from './slug';
import { addressParts, hostOf, registryUrlFault, suspiciousHostWarning } from './url';
import type { Path } from './yaml-file';

/** Where a registry is read from. */
export interface Origin {
  readonly source: Source;
  readonly location: string;
  readonly problems: Problems;
}

/** Administrators know where their registries are: an entry of a policy may be inside the network unless it says no. */
export const mayBePrivateByDefault = ({ source }: Origin): boolean =>
  source === 'policy-enforced' || source === 'policy-default';

/** A registry of either shape of file, its fields read but not yet seen together. */
interface RegistryDraft extends ReadAuth {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly kind: 'api' | 'static' | undefined;
  readonly url: string | undefined;
  /** Already reported. */
  readonly urlFailure: Failure | undefined;
  readonly urlPath: Path;
  readonly allowPrivateIp: boolean;
  readonly isToolhiveSignedIn?: boolean;
}

/** Checks what fields say together, and fills in id and name. A wrong address or way to sign in blocks the registry. */
export function finishRegistry(
  draft: RegistryDraft,
  path: Path,
  { source, location, problems }: Origin,
): Registry {
  const { kind, allowPrivateIp, auth, isToolhiveSignedIn, url = '' } = draft;
  const urlFailure = draft.urlFailure ?? urlFault(draft, problems);
  const blocked = urlFailure ?? draft.failure;
  const shown = urlFailure === undefined ? url : showable(url);
  const host = hostOf(shown);
  const line = problems.lineOf(path);
  return {
    id: draft.id ?? slugOf(draft.name, shown, String(path.at(-1) ?? '')),
    name: draft.name ?? host ?? draft.id ?? '?',
    url: shown,
    ...(kind !== undefined && { kind }),
    allowPrivateIp,
    auth:
      blocked === undefined || auth.type === 'unusable' ? auth : { type: 'unusable', intended: auth.type },
    source,
    location,
    ...(line !== undefined && { line }),
    locked: source === 'policy-enforced',
    ...(blocked !== undefined && { blocked }),
    warnings: blocked === undefined ? warningsOf(url, draft) : [],
    ...(isToolhiveSignedIn !== undefined && { isToolhiveSignedIn }),
  };
}

function urlFault(draft: RegistryDraft, problems: Problems): Failure | undefined {
  const { url = '', kind, allowPrivateIp, urlPath } = draft;
  const fault = registryUrlFault(url, { allowPrivateIp, ...(kind !== undefined && { kind }) });
  if (fault !== undefined) problems.report(urlPath, fault);
  return fault;
}

function warningsOf(url: string, { auth }: ReadAuth): Failure[] {
  const ofIssuer = auth.type === 'oauth' ? issuerWarnings(auth.oauth.issuer) : [];
  const ofUrl = suspiciousHostWarning(url);
  return ofUrl === undefined ? ofIssuer : [ofUrl, ...ofIssuer];
}

/** A refused address without what may be a secret in it; empty when that cannot be told apart. */
function showable(url: string): string {
  const parts = addressParts(url);
  if (parts === undefined || url.includes('@') || hostOf(url) === undefined) return '';
  return `${parts.scheme}://${parts.authority}${parts.path}`;
}
