import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from '../config';
import { kindOf } from '../registry';
import { refusalOf } from './failure-refusal';
import type { GatewayServices } from './services';
import { type Answer, refusal } from './answer';

/** All that a registry learns of the caller. */
const sentHeaders = ['accept', 'if-none-match'] as const;
/** All that the caller learns of the answer's headers. */
const returnedHeaders = ['content-type', 'etag', 'last-modified', 'cache-control', 'retry-after'] as const;

/**
 * Passes a question on to its registry and the answer back as it arrives: nothing is kept, a slow reader slows the
 * registry down, and a caller that leaves ends the question.
 */
export async function forwardRequest(
  { client }: Pick<GatewayServices, 'client'>,
  registry: Registry,
  path: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Answer | 'sent'> {
  if (kindOf(registry) === 'static')
    return refusal('not_found', {
      message: 'This registry is one static file without an API; read it at its address (source).',
    });
  const answer = await client.request(registry, {
    method: request.method === 'HEAD' ? 'HEAD' : 'GET',
    path,
    headers: headersToSend(request),
    signal: endOfCaller(reply),
  });
  if (!answer.ok) return refusalOf(answer.failure);
  const { status, headers, body, length } = answer.value;
  void reply.code(status);
  for (const name of returnedHeaders) {
    const value = headers.get(name);
    if (value !== null && isSafeValue(value)) void reply.header(name, value);
  }
  // As long as the registry said: in one piece where chunks would each be framed (RFC 9112 7.1).
  if (length !== undefined) void reply.header('content-length', length);
  void reply.send(body);
  return 'sent';
}

function headersToSend({ headers }: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    sentHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What Node would refuse to send; a registry that sends it does not stop its answer. */
const isSafeValue = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

/** Aborts when the caller is gone before the whole answer was sent. */
function endOfCaller(reply: FastifyReply): AbortSignal {
  const ended = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) ended.abort();
  });
  return ended.signal;
}
