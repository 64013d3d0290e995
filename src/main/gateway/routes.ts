import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { type Answer, refusal } from './answer';

/** `sent`: the handler has sent it itself, as a stream. */
type Handler = (request: FastifyRequest, reply: FastifyReply) => Answer | Promise<Answer | 'sent'>;

const methods = ['GET', 'HEAD', 'POST'] satisfies HTTPMethods[];

/** One address: HEAD comes with GET, any other method than the one offered is 405. */
export function addRoute(app: FastifyInstance, method: 'GET' | 'POST', url: string, handler: Handler): void {
  const offered = method === 'GET' ? ['GET', 'HEAD'] : ['POST'];
  app.route({
    method: offered,
    url,
    async handler(request, reply) {
      const answer = await handler(request, reply);
      return answer === 'sent' ? reply : sendAnswer(reply, answer);
    },
  });
  app.route({
    method: methods.filter((other) => !offered.includes(other)),
    url,
    handler: (_request, reply) =>
      sendAnswer(reply, refusal('method_not_allowed', { headers: { allow: offered.join(', ') } })),
  });
}

export function sendAnswer(reply: FastifyReply, { status, body, headers = {} }: Answer): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}

/** The id in an address with `:name`. */
export const nameIn = (request: FastifyRequest): string => (request.params as { readonly name: string }).name;
