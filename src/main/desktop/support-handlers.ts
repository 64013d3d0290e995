import type { CommandHandlers } from '../../contract/bridge';
import type { SelfTest, Support } from '../support';
import { outcome } from './outcome';

type SupportCommands =
  | 'readRegistryFacts'
  | 'readComputerFacts'
  | 'readActivity'
  | 'startSelfTest'
  | 'cancelSelfTest'
  | 'readSelfTest';

export interface SupportServices {
  readonly support: Support;
  readonly selfTest: Pick<SelfTest, 'start' | 'cancel' | 'run'>;
}

/** The commands of the Support screen. */
export function supportHandlers({
  support,
  selfTest,
}: SupportServices): Pick<CommandHandlers, SupportCommands> {
  return {
    readRegistryFacts: async ({ registryId }) => {
      const facts = await support.registryFacts(registryId);
      return facts === undefined ? {} : { facts };
    },
    readActivity: () => Promise.resolve(support.activity()),
    readComputerFacts: () => Promise.resolve(support.computerFacts()),
    startSelfTest: (target) => Promise.resolve(outcome(selfTest.start(target))),
    cancelSelfTest: () => {
      selfTest.cancel();
      return Promise.resolve({ ok: true });
    },
    readSelfTest: () => Promise.resolve(selfTest.run === undefined ? {} : { run: selfTest.run }),
  };
}
