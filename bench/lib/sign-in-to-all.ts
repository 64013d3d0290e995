import { setTimeout as wait } from 'node:timers/promises';
import { createCookieJar, finishSignIn } from '../../e2e/servers/browser';
import { type Pipe, pipeName } from '../../src/contract/pipe';
import type { Snapshot } from '../../src/contract/view-model';
import type { RunningWindow } from './window';

/** How long the last sign-in may take after its callback, and how often it is looked at meanwhile. */
const longestMs = 30_000;
const betweenLooksMs = 50;

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
  const unfinished = (await whenDone(page)).filter(({ session }) => session.kind !== 'signed-in');
  const [first] = unfinished;
  if (first !== undefined)
    throw new Error(
      `${unfinished.length} of ${registries} registries are not signed in, ${first.id} is ${first.session.kind}`,
    );
}

/** The rows once no sign-in is under way: the browser has its answer before the tokens are there. */
async function whenDone(page: RunningWindow['page']): Promise<Snapshot['registries']> {
  const until = performance.now() + longestMs;
  for (;;) {
    const { registries } = (await ask(page, 'readView', undefined)) as Snapshot;
    const isUnderWay = registries.some(({ session }) => session.kind === 'signing-in');
    if (!isUnderWay || performance.now() > until) return registries;
    await wait(betweenLooksMs);
  }
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
