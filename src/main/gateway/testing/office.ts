import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { type IdentityProvider, startIdentityProvider } from '../../../../e2e/servers/identity-provider';
import {
  type Registry as RegistryServer,
  type RegistryOptions,
  startRegistry,
} from '../../../../e2e/servers/registry';
import type { ActivityEvent } from '../../base/event-sink';
import { systemClock } from '../../base/clock';
import { createNetwork } from '../../base/net';
import type { Registry } from '../../config';
import { RegistryClient } from '../../registry';
import { clientOf } from '../../identity/testing/client';
import { freePort } from '../../../../e2e/servers/free-port';
import { type Desk, openDesk } from '../../sessions/testing/desk';
import { registryOf } from '../../sessions/testing/registry-of';
import { statusOf } from '../../sessions';
import { openApiDocument } from '../open-api';
import { openGateway, type OpenGateway } from '../open-gateway';
import type { GatewayServices } from '../services';
import { descriptionCheck } from './fits-description';

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as JSON. */
  readonly json: unknown;
}

export interface Question {
  readonly method?: string;
  /** Instead of, or beside, the usual ones; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

/** A company's provider and registry, a person's sessions, and a gateway in front of them: all real. */
export interface Office {
  readonly provider: IdentityProvider;
  readonly registry: RegistryServer;
  readonly desk: Desk;
  readonly gateway: OpenGateway;
  readonly port: number;
  readonly events: readonly ActivityEvent[];
  /** The registries that a person was asked about, in the window. */
  readonly askedAbout: readonly string[];
  readonly control: { isAllowed: boolean; isLocked: boolean };
  /** Asks the gateway as a program does that has read gateway.json; throws for an answer that its OpenAPI document does not describe. */
  readonly ask: (path: string, question?: Question) => Promise<GatewayAnswer>;
  readonly close: () => Promise<void>;
}

export interface OfficeOptions {
  readonly registry?: Partial<RegistryOptions>;
  /** Beside `acme`. */
  readonly others?: readonly Registry[];
  /** Instead of asking the registry. */
  readonly client?: GatewayServices['client'];
}

export async function openOffice(options: OfficeOptions = {}): Promise<Office> {
  const audience = 'https://mcp.acme.example';
  const provider = await startIdentityProvider({ name: 'Acme', audiences: [audience] });
  const { issuer } = provider;
  const registry = await startRegistry({ name: 'Acme', issuer, audience, ...options.registry });
  const client = clientOf(issuer, {
    audience,
    audienceParameter: 'audience',
    callbackPort: await freePort(),
  });
  const desk = await openDesk({ issuer });
  const registries: readonly Registry[] = [
    { ...registryOf('acme', client), name: 'Acme MCP', url: registry.url, allowPrivateIp: true },
    ...(options.others ?? []),
  ];
  desk.sessions.configure(registries, 120);

  const configured = (id: string) => registries.find((one) => one.id === id);
  const network = createNetwork({
    resolveProxy: () => Promise.resolve('DIRECT'),
    clock: systemClock,
    userAgent: 'Gatepass/1.2.3',
  });
  const events: ActivityEvent[] = [];
  const askedAbout: string[] = [];
  const control = { isAllowed: false, isLocked: false };
  const services: GatewayServices = {
    registries: () => registries,
    registry: configured,
    authStatus: (id) => {
      const state = desk.sessions.state(id);
      return state === undefined ? 'none' : statusOf(state);
    },
    sessions: desk.sessions,
    client:
      options.client ??
      new RegistryClient({
        network,
        clock: systemClock,
        registry: configured,
        accessToken: (id, force) => desk.sessions.accessToken(id, force),
        judged: (id, verdict) => {
          desk.sessions.judge(id, verdict);
        },
      }),
    sessionControl: () => control,
    askPerson: (id) => askedAbout.push(id),
    events: { record: (event) => events.push(event) },
    version: '1.2.3',
  };
  const opened = await openGateway(services, 0);
  if (!opened.ok) throw new Error(opened.failure.code);
  const gateway = opened.value;
  const port = Number(new URL(gateway.url).port);
  return {
    provider,
    registry,
    desk,
    gateway,
    port,
    events,
    askedAbout,
    control,
    async ask(path, question) {
      const answer = await askGateway(gateway, path, question);
      const flaw = flawOf(question?.method ?? 'GET', path, answer);
      if (flaw !== undefined) throw new Error(`Not as described: ${flaw}`);
      return answer;
    },
    async close() {
      await gateway.close();
      await desk.sessions.close();
      await network.close();
      await registry.close();
      await provider.close();
    },
  };
}

const flawOf = descriptionCheck(openApiDocument('1.2.3'));

/** One request on a connection of its own, with exactly these headers. */
export function askGateway(
  { url, token }: Pick<OpenGateway, 'url' | 'token'>,
  path: string,
  { method = 'GET', headers = {}, body }: Question = {},
): Promise<GatewayAnswer> {
  const all: Question['headers'] = {
    authorization: `Bearer ${token.reveal()}`,
    connection: 'close',
    ...headers,
  };
  const sent = Object.entries(all);
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const request = httpRequest({
      host: hostname,
      port,
      path,
      method,
      headers: Object.fromEntries(sent.filter(([, value]) => value !== undefined)),
      agent: false,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: text,
          get json() {
            return JSON.parse(text) as unknown;
          },
        });
      });
    });
    request.end(body);
  });
}
