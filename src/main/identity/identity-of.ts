import { plainText } from '../base/failure';
import { member } from '../base/strict-json';
import type { Identity } from './types';

/**
 * Who a validated ID token is about. Undefined when it lacks a subject, or names another client as the party it was
 * issued to, which the library checks only for tokens with several audiences (OIDC Core 3.1.3.7, 5).
 */
export function identityOf(
  claims: Readonly<Record<string, unknown>>,
  issuer: string,
  clientId: string,
): Identity | undefined {
  const subject = member(claims, 'sub');
  const azp = member(claims, 'azp');
  if (typeof subject !== 'string' || subject === '' || (azp !== undefined && azp !== clientId))
    return undefined;
  const account = ['email', 'preferred_username', 'sub'].map((name) => cleanText(claims, name)).find(Boolean);
  const tenant = cleanText(claims, 'tid');
  return {
    issuer,
    subject,
    ...(account !== undefined && { account }),
    ...(tenant !== undefined && { tenant }),
  };
}

function cleanText(claims: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = member(claims, name);
  const text = typeof value === 'string' ? plainText(value) : '';
  return text === '' ? undefined : text;
}

/** Whether a refreshed session still belongs to who signed in (OIDC Core 12.2). */
export function isSameIdentity(
  expected: Pick<Identity, 'issuer' | 'subject' | 'tenant'>,
  actual: Identity,
): boolean {
  return (
    expected.issuer === actual.issuer &&
    expected.subject === actual.subject &&
    (expected.tenant === undefined || expected.tenant === actual.tenant)
  );
}
