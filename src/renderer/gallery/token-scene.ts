import type { RegistryView } from '../../contract/view-model';
import { aProblem, aRegistry } from '../testing/views';

/** Registries that take a token instead of a sign-in: one of each origin, and what can be wrong with it. */
export const tokenRegistries = (): readonly RegistryView[] =>
  [
    aRegistry({ id: 'absent', name: 'No token yet', token: { kind: 'absent' } }),
    aRegistry({
      id: 'stored',
      name: 'Token given to Gatepass',
      status: 'authenticated',
      session: { kind: 'signed-in' },
      token: { kind: 'stored' },
    }),
    aRegistry({
      id: 'refused',
      name: 'Token refused',
      status: 'authenticated',
      session: {
        kind: 'needs-attention',
        next: 'sign-in',
        problem: aProblem({ code: 'TOKEN_REFUSED', params: { reason: 'token-stored' } }),
      },
      token: { kind: 'stored' },
    }),
    aRegistry({
      id: 'exposed',
      name: 'Token in a file that others can read',
      status: 'authenticated',
      session: {
        kind: 'signed-in',
        limits: [aProblem({ code: 'TOKEN_FILE_EXPOSED', params: { path: '/run/secrets/mcp' } })],
      },
      token: { kind: 'file', path: '/run/secrets/mcp' },
    }),
    aRegistry({
      id: 'environment',
      name: 'Token of the environment',
      status: 'authenticated',
      session: { kind: 'signed-in' },
      token: { kind: 'environment', name: 'ACME_MCP_TOKEN' },
    }),
  ].map((registry) => ({ ...registry, authType: 'bearer' as const }));
