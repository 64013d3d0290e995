import { someComputerFacts, someRegistryFacts } from '../testing/support-views';

/** What the gallery's main answers to a command, besides the view. */
export function answerOfMain(command: string): Promise<unknown> {
  if (command === 'readRegistryFacts') return Promise.resolve({ facts: someRegistryFacts() });
  if (command === 'readComputerFacts') return Promise.resolve(someComputerFacts());
  return Promise.resolve({ ok: true });
}
