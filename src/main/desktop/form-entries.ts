import type { RegistryForm } from '../../contract/registry-form';
import { failed, type Result } from '../base/failure';
import {
  entryOfForm,
  entryOfRegistry,
  type Registry,
  type RegistryEntry,
  type WrittenEntry,
} from '../config';

interface Services {
  readonly registries: () => readonly Registry[];
  /** An entry of the user's file as it is written now. */
  readonly writtenEntry: (id: string) => Promise<Result<WrittenEntry | undefined>>;
}

/** The entries behind forms: what the user's file says of a registry, and what it would say once a form is saved. */
export class FormEntries {
  readonly #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  /** A registry that is in force; undefined also where there is no id, as in the form of a new one. */
  registry(id: string | undefined): Registry | undefined {
    return id === undefined ? undefined : this.#services.registries().find((registry) => registry.id === id);
  }

  /** As the file has it; for one of another source, as it would be written. */
  async written(id: string): Promise<Result<WrittenEntry>> {
    const registry = this.registry(id);
    if (registry === undefined) return failed('OP_STALE');
    if (registry.locked) return failed('SETTING_LOCKED', { name: registry.name });
    const written = await this.#services.writtenEntry(id);
    if (!written.ok) return written;
    return { ok: true, value: written.value ?? entryOfRegistry(registry) };
  }

  /** What a form says, with everything of the entry that it replaces and no form shows. */
  async ofForm({ values, replaces }: RegistryForm): Promise<RegistryEntry> {
    const written = replaces === undefined ? undefined : await this.written(replaces);
    return entryOfForm(values, written?.ok === true ? written.value : {});
  }
}
