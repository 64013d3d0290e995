import type { ActivityEntry } from '../../contract/activity';
import type { ComputerFacts, RegistryFacts } from '../../contract/support-view';
import type { ActivityLog } from './activity-log';
import { computerFacts, type ComputerSources } from './computer-facts';
import { type FactSources, registryFacts } from './registry-facts';

export interface SupportParts extends Omit<FactSources, 'vault'>, Omit<ComputerSources, 'vault'> {
  readonly vault: FactSources['vault'] & ComputerSources['vault'];
  readonly log: Pick<ActivityLog, 'entries'>;
}

/** What the Support screen asks main for. */
export class Support {
  readonly #parts: SupportParts;

  constructor(parts: SupportParts) {
    this.#parts = parts;
  }

  registryFacts(registryId: string): Promise<RegistryFacts | undefined> {
    return registryFacts(this.#parts, registryId);
  }

  activity(): readonly ActivityEntry[] {
    return this.#parts.log.entries();
  }

  computerFacts(): Promise<ComputerFacts> {
    return computerFacts(this.#parts);
  }
}
