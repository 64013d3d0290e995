import type { Code } from '../../contract/codes';
import type { Clock } from '../base/clock';
import { type Failure, type Result, success } from '../base/failure';
import type { NetworkAnswer, NetworkStreams } from '../base/net';
import { isJson } from '../base/strict-json';
import type { Registry } from '../config';
import { askRegistry, wholeText } from './ask-registry';
import { bearerChallenge } from './bearer-challenge';
import { jsonOf } from './json-answer';
import { answersAs, probePath } from './probe-registry';
import { readDescription } from './registry-description';
import { kindOf } from './registry-kind';
import { readResourceMetadata } from './resource-metadata';
import { type SignInOffer, unusableOffer } from './sign-in-offer';

interface Services {
  readonly network: NetworkStreams;
  readonly clock: Pick<Clock, 'now'>;
}

/** A registry of which no more is known than its address. */
export type RegistryAddress = Pick<Registry, 'url' | 'kind' | 'allowPrivateIp'>;

/** What a registry says of how one signs in to it. */
export type SignInSaid =
  | { readonly kind: 'offers'; readonly offers: readonly [SignInOffer, ...SignInOffer[]] }
  /** It answers everybody. */
  | { readonly kind: 'none-needed' }
  /** Nothing, so it has to be typed; `reason` where it said something that cannot be used. */
  | { readonly kind: 'not-said'; readonly reason?: Failure };

/** Each of the at most three questions; a person waits. */
const longestMs = 5_000;
const mostBytes = 1024 * 1024;
const descriptionPath = '/.well-known/toolhive-registry';

/** The host itself cannot be reached, or must not be: no other path of it will answer. */
const saysNobodyIsThere: ReadonlySet<Code> = new Set<Code>([
  'REGISTRY_PRIVATE_ADDRESS',
  'NET_DNS',
  'NET_OFFLINE',
  'NET_REFUSED',
  'NET_TLS',
  'NET_PROXY_AUTH',
]);

/**
 * Asks a registry how one signs in to it: `/.well-known/toolhive-registry` at its origin; else, of a 401 with a Bearer
 * challenge, the metadata it points to (RFC 9728 5.1), at its own origin only. Sends no token and nothing of a person, and
 * asks nobody but the registry: what it names is not visited here.
 *
 * Failures: why the registry cannot be asked (NET_*, REGISTRY_PRIVATE_ADDRESS, REGISTRY_REDIRECTED), and why what answers
 * is none (those of {@link jsonOf}). A static file that asks for a sign-in is REGISTRY_FILE_NEEDS_SIGN_IN.
 */
export async function discoverAuth(
  services: Services,
  registry: RegistryAddress,
  signal?: AbortSignal,
): Promise<Result<SignInSaid>> {
  // No token is ever sent to a file, whatever its host says.
  if (kindOf(registry) === 'static') return probe(services, registry, signal);
  const described = await readAt(services, registry, descriptionPath, signal);
  if (!described.ok && saysNobodyIsThere.has(described.failure.code)) return described;
  const offer =
    described.ok && described.value !== undefined
      ? readDescription(described.value, registry.url)
      : undefined;
  if (offer?.ok === true) return success({ kind: 'offers', offers: [offer.value] });
  const probed = await probe(services, registry, signal);
  const isSilent = probed.ok && probed.value.kind === 'not-said' && probed.value.reason === undefined;
  return isSilent && offer?.ok === false ? success({ kind: 'not-said', reason: offer.failure }) : probed;
}

/** Asks for the list as anybody may. */
async function probe(
  services: Services,
  registry: RegistryAddress,
  signal: AbortSignal | undefined,
): Promise<Result<SignInSaid>> {
  const kind = kindOf(registry);
  const answer = await ask(services, registry, registry.url, probePath(kind), signal);
  if (!answer.ok) return answer;
  const { status, headers } = answer.value;
  if (status === 401 || status === 403) {
    answer.value.body?.destroy();
    if (kind === 'static') return fileNeedsSignIn(registry.url);
    return success(
      status === 401
        ? await fromChallenge(services, registry, headers.get('www-authenticate') ?? '', signal)
        : { kind: 'not-said' },
    );
  }
  const body = await jsonOf(answer.value, registry.url, services.clock.now());
  if (!body.ok) return body;
  const shaped = answersAs(kind, body.value, registry.url);
  return shaped.ok ? success({ kind: 'none-needed' }) : shaped;
}

async function fromChallenge(
  services: Services,
  registry: RegistryAddress,
  header: string,
  signal: AbortSignal | undefined,
): Promise<SignInSaid> {
  const pointer = bearerChallenge(header)?.get('resource_metadata');
  if (pointer === undefined) return { kind: 'not-said' };
  const { url } = registry;
  const address = URL.parse(pointer);
  const isOwn = address?.origin === new URL(url).origin && address.username === '' && address.password === '';
  if (address === null || !isOwn) return notSaid(unusableOffer(url, 'resource_metadata'));
  const text = await readAt(services, registry, address.pathname + address.search, signal);
  if (!text.ok) return notSaid(text);
  if (text.value === undefined) return notSaid(unusableOffer(url, 'resource_metadata'));
  const read = readResourceMetadata(text.value, url);
  if (!read.ok) return notSaid(read);
  const [first, ...more] = read.value;
  return first === undefined ? { kind: 'not-said' } : { kind: 'offers', offers: [first, ...more] };
}

/** A JSON document at the registry's origin; undefined where there is none, whatever stands there instead. */
async function readAt(
  services: Services,
  registry: RegistryAddress,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Result<string | undefined>> {
  const answer = await ask(services, registry, new URL(registry.url).origin, path, signal);
  if (!answer.ok) return answer;
  if (answer.value.status === 200 && isJson(answer.value)) return wholeText(answer.value);
  answer.value.body?.destroy();
  return success(undefined);
}

const ask = (
  { network }: Services,
  { allowPrivateIp }: RegistryAddress,
  base: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Result<NetworkAnswer>> =>
  askRegistry(network, { base, path, allowPrivateIp, deadlineMs: longestMs, maxBytes: mostBytes }, signal);

const notSaid = (why: Result<unknown>): SignInSaid =>
  why.ok ? { kind: 'not-said' } : { kind: 'not-said', reason: why.failure };

const fileNeedsSignIn = (url: string): Result<never> => ({
  ok: false,
  failure: { code: 'REGISTRY_FILE_NEEDS_SIGN_IN', params: { name: new URL(url).host } },
});
