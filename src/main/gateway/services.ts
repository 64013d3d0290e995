import type { AuthStatus } from '../../contract/view-model';
import type { EventSink } from '../base/event-sink';
import type { Registry } from '../config';
import type { RegistryClient } from '../registry';
import type { Sessions } from '../sessions';

/** What the gateway needs of the app. */
export interface GatewayServices {
  /** In the order of the list, as configured now. */
  readonly registries: () => readonly Registry[];
  readonly registry: (id: string) => Registry | undefined;
  /** The registry's wire word, the same that the window shows. */
  readonly authStatus: (registryId: string) => AuthStatus;
  readonly sessions: Pick<Sessions, 'state' | 'signIn' | 'signOut' | 'onChange'>;
  readonly client: Pick<RegistryClient, 'request'>;
  /** Whether other programs may start and end sign-ins, and whether the organization decided that. */
  readonly sessionControl: () => { readonly isAllowed: boolean; readonly isLocked: boolean };
  /** Brings the window forward, where the row of this registry says what a person has to confirm. */
  readonly askPerson: (registryId: string) => void;
  readonly events: EventSink;
  readonly version: string;
}
