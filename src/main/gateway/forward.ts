import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NetworkAnswer } from '../base/net';
import type { Registry } from '../config';
import { kindOf } from '../registry';
import { refusalOf } from './failure-refusal';
import { CallerLeft } from './caller-left';
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
    signal: new CallerLeft(reply.raw),
  });
  if (!answer.ok) return refusalOf(answer.failure);
  send(answer.value, reply);
  return 'sent';
}

/** At once and without a stream where nothing is still to come; fastify would add a type and a length where there are none. */
function send(answer: NetworkAnswer, reply: FastifyReply): void {
  const { status, body } = answer;
  const headers = headersToReturn(answer);
  const whole = answer.takeWhole?.();
  if (body !== null && whole === undefined) {
    void reply.code(status).headers(headers).send(body);
    return;
  }
  void reply.hijack();
  if (whole === undefined) reply.raw.writeHead(status, headers).end();
  else reply.raw.writeHead(status, { ...headers, 'content-length': whole.byteLength }).end(whole);
}

type SentHeaders = Partial<Record<(typeof sentHeaders)[number], string>>;

function headersToSend({ headers }: FastifyRequest): SentHeaders {
  const sent: SentHeaders = {};
  for (const name of sentHeaders) {
    const value = headers[name];
    if (value !== undefined) sent[name] = value;
  }
  return sent;
}

function headersToReturn({ headers, length }: NetworkAnswer): Record<string, string | number> {
  const returned: Record<string, string | number> = {};
  for (const name of returnedHeaders) {
    const value = headers.get(name);
    if (value !== null && isSafeValue(value)) returned[name] = value;
  }
  // As long as the registry said: in one piece where chunks would each be framed (RFC 9112 7.1).
  if (length !== undefined) returned['content-length'] = length;
  return returned;
}

/** What Node would refuse to send; a registry that sends it does not stop its answer. */
const isSafeValue = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
