import { useTranslation } from 'react-i18next';
import type { Problem, RegistryView } from '../../contract/view-model';
import { useBridge, useCommandProblem } from '../bridge/use-bridge';
import { ProblemNotice } from '../ui/problem-notice';
import { NotRemembered } from './not-remembered';
import { rowProblems } from './row-problems';
import { RunningFlow } from './running-flow';

/** What unfolds under a registry: a running sign-in, what went wrong, and what will not last. */
export function RowUnfolded({ registry }: { readonly registry: RegistryView }) {
  const refused = useCommandProblem(registry.id);
  const { session } = registry;
  const problems = rowProblems(registry, refused);
  const notRemembered = session.kind === 'signed-in' ? session.notRemembered : undefined;
  if (session.kind !== 'signing-in' && problems.length === 0 && notRemembered === undefined) return null;
  return (
    <div className="unfolded">
      {session.kind === 'signing-in' && <RunningFlow registry={registry} flow={session} />}
      {problems.map((problem) => (
        <ProblemNotice key={problem.code} problem={problem} registry={registry}>
          <Remedy problem={problem} registry={registry} />
        </ProblemNotice>
      ))}
      {notRemembered !== undefined && <NotRemembered problem={notRemembered} registry={registry} />}
    </div>
  );
}

/** The button that helps with one particular problem, where it is another than the row's own. */
function Remedy({ problem, registry }: { readonly problem: Problem; readonly registry: RegistryView }) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  if (problem.code !== 'REGISTRY_FORBIDDEN') return null;
  const registryId = registry.id;
  return (
    <button
      type="button"
      className="button button-small"
      onClick={() =>
        void commands.run(registryId, (client) => client.signIn({ registryId, account: 'another' }))
      }
    >
      {t('action.useAnotherAccount')}
    </button>
  );
}
