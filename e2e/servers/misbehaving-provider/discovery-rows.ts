import type { Code } from '../../../src/contract/codes';
import {
  drip,
  empty,
  gzipBomb,
  html,
  huge,
  json,
  redirect,
  reset,
  stall,
  stallAfterHeaders,
  text,
} from '../answers';
import type { MisbehavingProvider } from './start';

/** One row of the table of hostile inputs: what the provider does, and the code that the app must show. */
export interface Row {
  readonly name: string;
  readonly code: Code;
  readonly misbehave: (provider: MisbehavingProvider) => void;
}

const mebibyte = 1024 * 1024;

const publishing = (name: string, code: Code, patch: (provider: MisbehavingProvider) => object): Row => ({
  name,
  code,
  misbehave: (provider) => {
    provider.behaviour.metadata = { ...patch(provider) };
  },
});
const answering = (
  name: string,
  code: Code,
  answer: Parameters<MisbehavingProvider['discovery']['answerWith']>[0],
): Row => ({
  name,
  code,
  misbehave: (provider) => {
    provider.discovery.answerWith(answer);
  },
});
const publishingText = (name: string, code: Code, change: (correct: string) => string): Row => ({
  name,
  code,
  misbehave: (provider) => {
    provider.discovery.answerWith(text(200, 'application/json', change(JSON.stringify(provider.metadata()))));
  },
});

const endpointNames = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'];
const badAddresses: readonly (readonly [string, unknown])[] = [
  ['missing', undefined],
  ['null', null],
  ['a number', 42],
  ['relative', '/token'],
  ['javascript:', 'javascript:alert(1)'],
  ['file:', 'file:///etc/passwd'],
  ['plain http', 'http://login.acme.example/token'],
  ['with userinfo', 'https://user:secret@login.acme.example/token'],
  ['with a fragment', 'https://login.acme.example/token#fragment'],
];

/** Every way of the table "Discovery" that is the server's doing; certificates are in `tls`, proxies in `proxy`. */
export const discoveryRows: readonly Row[] = [
  answering('404', 'DISC_NOT_FOUND', empty(404)),
  answering('HTML, as a captive portal sends it', 'DISC_NOT_JSON', html()),
  answering('text/plain', 'DISC_NOT_JSON', text(200, 'text/plain', '{}')),
  answering('JSON without a content type', 'DISC_NOT_JSON', text(200, '', '{}')),
  answering('64 MB', 'DISC_TOO_LARGE', huge(64 * mebibyte)),
  answering('64 MB without a length', 'DISC_TOO_LARGE', huge(64 * mebibyte, 'absent')),
  answering(
    '64 MB behind a length of 64 MB and a byte',
    'DISC_TOO_LARGE',
    huge(64 * mebibyte, 64 * mebibyte + 1),
  ),
  answering('a gzip bomb', 'DISC_TOO_LARGE', gzipBomb(64 * mebibyte)),
  answering('a byte every 200 ms', 'NET_TIMEOUT', drip({ issuer: 'x'.repeat(10_000) }, 200)),
  answering('headers without a body', 'NET_TIMEOUT', stallAfterHeaders),
  answering('no answer', 'NET_TIMEOUT', stall),
  ...([301, 302, 303, 307, 308] as const).map((status): Row => ({
    name: `redirect ${status} to a correct document`,
    code: 'DISC_REDIRECT',
    misbehave: (provider) => {
      provider.elsewhere.answerWith(json(200, provider.metadata()));
      provider.discovery.answerWith(redirect('/elsewhere', status));
    },
  })),
  publishing('issuer of another host', 'DISC_ISSUER_MISMATCH', () => ({
    issuer: 'https://login.other.example',
  })),
  publishing('issuer in capitals', 'DISC_ISSUER_MISMATCH', ({ issuer }) => ({
    issuer: issuer.replace('http', 'HTTP'),
  })),
  publishing('issuer with another port', 'DISC_ISSUER_MISMATCH', ({ issuer, port }) => ({
    issuer: issuer.replace(`:${port}`, ':1'),
  })),
  publishing('issuer with %2F', 'DISC_ISSUER_MISMATCH', ({ issuer }) => ({ issuer: `${issuer}%2F` })),
  publishing('issuer with a slash more', 'DISC_ISSUER_MISMATCH', ({ issuer }) => ({ issuer: `${issuer}/` })),
  publishing('no issuer', 'DISC_METADATA_INVALID', () => ({ issuer: undefined })),
  ...endpointNames.flatMap((endpoint) =>
    badAddresses.map(([name, value]) =>
      publishing(`${endpoint} ${name}`, 'DISC_METADATA_INVALID', () => ({ [endpoint]: value })),
    ),
  ),
  publishing(
    'authorization_endpoint with preset OAuth parameters',
    'DISC_METADATA_INVALID',
    ({ issuer }) => ({
      authorization_endpoint: `${issuer}/authorize?redirect_uri=https%3A%2F%2Fevil.example`,
    }),
  ),
  publishing('PKCE with plain only', 'DISC_NO_PKCE', () => ({ code_challenge_methods_supported: ['plain'] })),
  publishing('PKCE methods as a string', 'DISC_NO_PKCE', () => ({
    code_challenge_methods_supported: 'S256',
  })),
  publishing('no PKCE methods', 'DISC_NO_PKCE', () => ({ code_challenge_methods_supported: undefined })),
  answering('an array', 'DISC_METADATA_INVALID', json(200, [])),
  answering('null', 'DISC_METADATA_INVALID', json(200, null)),
  answering('a number', 'DISC_METADATA_INVALID', json(200, 7)),
  answering('not quite JSON', 'DISC_METADATA_INVALID', text(200, 'application/json', '{"issuer":')),
  answering(
    '10^5 levels of nesting',
    'DISC_METADATA_INVALID',
    text(200, 'application/json', '['.repeat(100_000) + ']'.repeat(100_000)),
  ),
  publishingText('issuer twice, the wrong one last', 'DISC_ISSUER_MISMATCH', (correct) =>
    correct.replace(/}$/, ',"issuer":"https://login.other.example"}'),
  ),
  publishing('a token endpoint on a link-local address', 'DISC_PRIVATE_ENDPOINT', () => ({
    token_endpoint: 'https://169.254.169.254/token',
  })),
  answering('503 with Retry-After', 'IDP_UNAVAILABLE', empty(503, { 'retry-after': '1' })),
  answering('a broken connection', 'NET_INTERRUPTED', reset),
];

/** `__proto__` in an otherwise correct document: to be ignored, without polluting any prototype. */
export const prototypePollution: Pick<Row, 'name' | 'misbehave'> = publishingText(
  '__proto__ and constructor',
  'DISC_METADATA_INVALID',
  (correct) =>
    correct.replace(/}$/, ',"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
);

/** An endpoint at a private address; a finding only where the issuer's own host is public. */
export const privateEndpoint: Row = publishing(
  'a token endpoint at a private address',
  'DISC_PRIVATE_ENDPOINT',
  () => ({
    token_endpoint: 'https://10.0.0.1/token',
  }),
);
