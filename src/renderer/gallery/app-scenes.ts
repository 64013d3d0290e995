import type { Snapshot } from '../../contract/view-model';
import { anApp, aProblem, aRegistry, aSnapshot } from '../testing/views';

/** The keychain is locked: what was signed in before waits for it, and a new sign-in is not remembered. */
export const lockedKeychain = (): Snapshot =>
  aSnapshot(
    [
      aRegistry({
        id: 'acme',
        name: 'Acme MCP Registry',
        status: 'authenticated',
        session: {
          kind: 'signed-in',
          account: 'alice@acme.example',
          notRemembered: aProblem({ code: 'STORE_LOCKED' }),
        },
      }),
      aRegistry({ id: 'globex', name: 'Globex', host: 'registry.globex.example' }),
    ],
    anApp({ keychain: { kind: 'missing', problem: aProblem({ code: 'STORE_LOCKED' }) } }),
  );

/** Another Gatepass has the profile. */
export const stopped = (): Snapshot =>
  aSnapshot([], anApp({ stopped: aProblem({ code: 'STORE_CONTENDED' }) }));
