import { codes } from '../../contract/codes';
import type { Problem, RegistryView } from '../../contract/view-model';

/**
 * Everything a row has to say beyond its badge, most important first and each code once: the refusal of a command is
 * often the same problem that main also put into the session.
 */
export function rowProblems(registry: RegistryView, refused: Problem | undefined): readonly Problem[] {
  const { session } = registry;
  const told = 'problem' in session ? session.problem : undefined;
  const limits = (session.kind === 'signed-in' && session.limits) || [];
  const all = [told, ...limits, registry.beforeSignIn, refused, unreadable(registry)].filter(
    (problem) => problem !== undefined,
  );
  return all.filter((problem, index) => all.findIndex(({ code }) => code === problem.code) === index);
}

/** Why the registry cannot be read although the sign-in is in order; what passes by itself is left to its details. */
function unreadable({ session, reachability }: RegistryView): Problem | undefined {
  if (reachability?.kind !== 'fails' || codes[reachability.problem.code] === 'app') return undefined;
  return session.kind === 'signed-in' || session.kind === 'no-sign-in-needed'
    ? reachability.problem
    : undefined;
}
