import { createContext, use } from 'react';

/** What a person wants to do that a dialog asks about: to the list of registries, or to what they are open for. */
export type RegistryTask =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly registryId: string }
  /** To edit it, beginning with asking the registry how one signs in to it. */
  | { readonly kind: 'set-up-sign-in'; readonly registryId: string }
  /** To have as one's own what came from ToolHive. */
  | { readonly kind: 'adopt'; readonly registryId: string }
  | { readonly kind: 'remove'; readonly registryId: string }
  | { readonly kind: 'forget'; readonly registryId: string }
  /** To give the app a registry's token. */
  | { readonly kind: 'token'; readonly registryId: string }
  | { readonly kind: 'open-gateway' };

export const RegistryTaskContext = createContext<(task: RegistryTask) => void>(() => undefined);

/** Opens the dialog of a task over the page. */
export const useRegistryTask = () => use(RegistryTaskContext);
