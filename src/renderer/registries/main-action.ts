import type { RegistryView } from '../../contract/view-model';

/** What the one button of a row does. */
export type MainAction = 'sign-in' | 'sign-in-again' | 'cancel' | 'sign-out';

/** The one button of a registry, or none where a person has nothing to press. */
export function mainAction({ session, status, authType }: RegistryView): MainAction | undefined {
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
