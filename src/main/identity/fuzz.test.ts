import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Answer } from '../../../e2e/servers/answers';
import {
  type MisbehavingProvider,
  startMisbehavingProvider,
} from '../../../e2e/servers/misbehaving-provider';
import { codes } from '../../contract/codes';
import type { Secret } from '../base/secret';
import { parseJson } from '../base/strict-json';
import { type HeldSession, holdSession } from './testing/session';

vi.setConfig({ testTimeout: 30_000 });

/**
 * Whatever a token endpoint sends over real HTTP, through the library and back. The readers by themselves are tried with
 * far more inputs beside them: metadata, callback query, token answer.
 */
let provider: MisbehavingProvider;
let session: HeldSession;
let first: Secret;
beforeEach(async () => {
  provider = await startMisbehavingProvider({ profile: { rotation: 'none' } });
  session = await holdSession(provider.issuer);
  first = session.current();
});
afterEach(() => provider.close());

/** As many as fit into 2 s, so that a busy machine tries fewer, not longer; none of them may hang. */
const bounded = { numRuns: 150, interruptAfterTimeLimit: 2_000, timeout: 20_000 };

const raw =
  (status: number, headers: Readonly<Record<string, string>>, body: string): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };

/** What holds for every answer: a kind, a code from the catalogue, no word of a secret, nothing polluted. */
async function refresh(): Promise<string> {
  const outcome = await session.refresh({ token: first });
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(JSON.stringify(outcome)).not.toContain(first.reveal());
  if (outcome.kind === 'ok') return 'ok';
  expect(codes).toHaveProperty(outcome.failure.code);
  expect(outcome.failure.providerText ?? '').not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect((outcome.failure.providerText ?? '').length).toBeLessThanOrEqual(200);
  return outcome.failure.code;
}

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('Bearer', 'at', 300, 'invalid_grant', 'a.b.c', 'toString', '__proto__', null, -1, 1e308),
);
const word = (...words: string[]) => fc.oneof(fc.constantFrom(...words), value);
const members = fc.record(
  {
    access_token: word('at', 'a\r\nb'),
    token_type: word('Bearer', 'DPoP'),
    expires_in: value,
    refresh_token: word('rotated-token'),
    id_token: word('a.b.c', 'e30.e30.'),
    scope: value,
    error: word('invalid_grant', 'interaction_required', 'toString', 'constructor', '__proto__'),
    error_description: value,
    claims: value,
  },
  { requiredKeys: [] },
);
const good = { access_token: 'at', token_type: 'Bearer', expires_in: 300 };
/** As a member of its own, as JSON.parse makes one; an assignment would not. */
const polluting = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},';
const body = fc.oneof(
  { weight: 6, arbitrary: members.map((some) => JSON.stringify({ ...good, ...some })) },
  members.map((some) => JSON.stringify({ ...good, ...some }).replace('{', polluting)),
  fc.json(),
  fc.string({ unit: 'binary' }),
);
const status = fc.constantFrom(
  200,
  200,
  200,
  201,
  204,
  206,
  301,
  400,
  401,
  403,
  404,
  409,
  418,
  429,
  500,
  503,
);

/** A refresh token that the provider handed out in this answer: whatever else is wrong with it, the old one may be dead. */
function newTokenIn(code: number, text: string): string | undefined {
  if (code < 200 || code > 299 || code === 204) return undefined;
  const token = Object.getOwnPropertyDescriptor(Object(parseJson(text)), 'refresh_token')?.value as unknown;
  return typeof token === 'string' && token !== '' ? token : undefined;
}

test('any token response ends with tokens or a code', async () => {
  await fc.assert(
    fc.asyncProperty(status, body, async (code, text) => {
      provider.token.answerWith(raw(code, {}, code === 204 ? '' : text));
      await refresh();
      const rotated = newTokenIn(code, text);
      if (rotated !== undefined) expect(session.current().reveal()).toBe(rotated);
    }),
    bounded,
  );
  provider.token.behave();
  expect(await refresh()).toBe('ok');
});

/** A challenge as a provider may write one, and as none may; without what no HTTP header can hold. */
const challenge = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['Bearer', 'Basic', 'DPoP', ' ', ', ', '=', '"', '\\', 'realm="x"', 'error="invalid_token"'],
        ...['error=', 'error="invalid_grant', 'error_description="<script>"', 'scope="a b"', '\t', ',,,'],
      ),
      fc.string({ unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)) }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').replace(/[\x7f]/g, ''));

test('any WWW-Authenticate leaves the reason in the body what it is', async () => {
  const reasons = fc.constantFrom<[string, string]>(
    ['invalid_grant', 'SESSION_ENDED'],
    ['invalid_client', 'CLIENT_REJECTED'],
    ['invalid_scope', 'SCOPE_REJECTED'],
    ['interaction_required', 'REAUTH_REQUIRED'],
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(400, 401, 403),
      challenge,
      reasons,
      async (code, header, [error, expected]) => {
        provider.token.answerWith(raw(code, { 'www-authenticate': header }, JSON.stringify({ error })));
        expect(await refresh()).toBe(expected);
      },
    ),
    bounded,
  );
});

test('any WWW-Authenticate without a body is an answer without a reason, or one of no use', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(200, 400, 401, 403), challenge, async (code, header) => {
      provider.token.answerWith(raw(code, { 'www-authenticate': header }, ''));
      expect(await refresh()).toBe(code === 400 || code === 401 ? 'SESSION_ENDED' : 'TOKEN_BAD_RESPONSE');
    }),
    bounded,
  );
});
