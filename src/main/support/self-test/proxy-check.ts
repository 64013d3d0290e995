import type { CheckOutcome } from '../../../contract/self-test';
import { failure } from '../../base/failure';
import { type ResolveProxy, routesOf } from '../../base/net';
import { fact, passed, refused } from './check';

/** How the system says each address is reached. A prescribed proxy of a kind that is not spoken leaves no way. */
export async function checkProxy(urls: readonly string[], resolveProxy: ResolveProxy): Promise<CheckOutcome> {
  const answers = await Promise.all(
    urls.map(async (url) => ({ url, list: await resolveProxy(url).catch(() => 'DIRECT') })),
  );
  const facts = answers.map(({ url, list }) => fact('route', `${new URL(url).host}: ${wayIn(list)}`));
  const without = answers.find(({ list }) => routesOf(list).length === 0);
  return without === undefined
    ? passed({ facts })
    : refused(failure('NET_REFUSED', { host: new URL(without.url).host }), { facts });
}

/** As the system says it, but for a user name and password in it. */
function wayIn(list: string): string {
  const ways = list.split(';').map((way) => way.trim().replace(/\S*@/, ''));
  return ways.filter((way) => way !== '').join('; ') || 'DIRECT';
}
