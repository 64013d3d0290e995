import { createContext, use } from 'react';

/** What a person wants to do to the list of registries. */
export type RegistryTask =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly registryId: string }
  | { readonly kind: 'remove'; readonly registryId: string }
  | { readonly kind: 'forget'; readonly registryId: string };

export const RegistryTaskContext = createContext<(task: RegistryTask) => void>(() => undefined);

/** Opens the dialog of a task over the page. */
export const useRegistryTask = () => use(RegistryTaskContext);
