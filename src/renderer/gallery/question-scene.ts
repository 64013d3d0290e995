import type { RegistryView } from '../../contract/view-model';
import { anOAuthClient, aProblem, aRegistry } from '../testing/views';

const lookalikeHost = 'xn--cme-8cd.example';

/** A host that only looks like the right one: its first letter is Cyrillic. */
export const lookalike: readonly RegistryView[] = [
  aRegistry({
    id: 'lookalike',
    name: '\u0410cme tools',
    host: lookalikeHost,
    beforeSignIn: aProblem({ code: 'CFG_HOST_SUSPICIOUS', params: { host: lookalikeHost } }),
  }),
];

const former = 'https://login.acme.example/realms/main';
const issuer = 'https://sign-in.acme-group.example/realms/employees';

/** Sign-in services that are not the ones of before: one by an edit of the file, one by a policy. */
export const changedIssuers: readonly RegistryView[] = [
  aRegistry({
    id: 'acme',
    name: 'Acme MCP Registry',
    oauth: anOAuthClient({ issuer }),
    beforeSignIn: aProblem({ code: 'CFG_ISSUER_CHANGED', params: { former, issuer } }),
  }),
  aRegistry({
    id: 'finance',
    name: 'Acme Finance',
    host: 'finance.acme.example',
    locked: true,
    source: 'policy-enforced',
    location: '/etc/gatepass/policy.yaml:7',
    oauth: anOAuthClient({ issuer }),
    beforeSignIn: aProblem({ code: 'CFG_POLICY_ISSUER_CHANGED', params: { former, issuer } }),
  }),
];
