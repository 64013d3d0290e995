import { Agent, fetch } from 'undici';
import type { Surroundings } from '../lib/contest';

/** Posts a form on a connection of its own, as Gatepass does, and with nothing around it. */
export async function bareTokenRequest(
  url: string,
  { ca }: Pick<Surroundings, 'ca'>,
  form: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const dispatcher = new Agent({ connect: { ca } });
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form), dispatcher });
  const body = (await answer.json()) as Readonly<Record<string, unknown>>;
  if (!answer.ok) throw new Error(`The token endpoint answered ${answer.status} ${JSON.stringify(body)}`);
  void dispatcher.destroy();
  return body;
}
