import type { CommandHandlers } from '../../contract/bridge';
import type { Support } from '../support';

type SupportCommands = 'readRegistryFacts' | 'readComputerFacts' | 'readActivity';

/** The commands of the Support screen. */
export function supportHandlers(support: Support): Pick<CommandHandlers, SupportCommands> {
  return {
    readRegistryFacts: async ({ registryId }) => {
      const facts = await support.registryFacts(registryId);
      return facts === undefined ? {} : { facts };
    },
    readActivity: () => Promise.resolve(support.activity()),
    readComputerFacts: () => Promise.resolve(support.computerFacts()),
  };
}
