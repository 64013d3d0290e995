import { useEffect, useRef, useState } from 'react';
import type {
  FieldProblem,
  RegistryFormCheck,
  RegistryFormField,
  RegistryFormValues,
} from '../../contract/registry-form';
import { useBridge } from '../bridge/use-bridge';

export type GoodCheck = Extract<RegistryFormCheck, { kind: 'good' }>;

/** Where a person is with the form. The values stay in all of them, so that nothing typed is ever lost. */
export type FormStep =
  | { readonly kind: 'editing' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'confirming'; readonly check: GoodCheck; readonly isSaving: boolean };

const internalError: FieldProblem = { problem: { code: 'INTERNAL_ERROR', params: {} } };

export interface RegistryFormState {
  readonly values: RegistryFormValues;
  readonly step: FormStep;
  readonly problems: readonly FieldProblem[];
  /** Counts the checks that refused something, so that each one moves the focus. */
  readonly refusals: number;
  readonly change: (changes: Partial<RegistryFormValues>) => void;
  readonly check: () => void;
  readonly cancelCheck: () => void;
  readonly backToEditing: () => void;
  readonly save: () => void;
}

/** The form's values and steps; every judgement is main's. */
export function useRegistryForm(
  initial: RegistryFormValues,
  /** The registry that is edited; absent when one is added. */
  registryId: string | undefined,
  onSaved: (registryId: string, name: string) => void,
): RegistryFormState {
  const { commands } = useBridge();
  const [values, setValues] = useState(initial);
  const [step, setStep] = useState<FormStep>({ kind: 'editing' });
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [refusals, setRefusals] = useState(0);
  const asked = useRef(0);
  useEffect(() => {
    const latest = asked;
    return () => {
      latest.current += 1;
    };
  }, []);

  const form = { values, ...(registryId !== undefined && { replaces: registryId }) };
  const conclude = (check: RegistryFormCheck | undefined) => {
    if (check?.kind === 'good') {
      setStep({ kind: 'confirming', check, isSaving: false });
      return;
    }
    setStep({ kind: 'editing' });
    if (check?.kind === 'cancelled') return;
    setProblems(check === undefined ? [internalError] : check.problems);
    setRefusals((count) => count + 1);
  };

  return {
    values,
    step,
    problems,
    refusals,
    change(changes) {
      setValues((before) => ({ ...before, ...changes }));
      const changed = Object.keys(changes) as RegistryFormField[];
      setProblems((before) => before.filter(({ field }) => field !== undefined && !changed.includes(field)));
    },
    check() {
      const number = ++asked.current;
      setProblems([]);
      setStep({ kind: 'checking' });
      void commands
        .ask((client) => client.checkRegistryForm(form))
        .then((check) => {
          if (asked.current === number) conclude(check);
        });
    },
    cancelCheck() {
      asked.current += 1;
      setStep({ kind: 'editing' });
      void commands.ask((client) => client.cancelRegistryCheck());
    },
    backToEditing() {
      setStep({ kind: 'editing' });
    },
    save() {
      if (step.kind !== 'confirming' || step.isSaving) return;
      const number = ++asked.current;
      setStep({ ...step, isSaving: true });
      const confirmed = [...step.check.toConfirm];
      void commands
        .ask((client) => client.saveRegistry({ ...form, confirmed }))
        .then((saved) => {
          if (asked.current !== number) return;
          if (saved?.kind === 'saved') onSaved(saved.registryId, step.check.facts.name);
          else conclude(saved?.check);
        });
    },
  };
}
