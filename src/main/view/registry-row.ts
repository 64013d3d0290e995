import type {
  KnownAs,
  OAuthView,
  Problem,
  Reachability,
  RegistryView,
  SessionView,
  TokenView,
} from '../../contract/view-model';
import type { OAuthClientSettings } from '../base/oauth-client-settings';
import { slotOf } from '../base/slot';
import type { Registry } from '../config';
import { type SessionState, statusOf } from '../sessions';
import { placeOf } from './place-of';

/** What one row is drawn from. */
export interface RowParts {
  readonly registry: Registry;
  /** Undefined where there is nothing to sign in to. */
  readonly state: SessionState | undefined;
  /** See `RegistryView.beforeSignIn`. */
  readonly beforeSignIn: Problem | undefined;
  /** See `RegistryView.siblings`. */
  readonly siblings: number;
  /** See `OAuthView.redirectUri`. */
  readonly redirectUri: string | undefined;
  readonly reachability: Reachability | undefined;
  /** See `RegistryView.token`. */
  readonly token: TokenView | undefined;
  readonly knownAs: KnownAs | undefined;
}

/** The row of one registry; pure, so that the same parts always show the same. */
export function registryRow({
  registry,
  state,
  beforeSignIn,
  siblings,
  redirectUri,
  reachability,
  token,
  knownAs,
}: RowParts): RegistryView {
  const { id, name, url, source, locked, auth, isToolhiveSignedIn } = registry;
  return {
    id,
    name,
    url,
    host: URL.canParse(url) ? new URL(url).host : url,
    source,
    location: placeOf(registry),
    locked,
    siblings,
    authType: auth.type === 'unusable' ? auth.intended : auth.type,
    status: state === undefined ? 'none' : statusOf(state),
    session: state === undefined ? { kind: 'no-sign-in-needed' } : withAccount(sessionView(state), knownAs),
    ...(beforeSignIn !== undefined && { beforeSignIn }),
    ...(auth.type === 'oauth' && {
      oauth: oauthView(auth.oauth, slotOf(url, auth.oauth.issuer), redirectUri),
    }),
    ...(source === 'toolhive' && { toolhive: { isSignedIn: isToolhiveSignedIn === true } }),
    ...(token !== undefined && { token }),
    ...(reachability !== undefined && { reachability }),
    ...(knownAs !== undefined && { knownAs }),
  };
}

/** Where the sign-in service does not say who it is, the registry may. */
function withAccount(session: SessionView, knownAs: KnownAs | undefined): SessionView {
  return session.kind === 'signed-in' && session.account === undefined && knownAs !== undefined
    ? { ...session, account: knownAs.subject }
    : session;
}

/** What the badge and buttons show; a refresh is silent, so it shows as what it is a part of: signed in. */
function sessionView(state: SessionState): SessionView {
  switch (state.kind) {
    case 'signed-out':
      return { kind: 'signed-out' };
    case 'signing-in':
      return { kind: 'signing-in', ...state.flow };
    case 'signed-in':
      return {
        kind: 'signed-in',
        ...state.held,
        ...(state.problem !== undefined && { problem: state.problem }),
      };
    case 'refreshing':
      return { kind: 'signed-in', ...state.held };
    case 'expired':
      return {
        kind: 'expired',
        problem: state.failure,
        ...(state.account !== undefined && { account: state.account }),
      };
    case 'error':
      return {
        kind: 'needs-attention',
        problem: state.failure,
        // The provider is content and the registry is not: the same sign-in again would be refused again.
        next: state.failure.code === 'REGISTRY_REJECTED_TOKEN' ? 'none' : 'sign-in',
        ...(state.held?.account !== undefined && { account: state.held.account }),
      };
    case 'blocked':
      return { kind: 'needs-attention', problem: state.failure, next: 'none' };
  }
}

function oauthView(client: OAuthClientSettings, slot: string, redirectUri: string | undefined): OAuthView {
  const { issuer, clientId, scopes, audience, callbackPort } = client;
  return {
    issuer,
    clientId,
    scopes,
    callbackPort,
    slot,
    ...(redirectUri !== undefined && { redirectUri }),
    ...(audience !== undefined && { audience }),
  };
}
