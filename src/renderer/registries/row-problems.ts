import type { Problem, RegistryView } from '../../contract/view-model';

/**
 * Everything a row has to say beyond its badge, most important first and each code once: the refusal of a command is
 * often the same problem that main also put into the session.
 */
export function rowProblems({ session }: RegistryView, refused: Problem | undefined): readonly Problem[] {
  const told = 'problem' in session ? session.problem : undefined;
  const all = [told, refused].filter((problem) => problem !== undefined);
  return all.filter((problem, index) => all.findIndex(({ code }) => code === problem.code) === index);
}
