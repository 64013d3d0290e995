import type { SessionView } from '../../contract/view-model';
import type { SignInSummary } from '../view';

/**
 * The words that the system shows outside the window. They stand here and not in the page's catalogue because there may
 * be no page that could say them; badges have the words of the page, which a test compares.
 */
export interface SystemText {
  readonly open: string;
  readonly quit: string;
  readonly noRegistries: string;
  readonly badges: Readonly<Record<SessionView['kind'], string>>;
  /** Title and body of what tells that sessions ended. */
  readonly ended: (names: readonly string[]) => { readonly title: string; readonly body: string };
}

const texts: Readonly<Record<'en' | 'de', SystemText>> = {
  en: {
    open: 'Open Gatepass',
    quit: 'Quit Gatepass',
    noRegistries: 'No registries yet',
    badges: {
      'needs-attention': 'Needs attention',
      expired: 'Session expired',
      'signed-out': 'Signed out',
      'signing-in': 'Signing in…',
      'signed-in': 'Signed in',
      'no-sign-in-needed': 'No sign-in needed',
    },
    ended: ([name = '', ...others]) =>
      others.length === 0
        ? { title: `Your session at ${name} ended`, body: 'Sign in again to keep using it.' }
        : { title: `${1 + others.length} sessions ended`, body: 'Open Gatepass to sign in again.' },
  },
  de: {
    open: 'Gatepass öffnen',
    quit: 'Gatepass beenden',
    noRegistries: 'Noch keine Registries',
    badges: {
      'needs-attention': 'Braucht Aufmerksamkeit',
      expired: 'Sitzung abgelaufen',
      'signed-out': 'Abgemeldet',
      'signing-in': 'Anmeldung läuft …',
      'signed-in': 'Angemeldet',
      'no-sign-in-needed': 'Keine Anmeldung nötig',
    },
    ended: ([name = '', ...others]) =>
      others.length === 0
        ? {
            title: `Ihre Sitzung bei ${name} ist beendet`,
            body: 'Melden Sie sich erneut an, um weiterzuarbeiten.',
          }
        : {
            title: `${1 + others.length} Sitzungen sind beendet`,
            body: 'Öffnen Sie Gatepass, um sich erneut anzumelden.',
          },
  },
};

/** @param locale a BCP 47 tag as the system has it; English where there is no catalogue */
export const systemText = (locale: string): SystemText => texts[/^de\b/i.test(locale) ? 'de' : 'en'];

/** One line per state, such as "Signed in: 2". */
export function summaryLines(
  summary: SignInSummary,
  { badges, noRegistries }: SystemText,
): readonly string[] {
  if (summary.size === 0) return [noRegistries];
  return [...summary].map(([kind, count]) => `${badges[kind]}: ${count}`);
}
