import type { ComputerFacts, RegistryFacts } from '../../contract/support-view';
import { computerFacts, type ComputerSources } from './computer-facts';
import { type FactSources, registryFacts } from './registry-facts';

export type SupportParts = FactSources & Omit<ComputerSources, 'vault'>;

/** What the Support screen asks main for. */
export class Support {
  readonly #parts: SupportParts;

  constructor(parts: SupportParts) {
    this.#parts = parts;
  }

  registryFacts(registryId: string): Promise<RegistryFacts | undefined> {
    return registryFacts(this.#parts, registryId);
  }

  computerFacts(): ComputerFacts {
    return computerFacts(this.#parts);
  }
}
