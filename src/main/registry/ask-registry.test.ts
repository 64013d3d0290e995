import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  html,
  huge,
  json,
  redirect,
  reset,
  stall,
  stallAfterHeaders,
  truncated,
} from '../../../e2e/servers/answers';
import { unusedOrigin } from '../../../e2e/servers/http-server';
import { type Registry, startRegistry } from '../../../e2e/servers/registry';
import { manualClock } from '../base/manual-clock';
import { Secret } from '../base/secret';
import { askRegistry, type RegistryQuestion, wholeText } from './ask-registry';
import { directNetwork } from './testing/registries';

vi.setConfig({ testTimeout: 30_000 });

let registry: Registry;
let stranger: Registry;
beforeEach(async () => {
  registry = await startRegistry({ name: 'Acme', path: '/registry/engineering' });
  stranger = await startRegistry({ name: 'Stranger' });
});
afterEach(async () => {
  await registry.close();
  await stranger.close();
});

const list = '/v0.1/servers';
const ask = (changes: Partial<RegistryQuestion> = {}, network = directNetwork()) =>
  askRegistry(network, {
    base: registry.url,
    path: list,
    allowPrivateIp: true,
    token: new Secret('token-of-acme'),
    ...changes,
  });
/** Status and beginning of the body, or the code with what it names. */
const outcome = async (changes: Partial<RegistryQuestion> = {}, network = directNetwork()) => {
  const answer = await ask(changes, network);
  if (!answer.ok) return answer.failure;
  const whole = await wholeText(answer.value);
  return whole.ok ? `${answer.value.status} ${whole.value.slice(0, 12)}` : whole.failure;
};

test('the question goes below the base, of which one trailing slash is trimmed', async () => {
  expect(await outcome({ base: `${registry.url}/` })).toBe('200 {"servers":[');
  expect(registry.requests.map(({ target }) => target)).toEqual(['/registry/engineering/v0.1/servers']);
  expect(registry.authorizations).toEqual(['Bearer token-of-acme']);
});

test('a static file is asked for at its own address, query included', async () => {
  await outcome({ base: `${registry.staticUrl}?rev=2`, path: '' });
  expect(registry.requests.map(({ target }) => target)).toEqual([
    '/registry/engineering/registry.json?rev=2',
  ]);
});

test('what a caller wants to say goes along, the body comes while it is written', async () => {
  const answer = await ask({ headers: { accept: 'text/plain', 'if-none-match': '"1"' } });
  expect(registry.list.requests[0]?.headers).toMatchObject({ accept: 'text/plain', 'if-none-match': '"1"' });
  expect(answer.ok && answer.value.body).toBeInstanceOf(Readable);
  const head = await ask({ method: 'HEAD' });
  expect(head.ok && [head.value.status, head.value.body]).toEqual([200, null]);
});

describe('the token stays at its origin', () => {
  test('a redirect to another one is not followed, and both are named', async () => {
    registry.list.answerWith(redirect(`${stranger.url}/v0.1/servers`));
    expect(await outcome()).toEqual({
      code: 'REGISTRY_REDIRECTED',
      params: { host: new URL(registry.url).host, actual: new URL(stranger.url).host },
    });
    expect(stranger.requests).toEqual([]);
  });

  test.each([
    ['another scheme', (url: URL) => `https://${url.host}/x`],
    ['another name of this computer', (url: URL) => `http://localhost:${url.port}/x`],
    ['an address without a scheme', () => '//evil.example/x'],
    ['a backslash that browsers take for a slash', () => '/\\evil.example/x'],
    ['no address at all', () => 'javascript:alert(1)'],
  ])('nor to %s', async (_name, target) => {
    registry.list.answerWith(redirect(target(new URL(registry.url))));
    expect(await outcome()).toMatchObject({ code: 'REGISTRY_REDIRECTED' });
    expect(registry.requests).toHaveLength(1);
  });

  test('a redirect within it is followed, to the end of a few', async () => {
    registry.list.answerOnce(redirect('servers?moved=1', 307));
    expect(await outcome()).toBe('200 {"servers":[');
    expect(registry.authorizations).toHaveLength(2);
    registry.list.answerWith(redirect('servers'));
    expect(await outcome()).toMatchObject({ code: 'REGISTRY_REDIRECTED' });
    expect(registry.authorizations).toHaveLength(2 + 6);
  });

  test.each([
    '/../finance/v0.1/servers',
    '/%2e%2e/finance/v0.1/servers',
    '/v0.1/../../finance/v0.1/servers',
    '/..\\finance/v0.1/servers',
    '@evil.example/v0.1/servers',
    '.evil.example/v0.1/servers',
    '-of-finance/v0.1/servers',
  ])('a path that leads out of the registry is refused: %s', async (path) => {
    expect(await outcome({ path })).toMatchObject({ code: 'REGISTRY_NOT_FOUND' });
    expect(registry.requests).toEqual([]);
  });

  test.each(['@evil.example/v0.1/servers', '.evil.example/v0.1/servers', '1/v0.1/servers'])(
    'nor may one change the host of a registry at the root: %s',
    async (path) => {
      expect(await outcome({ base: 'https://mcp.acme.example:8443', path })).toMatchObject({
        code: 'REGISTRY_NOT_FOUND',
      });
    },
  );
});

