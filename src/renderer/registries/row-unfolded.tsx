import type { Code } from '../../contract/codes';
import type { Problem, RegistryView } from '../../contract/view-model';
import { useCommandProblem } from '../bridge/use-bridge';
import { ProblemNotice } from '../ui/problem-notice';
import { ConfirmSignIn } from './confirm-sign-in';
import { canSignOutBeside } from './main-action';
import { NotRemembered } from './not-remembered';
import { rowProblems } from './row-problems';
import { RunningFlow } from './running-flow';
import { SetUpSignIn, SignOut, UseAnotherAccount } from './second-actions';

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
          <Remedies problem={problem} registry={registry} refused={refused} />
        </ProblemNotice>
      ))}
      {notRemembered !== undefined && <NotRemembered problem={notRemembered} registry={registry} />}
    </div>
  );
}

const helpedByAnotherAccount: ReadonlySet<Code> = new Set(['REGISTRY_FORBIDDEN', 'IDENTITY_CHANGED']);

/** What helps with one particular problem, or leaves it behind, where it is another thing than the row's own button. */
function Remedies({
  problem,
  registry,
  refused,
}: {
  readonly problem: Problem;
  readonly registry: RegistryView;
  readonly refused: Problem | undefined;
}) {
  const { session } = registry;
  const isOfSession = session.kind === 'needs-attention' && session.problem === problem;
  return (
    <>
      {helpedByAnotherAccount.has(problem.code) && registry.authType === 'oauth' && (
        <UseAnotherAccount registry={registry} />
      )}
      <ConfirmSignIn
        registry={registry}
        problem={problem}
        refused={refused?.code === problem.code ? refused : undefined}
      />
      {problem.code === 'REGISTRY_NEEDS_SIGN_IN' && !registry.locked && <SetUpSignIn registry={registry} />}
      {isOfSession && canSignOutBeside(registry) && <SignOut registry={registry} />}
    </>
  );
}
