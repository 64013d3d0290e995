import { request as plainRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { request as tlsRequest } from 'node:https';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpQuestion {
  readonly url: string | URL;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as a form (`application/x-www-form-urlencoded`). */
  readonly form?: Readonly<Record<string, string>>;
  /** Certificate authority to trust, PEM; for servers started with a test certificate. */
  readonly ca?: string;
}

/** One request on a connection of its own. Follows no redirect and keeps no cookie: callers see what was sent. */
export function send(question: HttpQuestion): Promise<HttpAnswer> {
  const url = new URL(question.url);
  const body = question.form === undefined ? undefined : new URLSearchParams(question.form).toString();
  const form = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const options = {
    method: question.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { connection: 'close', ...form, ...question.headers },
    agent: false as const,
    ...(question.ca === undefined ? {} : { ca: question.ca }),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