describe('private addresses', () => {
  const named = () => `http://registry.acme.example:${registry.port}/registry/engineering`;
  const resolvingTo = (addresses: string[]) =>
    directNetwork({
      resolve: (_host, done) => {
        done(null, [{ address: addresses.shift() ?? '198.51.100.7', family: 4 }]);
      },
    });

  test('are for registries that may be inside the company only', async () => {
    expect(await outcome({ allowPrivateIp: false })).toMatchObject({ code: 'REGISTRY_PRIVATE_ADDRESS' });
    expect(await outcome({ base: named(), allowPrivateIp: false }, resolvingTo(['10.0.0.1']))).toMatchObject({
      code: 'REGISTRY_PRIVATE_ADDRESS',
    });
    expect(await outcome({ base: named() }, resolvingTo(['127.0.0.1']))).toBe('200 {"servers":[');
  });

  test('a name server that changes its answer gains nothing: what is connected to is what was judged', async () => {
    const network = resolvingTo(['127.0.0.1', '169.254.169.254']);
    expect(await outcome({ base: named(), allowPrivateIp: false }, network)).toMatchObject({
      code: 'REGISTRY_PRIVATE_ADDRESS',
    });
    expect(await outcome({ base: named() }, network)).toMatchObject({ code: 'REGISTRY_PRIVATE_ADDRESS' });
    expect(registry.requests).toEqual([]);
  });

  test('a redirect is judged as the first address was', async () => {
    const network = resolvingTo(['127.0.0.1', '169.254.169.254']);
    registry.list.answerOnce((request, response) => {
      // The connection ends, so that the name is resolved once more.
      response.writeHead(302, { location: 'servers', connection: 'close' }).end();
      request.socket.end();
    });
    expect(await outcome({ base: named() }, network)).toMatchObject({ code: 'REGISTRY_PRIVATE_ADDRESS' });
    expect(registry.requests).toHaveLength(1);
  });
});

describe('caps and deadlines', () => {
  test('a success may have 16 MiB, decoded', async () => {
    registry.list.answerWith(huge(16 * 1024 * 1024));
    expect(await outcome()).toBe('200 {"padding":"');
    registry.list.answerWith(huge(16 * 1024 * 1024 + 1, 'absent'));
    expect(await outcome()).toMatchObject({ code: 'REGISTRY_ANSWER_TOO_LARGE' });
  });

  test('an error is cut at 4 KiB, and what it goes on with is not waited for', async () => {
    registry.list.answerWith((_request, response) => void response.writeHead(500).write('x'.repeat(5000)));
    const answer = await ask();
    const body = answer.ok ? await wholeText(answer.value) : answer;
    expect(body.ok && body.value.length).toBe(4096);
  });

  test('headers have 10 s', async () => {
    const clock = manualClock();
    registry.list.answerWith(stall);
    const result = outcome({}, directNetwork({ clock }));
    await expect.poll(() => registry.requests.length).toBe(1);
    await Promise.all([
      expect(result).resolves.toMatchObject({ code: 'NET_TIMEOUT' }),
      clock.advance(10_000),
    ]);
  });

  test('a whole answer has 60 s', async () => {
    const clock = manualClock();
    registry.list.answerWith(stallAfterHeaders);
    const answer = await ask({}, directNetwork({ clock }));
    if (!answer.ok) throw new Error(answer.failure.code);
    let ended = false;
    const body = wholeText(answer.value).finally(() => (ended = true));
    await clock.advance(59_999);
    expect(ended).toBe(false);
    await clock.advance(1);
    expect(await body).toMatchObject({ failure: { code: 'NET_TIMEOUT' } });
  });
});

describe('the true reason', () => {
  test.each([
    ['NET_INTERRUPTED', reset],
    ['NET_INTERRUPTED', truncated({ servers: 'x'.repeat(100) })],
  ])('%s', async (code, answer) => {
    registry.list.answerWith(answer);
    expect(await outcome()).toMatchObject({ code });
  });

  test('nobody listens; a name that nobody knows; plain http where TLS was expected', async () => {
    expect(await outcome({ base: await unusedOrigin() })).toMatchObject({ code: 'NET_REFUSED' });
    const nameless = directNetwork({
      resolve: (_host, done) => {
        done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);
      },
    });
    const elsewhere = { base: 'https://nowhere.acme.example' };
    expect(await outcome(elsewhere, nameless)).toEqual({
      code: 'NET_DNS',
      params: { host: 'nowhere.acme.example' },
    });
    const secure = { base: registry.url.replace('http:', 'https:') };
    expect(await outcome(secure)).toMatchObject({ code: 'NET_TLS' });
  });

  test('any other answer is one, whatever it says', async () => {
    registry.list.answerOnce(json(418, {}));
    expect(await outcome()).toBe('418 {}');
    registry.list.answerOnce(html());
    expect(await outcome()).toBe('200 <!doctype ht');
  });
});
