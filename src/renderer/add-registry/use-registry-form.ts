import { useEffect, useRef, useState } from 'react';
import type {
  FieldProblem,
  RegistryFormCheck,
  RegistryFormField,
  RegistryFormValues,
  SignInOffer,
  SignInSaid,
} from '../../contract/registry-form';
import { useBridge } from '../bridge/use-bridge';
import { emptyForm } from './empty-form';
import { firstStep, type FormDraft, type FormStep, type TypingStep } from './form-step';

const internalError: FieldProblem = { problem: { code: 'INTERNAL_ERROR', params: {} } };

export interface RegistryFormState extends FormDraft {
  readonly step: FormStep;
  readonly problems: readonly FieldProblem[];
  /** Counts the answers that refused something, so that each one moves the focus. */
  readonly refusals: number;
  readonly change: (changes: Partial<RegistryFormValues>) => void;
  /** Takes over what the registry offers. */
  readonly take: (offer: SignInOffer) => void;
  /** Asks the registry how one signs in to it, and goes on with what it says. */
  readonly askRegistry: () => void;
  readonly check: () => void;
  /** Ends what is being asked, back to where it was asked from. */
  readonly stop: () => void;
  /** Everything is typed. */
  readonly byHand: () => void;
  readonly backToAddress: () => void;
  readonly backToTyping: () => void;
  readonly save: () => void;
}

/** The form's values and steps; every judgement is main's. */
export function useRegistryForm(
  initial: FormDraft,
  /** The registry that is edited; absent when one is added. */
  registryId: string | undefined,
  onSaved: (registryId: string, name: string) => void,
): RegistryFormState {
  const { commands } = useBridge();
  const [draft, setDraft] = useState(initial);
  const [step, setStep] = useState<FormStep>(firstStep(initial.values, registryId === undefined));
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [refusals, setRefusals] = useState(0);
  const asked = useRef(0);
  useEffect(() => {
    const latest = asked;
    return () => {
      latest.current += 1;
    };
  }, []);

  const refuse = (refused: readonly FieldProblem[], next: TypingStep) => {
    setStep(next);
    setProblems(refused);
    setRefusals((count) => count + 1);
  };
  const conclude = (check: RegistryFormCheck | undefined, from: TypingStep) => {
    if (check?.kind === 'good') setStep({ kind: 'confirming', check, from, isSaving: false });
    else if (check?.kind === 'cancelled') setStep(from);
    else {
      const refused = check?.problems ?? [internalError];
      const isTypedHere = from.kind === 'offers' && refused.every(({ field }) => field === 'clientId');
      refuse(refused, isTypedHere ? from : { kind: 'editing' });
    }
  };
  const check = (checked: FormDraft, from: TypingStep) => {
    const number = ++asked.current;
    setProblems([]);
    setStep({ kind: 'checking', from });
    void commands
      .ask((client) => client.checkRegistryForm(formOf(checked, registryId)))
      .then((answer) => {
        if (asked.current === number) conclude(answer, from);
      });
  };
  const goOnWith = (said: SignInSaid | undefined, asking: FormDraft) => {
    switch (said?.kind) {
      case undefined:
        refuse([internalError], { kind: 'address' });
        return;
      case 'refused':
        refuse(said.problems, { kind: 'address' });
        return;
      case 'cancelled':
        setStep({ kind: 'address' });
        return;
      case 'not-said':
        setStep({ kind: 'editing', notSaid: said });
        return;
      case 'none-needed': {
        const open: FormDraft = { values: { ...asking.values, authType: 'none' }, isIssuerLearnt: false };
        setDraft(open);
        check(open, { kind: 'address' });
        return;
      }
      case 'offers': {
        const [first, ...more] = said.offers;
        if (more.length > 0) {
          setStep({ kind: 'offers', said });
          return;
        }
        const taken = withOffer(asking, first);
        setDraft(taken);
        if (first.values.clientId === '') setStep({ kind: 'offers', said });
        else check(taken, { kind: 'address' });
      }
    }
  };

  return {
    ...draft,
    step,
    problems,
    refusals,
    change(changes) {
      const changed = Object.keys(changes) as RegistryFormField[];
      setDraft(({ values, isIssuerLearnt }) => ({
        values: { ...values, ...changes },
        isIssuerLearnt: isIssuerLearnt && !changed.includes('issuer'),
      }));
      setProblems((before) => before.filter(({ field }) => field !== undefined && !changed.includes(field)));
    },
    take(offer) {
      setDraft((before) => withOffer(before, offer));
      setProblems([]);
    },
    askRegistry() {
      const number = ++asked.current;
      // What another address offered before says nothing of this one.
      const asking: FormDraft = { values: { ...draft.values, ...nothingOffered }, isIssuerLearnt: false };
      setDraft(asking);
      setProblems([]);
      setStep({ kind: 'asking' });
      void commands
        .ask((client) => client.askHowToSignIn(formOf(asking, registryId)))
        .then((said) => {
          if (asked.current === number) goOnWith(said, asking);
        });
    },
    check() {
      check(draft, typingStep(step));
    },
    stop() {
      asked.current += 1;
      setStep(typingStep(step));
      void commands.ask((client) => client.cancelRegistryCheck());
    },
    byHand() {
      setProblems([]);
      setStep({ kind: 'editing' });
    },
    backToAddress() {
      setProblems([]);
      setStep({ kind: 'address' });
    },
    backToTyping() {
      const from = typingStep(step);
      // Nothing more was typed than the address: what stands there now is all there is to change.
      setStep(from.kind === 'address' ? { kind: 'editing' } : from);
    },
    save() {
      if (step.kind !== 'confirming' || step.isSaving) return;
      const number = ++asked.current;
      setStep({ ...step, isSaving: true });
      const confirmed = [...step.check.toConfirm];
      void commands
        .ask((client) => client.saveRegistry({ ...formOf(draft, registryId), confirmed }))
        .then((saved) => {
          if (asked.current !== number) return;
          if (saved?.kind === 'saved') onSaved(saved.registryId, step.check.facts.name);
          else conclude(saved?.check, step.from);
        });
    },
  };
}

const { authType, issuer, clientId, scopes, audience, audienceParameter, callbackHost } = emptyForm;
const nothingOffered = { authType, issuer, clientId, scopes, audience, audienceParameter, callbackHost };

/** What main is sent. */
const formOf = ({ values, isIssuerLearnt }: FormDraft, replaces: string | undefined) => ({
  values,
  ...(replaces !== undefined && { replaces }),
  ...(isIssuerLearnt && { isIssuerLearnt }),
});

const withOffer = ({ values }: FormDraft, offer: SignInOffer): FormDraft => ({
  values: { ...values, ...offer.values },
  isIssuerLearnt: true,
});

/** Where a person typed last. */
function typingStep(step: FormStep): TypingStep {
  if (step.kind === 'asking') return { kind: 'address' };
  return step.kind === 'checking' || step.kind === 'confirming' ? step.from : step;
}
