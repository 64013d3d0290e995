import { createCookieJar, finishSignIn } from '../../e2e/servers/browser';
import { type Pipe, pipeName } from '../../src/contract/pipe';
import type { Snapshot } from '../../src/contract/view-model';
import type { RunningWindow } from './window';

/** Signs in to every registry of a window, as somebody who is known at the provider from the first one on. */
export async function signInToAll(
  { page, openedUrls }: RunningWindow,
  registries: number,
  ca: string,
): Promise<void> {
  const cookies = createCookieJar();
  for (let index = 0; index < registries; index++) {
    await ask(page, 'signIn', { registryId: `acme-${index}`, account: 'default' });
    const link = (await openedUrls(index + 1))[index] ?? '';
    await finishSignIn(link, { ca, cookies });
  }
  const { registries: shown } = (await ask(page, 'readView', undefined)) as Snapshot;
  const others = shown.filter(({ session }) => session.kind !== 'signed-in');
  if (others.length > 0) throw new Error(`${others.length} of ${shown.length} registries are not signed in`);
}

/** Sends a command as the page does. */
const ask = (page: RunningWindow['page'], name: string, input: unknown): Promise<unknown> =>
  page.evaluate(
    ([pipe, command, argument]) => {
      const { invoke } = Reflect.get(window, pipe) as Pick<Pipe, 'invoke'>;
      return invoke(command, argument);
    },
    [pipeName, name, input] as const,
  );
