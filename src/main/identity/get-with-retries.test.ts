import { describe, expect, test } from 'vitest';
import { manualClock } from '../base/manual-clock';
import { NetworkError } from '../base/net';
import { getWithRetries } from './get-with-retries';

/** Answers one after another, the last one again and again; notes when it was asked. */
function setUp(answers: readonly (() => Response)[], options: { tries?: number; signal?: AbortSignal } = {}) {
  const clock = manualClock();
  const askedAt: number[] = [];
  const network = {
    fetch: () => {
      const answer = answers[Math.min(askedAt.length, answers.length - 1)];
      askedAt.push(clock.monotonic());
      return Promise.resolve().then(() => answer?.() ?? new Response());
    },
  };
  const result = getWithRetries(
    'https://login.acme.example/metadata',
    {},
    {
      network,
      clock,
      tries: 3,
      codes: { tooLarge: 'DISC_TOO_LARGE', forbiddenAddress: 'DISC_PRIVATE_ENDPOINT' },
      ...options,
    },
  );
  return { clock, askedAt, result };
}
const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response(null, { status: code, headers });
const broken = (reason: NetworkError['reason']) => () => {
  throw new NetworkError(reason, 'login.acme.example', false);
};

test.each([200, 302, 404])('%d is an answer', async (code) => {
  const { askedAt, result } = setUp([status(code)]);
  expect(await result).toMatchObject({ ok: true, value: { status: code } });
  expect(askedAt).toHaveLength(1);
});

describe('trouble that may pass', () => {
  test('is asked again after about half a second and two seconds, and then told', async () => {
    const { clock, askedAt, result } = setUp([status(503)]);
    await clock.advance(60_000);
    expect(await result).toMatchObject({
      failure: { code: 'IDP_UNAVAILABLE', params: { host: 'login.acme.example' } },
    });
    const [first = 0, second = 0, third = 0] = askedAt;
    expect(askedAt).toHaveLength(3);
    expect(second - first).toBeGreaterThanOrEqual(250);
    expect(second - first).toBeLessThanOrEqual(750);
    expect(third - second).toBeGreaterThanOrEqual(1_000);
    expect(third - second).toBeLessThanOrEqual(3_000);
  });

  test.each<NetworkError['reason']>(['dns', 'offline', 'refused', 'timeout', 'interrupted'])(
    'that has passed is no trouble: %s',
    async (reason) => {
      const { clock, result } = setUp([broken(reason), status(200)]);
      await clock.advance(750);
      expect((await result).ok).toBe(true);
    },
  );

  test('a time to wait of up to a minute earns exactly one more try, and a longer one none', async () => {
    const patient = setUp([status(429, { 'retry-after': '60' })]);
    await patient.clock.advance(59_999);
    expect(patient.askedAt).toHaveLength(1);
    await patient.clock.advance(1);
    expect(await patient.result).toMatchObject({ failure: { code: 'IDP_RATE_LIMITED' } });
    expect(patient.askedAt).toHaveLength(2);

    const { askedAt, result } = setUp([status(503, { 'retry-after': '61' })]);
    expect(await result).toMatchObject({ failure: { code: 'IDP_UNAVAILABLE' } });
    expect(askedAt).toHaveLength(1);
  });
});

test.each<[NetworkError['reason'], string]>([
  ['tls', 'NET_TLS'],
  ['too-large', 'DISC_TOO_LARGE'],
  ['forbidden-address', 'DISC_PRIVATE_ENDPOINT'],
  ['proxy-auth', 'NET_PROXY_AUTH'],
  ['aborted', 'OP_STALE'],
])('%s will not pass: %s at once', async (reason, code) => {
  const { askedAt, result } = setUp([broken(reason)]);
  expect(await result).toMatchObject({ failure: { code } });
  expect(askedAt).toHaveLength(1);
});

test('a signal that aborts between two tries ends it there', async () => {
  const controller = new AbortController();
  const { askedAt, result } = setUp([status(503)], { signal: controller.signal });
  await Promise.resolve();
  controller.abort();
  expect(await result).toMatchObject({ failure: { code: 'OP_STALE' } });
  expect(askedAt).toHaveLength(1);
});
