import type { TokenView } from '../../../contract/view-model';
import { type Failure, failure, type Result } from '../../base/failure';
import type { Secret } from '../../base/secret';
import type { Registry } from '../../config';
import type { SessionState } from '../../sessions';
import type { FoundToken, TokenOrigin } from './find-token';

/** What is known of a registry's token. */
export interface KnownToken {
  registry: Registry;
  found: Result<FoundToken | undefined>;
  /** What the registry said no to. */
  refused?: Secret;
}

/** In the words of sessions, so that whoever shows or tells of a session needs no others. */
export function stateOf({ registry, found, refused }: KnownToken): SessionState {
  if (!found.ok) return { kind: 'error', failure: found.failure };
  if (found.value === undefined) return { kind: 'signed-out' };
  const { origin, token, warning, notRemembered } = found.value;
  const held = notRemembered === undefined ? {} : { notRemembered };
  if (refused?.equals(token) === true) return { kind: 'error', failure: refusalOf(registry, origin), held };
  return { kind: 'signed-in', held, ...(warning !== undefined && { problem: warning }) };
}

export function refusalOf({ name }: Registry, origin: TokenOrigin): Failure {
  switch (origin.kind) {
    case 'environment':
      return failure('TOKEN_REFUSED', { name, reason: 'token-environment', place: origin.name });
    case 'file':
      return failure('TOKEN_REFUSED', { name, reason: 'token-file', place: origin.path });
    case 'stored':
      return failure('TOKEN_REFUSED', { name, reason: 'token-stored' });
  }
}

/** Where it comes from, or where something else stands in its place. */
export const viewOf = ({ found }: KnownToken): TokenView =>
  found.ok ? (found.value?.origin ?? { kind: 'absent' }) : placeIn(found.failure);

/** The place that has something else than a token, or that cannot be read. */
function placeIn({ params }: Failure): TokenView {
  const { reason, place, path } = params;
  return reason === 'token-environment'
    ? { kind: 'environment', name: String(place) }
    : { kind: 'file', path: String(place ?? path) };
}
