import { expect, test } from 'vitest';
import { type Code, codes } from '../../contract/codes';
import { failure } from '../base/failure';
import { refusalOf } from './failure-refusal';

const judged = (code: Code) => {
  const { status, body } = refusalOf(failure(code, { host: 'mcp.acme.example' }));
  return { status, ...(body as { readonly code: string; readonly message: string }) };
};

test.each<[Code, number, string]>([
  ['REGISTRY_AUTH_REQUIRED', 503, 'registry_auth_required'],
  ['SESSION_ENDED', 503, 'registry_auth_required'],
  ['REGISTRY_REJECTED_TOKEN', 503, 'registry_auth_required'],
  ['TOKEN_REFUSED', 503, 'registry_auth_required'],
  ['TOKEN_FILE_UNREADABLE', 503, 'registry_auth_required'],
  ['STORE_LOCKED', 503, 'registry_auth_required'],
  ['REGISTRY_FORBIDDEN', 403, 'registry_forbidden'],
  ['NET_TLS', 503, 'registry_unavailable'],
  ['IDP_UNAVAILABLE', 503, 'registry_unavailable'],
  ['CFG_ISSUER_NOT_ALLOWED', 503, 'registry_unavailable'],
  ['INTERNAL_ERROR', 500, 'internal_error'],
])('%s is %i %s', (code, status, wire) => {
  expect(judged(code)).toMatchObject({ status, code: wire });
});

test('what keeps a registry from answering is told apart in the message, by code and in words', () => {
  const causes: Code[] = [
    'NET_TLS',
    'NET_DNS',
    'NET_REFUSED',
    'NET_OFFLINE',
    'NET_TIMEOUT',
    'NET_PROXY_AUTH',
  ];
  const messages = causes.map((code) => judged(code).message);
  expect(new Set(messages).size).toBe(causes.length);
  causes.forEach((code, index) => {
    expect(messages[index]).toContain(code);
  });
});

test('the time a registry asks to wait is passed on', () => {
  const { headers } = refusalOf(failure('REGISTRY_UNAVAILABLE', { seconds: 7 }));
  expect(headers).toEqual({ 'retry-after': '7' });
});

test('no cause is ever a refusal of the caller’s own token, and none shows a provider’s text', () => {
  for (const code of Object.keys(codes) as Code[]) {
    const { status, body } = refusalOf(failure(code, {}, 'text of a provider'));
    expect(status).not.toBe(401);
    expect(JSON.stringify(body)).not.toContain('text of a provider');
  }
});
