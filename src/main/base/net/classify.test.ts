import { describe, expect, test } from 'vitest';
import { ConnectRefusal, reasonOf } from './classify';

const coded = (code: string, cause?: unknown) => Object.assign(new Error('x', { cause }), { code });

test.each([
  ['ENOTFOUND', 'dns'],
  ['ENETUNREACH', 'offline'],
  ['EHOSTUNREACH', 'offline'],
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'interrupted'],
  ['UND_ERR_SOCKET', 'interrupted'],
  ['ETIMEDOUT', 'timeout'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  ['EPROTO', 'tls'],
])('%s below "fetch failed" is %s', (code, reason) => {
  expect(reasonOf(new TypeError('fetch failed', { cause: coded(code) }))).toBe(reason);
});

test('one name server that does not answer is a DNS problem, unless there is no network at all', () => {
  const thrown = new TypeError('fetch failed', { cause: coded('EAI_AGAIN') });
  expect(reasonOf(thrown, () => true)).toBe('dns');
  expect(reasonOf(thrown, () => false)).toBe('offline');
});

describe('chains', () => {
  test('the errors of several addresses are looked into', () => {
    const cause = new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]);
    expect(reasonOf(new TypeError('fetch failed', { cause }))).toBe('refused');
  });

  test('our own refusal counts before everything else', () => {
    const cause = coded('UND_ERR_ABORTED', new ConnectRefusal('proxy-auth'));
    expect(reasonOf(new TypeError('fetch failed', { cause }))).toBe('proxy-auth');
  });

  test('one that ends nowhere is given up', () => {
    const endless = coded('X');
    endless.cause = endless;
    expect(reasonOf(endless)).toBe('interrupted');
  });

  test.each([undefined, null, 'text', 7])('%s is an interruption', (thrown) => {
    expect(reasonOf(thrown)).toBe('interrupted');
  });
});
