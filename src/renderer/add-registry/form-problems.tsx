import { type RefObject, useEffect } from 'react';
import type { FieldProblem } from '../../contract/registry-form';
import { ProblemNotice } from '../ui/problem-notice';
import { fieldAttribute } from './field';

/** What is wrong with the form as a whole. */
export function FormProblems({ problems }: { readonly problems: readonly FieldProblem[] }) {
  return problems
    .filter(({ field }) => field === undefined)
    .map(({ problem }) => (
      <div key={problem.code} tabIndex={-1} {...{ [fieldAttribute]: '' }}>
        <ProblemNotice problem={problem} />
      </div>
    ));
}

/** After an answer that refused something, the focus goes to the first of it in the order of the page. */
export function useFocusOnFirstProblem(formRef: RefObject<HTMLFormElement | null>, refusals: number): void {
  useEffect(() => {
    const wrong = formRef.current?.querySelector<HTMLElement>(
      `[${fieldAttribute}=""], [${fieldAttribute}][aria-invalid="true"]`,
    );
    wrong?.focus();
  }, [formRef, refusals]);
}
