import { describe, expect, test } from 'vitest';
import german from '../../renderer/i18n/de.json';
import english from '../../renderer/i18n/en.json';
import { summaryLines, systemText } from './system-text';

test.each([
  ['en-US', 'Open Gatepass'],
  ['de', 'Gatepass öffnen'],
  ['de-AT', 'Gatepass öffnen'],
  ['DE-CH', 'Gatepass öffnen'],
  ['fr', 'Open Gatepass'],
  ['den', 'Open Gatepass'],
  ['', 'Open Gatepass'],
])('the language of %j is understood', (locale, open) => {
  expect(systemText(locale).open).toBe(open);
});

describe.each([
  ['en', english],
  ['de', german],
] as const)('in %s', (locale, { status }) => {
  test('a state is called what its badge in the window says', () => {
    expect(systemText(locale).badges).toEqual({
      'needs-attention': status.needsAttention,
      expired: status.expired,
      'signed-out': status.signedOut,
      'signing-in': status.signingIn,
      'signed-in': status.signedIn,
      'no-sign-in-needed': status.noSignInNeeded,
    });
  });
});

test('one ended session is named, several are counted', () => {
  const { ended } = systemText('en');
  expect(ended(['Acme'])).toEqual({
    title: 'Your session at Acme ended',
    body: 'Sign in again to keep using it.',
  });
  expect(ended(['Acme', 'Beta']).title).toBe('2 sessions ended');
  expect(systemText('de').ended(['Acme', 'Beta']).title).toBe('2 Sitzungen sind beendet');
});

test('the summary has one line per state', () => {
  const summary = new Map([['expired', 1] as const, ['signed-in', 2] as const]);
  expect(summaryLines(summary, systemText('en'))).toEqual(['Session expired: 1', 'Signed in: 2']);
  expect(summaryLines(new Map(), systemText('en'))).toEqual(['No registries yet']);
});
