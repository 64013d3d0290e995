import type { RegistryView } from '../../contract/view-model';

/** What the one button of a row does. */
export type MainAction = 'sign-in' | 'sign-in-again' | 'cancel' | 'sign-out' | 'add-token' | 'replace-token';

/** The one button of a registry, or none where a person has nothing to press. */
export function mainAction(registry: RegistryView): MainAction | undefined {
  const { session, status, authType } = registry;
  if (authType === 'bearer') return tokenAction(registry);
  if (authType !== 'oauth') return undefined;
  switch (session.kind) {
    case 'no-sign-in-needed':
      return undefined;
    case 'signed-out':
      return 'sign-in';
    case 'signing-in':
      return 'cancel';
    case 'signed-in':
      return 'sign-out';
    case 'expired':
      return 'sign-in-again';
    case 'needs-attention':
      if (session.next === 'sign-in') return status === 'configured' ? 'sign-in' : 'sign-in-again';
      return status === 'authenticated' ? 'sign-out' : undefined;
  }
}

/** A token needs nobody as long as it is good. */
function tokenAction({ session }: RegistryView): MainAction | undefined {
  if (session.kind === 'signed-out') return 'add-token';
  return session.kind === 'needs-attention' && session.next !== 'none' ? 'replace-token' : undefined;
}

/**
 * Whether a token is held here while the registry's one button does something else: "Sign out" then stands beside it,
 * so that nobody has to repair a sign-in first to be rid of it.
 */
export const canSignOutBeside = (registry: RegistryView): boolean =>
  registry.authType === 'oauth' && registry.status === 'authenticated' && mainAction(registry) !== 'sign-out';

/** Whether a sign-in may be started here and none is running: with another account, then, as well. */
export function canUseAnotherAccount(registry: RegistryView): boolean {
  const action = mainAction(registry);
  return registry.authType === 'oauth' && action !== undefined && action !== 'cancel';
}
