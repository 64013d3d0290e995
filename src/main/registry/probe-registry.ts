import { z } from 'zod';
import type { Clock } from '../base/clock';
import { failed, type Result, success } from '../base/failure';
import type { Registry } from '../config';
import { jsonOf } from './json-answer';
import type { RegistryClient } from './registry-client';
import { kindOf } from './registry-kind';

const longestMs = 5_000;

/** What marks each kind: the one question that every API answers (MCP Registry API v0.1), or the file itself. */
const marks = {
  api: {
    path: '/v0.1/servers?limit=1&version=latest',
    shape: z.object({ servers: z.array(z.unknown()), metadata: z.looseObject({}) }),
  },
  static: {
    path: '',
    shape: z.object({ data: z.object({ servers: z.array(z.unknown()) }) }),
  },
};

type Kind = keyof typeof marks;

/** Whether a registry answers as one; else the true reason why not. */
export async function probeRegistry(
  client: Pick<RegistryClient, 'request'>,
  clock: Pick<Clock, 'now'>,
  registry: Registry,
): Promise<Result<void>> {
  const kind = kindOf(registry);
  const answer = await client.request(registry, { path: probePath(kind), deadlineMs: longestMs });
  if (!answer.ok) return answer;
  const { url } = registry;
  const body = await jsonOf(answer.value, url, clock.now());
  return body.ok ? answersAs(kind, body.value, url) : body;
}

/** What to ask for below the address, so that the answer tells a registry from anything else. */
export const probePath = (kind: Kind): string => marks[kind].path;

/** Whether the answer to {@link probePath} is a registry's; else REGISTRY_NOT_A_REGISTRY. */
export function answersAs(kind: Kind, body: unknown, url: string): Result<void> {
  if (marks[kind].shape.safeParse(body).success) return success(undefined);
  return failed('REGISTRY_NOT_A_REGISTRY', { host: new URL(url).host, url });
}
