import type { RegistryFacts, TokenFact } from '../../../contract/support-view';
import type { Problem, RegistryView } from '../../../contract/view-model';
import { line, moment, problemWords } from './lines';

/** What is known of one registry's session, as on the Support screen. */
export function registryLines(view: RegistryView, facts: RegistryFacts): string[] {
  const { id, url, source, location, locked, authType, status, session, oauth } = view;
  const { times, counters, lastError, discovered, scopesGranted, openAttempts } = facts;
  const account = 'account' in session ? session.account : undefined;
  return [
    line('id', id),
    line('address', url),
    line('source', `${source}${locked ? ', locked' : ''} (${location})`),
    line('sign-in', authType),
    line('state', `${facts.state} (${status})`),
    ...problemsOf(view).map((problem) => line('problem', problemWords(problem))),
    line('last error', lastError === undefined ? 'none' : `${lastError.code} ${moment(lastError.at)}`),
    ...(account === undefined ? [] : [line('account', account)]),
    line('refresh token', tokenWords(facts.refreshToken)),
    line('access token', tokenWords(facts.accessToken)),
    line('signed in', moment(times.signedInAt)),
    line('last refresh', moment(times.refreshedAt)),
    line('next refresh', moment(times.nextRefreshAt)),
    line('access valid until', moment(times.accessUntil)),
    line('last use', moment(times.lastUsedAt)),
    line(
      'since the start',
      `${counters.signIns} sign-ins, ${counters.refreshes} refreshes, ${counters.failures} failures`,
    ),
    ...(openAttempts > 0 ? [line('unanswered refreshes', openAttempts)] : []),
    ...(oauth === undefined
      ? []
      : [
          line('issuer, configured', oauth.issuer),
          line('client id', oauth.clientId),
          line('scopes asked', oauth.scopes.join(' ')),
          line('scopes granted', scopesGranted ?? 'not said'),
          ...(oauth.audience === undefined ? [] : [line('audience', oauth.audience)]),
          line('redirect address', oauth.redirectUri ?? 'not certain yet'),
          line('slot', oauth.slot),
        ]),
    ...(discovered === undefined
      ? []
      : [
          line('issuer, discovered', discovered.issuer),
          ...discovered.endpoints.map(({ name, url: endpoint }) => line(name, endpoint)),
          ...(discovered.clockAheadSeconds === undefined
            ? []
            : [line('its clock', `${discovered.clockAheadSeconds} s ahead of this computer`)]),
        ]),
  ];
}

/** All that is wrong with a registry now. */
export function problemsOf({ session, reachability }: RegistryView): Problem[] {
  const ofSession = [
    'problem' in session ? session.problem : undefined,
    'notRemembered' in session ? session.notRemembered : undefined,
  ];
  const ofRegistry = reachability?.kind === 'fails' ? reachability.problem : undefined;
  return [...ofSession, ofRegistry].filter((problem) => problem !== undefined);
}

const tokenWords = (token: TokenFact): string =>
  token.kind === 'absent' ? 'absent' : `present, ${token.length} characters, ${token.kept}`;
