import type { CheckOutcome } from '../../../contract/self-test';
import { failure, type Result } from '../../base/failure';
import type { OAuthClientSettings } from '../../base/oauth-client-settings';
import type { IdentityService } from '../../sessions';
import { fact, notNeeded, passed, refused, warned } from './check';

/** A provider as it was just discovered. */
export type DiscoveredProvider = Extract<
  Awaited<ReturnType<IdentityService['prepare']>>,
  { ok: true }
>['value'];
type Discovered = Result<DiscoveredProvider>;

/** From here on an ID token may look too old or not valid yet. */
const wrongClockSeconds = 300;
const oddClockSeconds = 60;

/** Codes that are said of a document that was found: later checks tell them. */
const saidOfIssuer = 'DISC_ISSUER_MISMATCH';
const saidOfPkce = 'DISC_NO_PKCE';

export function discoveryOutcome(discovered: Discovered, { issuer }: OAuthClientSettings): CheckOutcome {
  const tried = issuer;
  if (discovered.ok) {
    const { authorization_endpoint, token_endpoint } = discovered.value.metadata;
    return passed({
      tried,
      facts: [fact('address', authorization_endpoint), fact('address', token_endpoint)],
    });
  }
  const { code } = discovered.failure;
  return code === saidOfIssuer || code === saidOfPkce
    ? passed({ tried })
    : refused(discovered.failure, { tried });
}

export function issuerOutcome(discovered: Discovered, { issuer }: OAuthClientSettings): CheckOutcome {
  const configured = fact('issuer-configured', issuer);
  if (discovered.ok || discovered.failure.code !== saidOfIssuer)
    return passed({ facts: [configured, fact('issuer-found', issuer)] });
  const { actual } = discovered.failure.params;
  return refused(discovered.failure, { facts: [configured, fact('issuer-found', actual ?? '')] });
}

export function pkceOutcome(discovered: Discovered): CheckOutcome {
  const isRefused = !discovered.ok && discovered.failure.code === saidOfPkce;
  return isRefused ? refused(discovered.failure) : passed();
}

/** This computer's clock against the provider's `Date`. */
export function clockOutcome(discovered: Discovered): CheckOutcome {
  const ahead = discovered.ok ? discovered.value.dateSkewSeconds : undefined;
  if (ahead === undefined) return notNeeded();
  const facts = [fact('clock-ahead', ahead)];
  const skew = failure('CLOCK_SKEW', { seconds: ahead });
  if (Math.abs(ahead) >= wrongClockSeconds) return refused(skew, { facts });
  return Math.abs(ahead) >= oddClockSeconds ? warned(skew, { facts }) : passed({ facts });
}
